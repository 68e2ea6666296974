import { beforeEach, expect } from '@jest/globals';
import mongoose from 'mongoose';
import { plainText } from '../../../src/cards/plain-text.js';
import { tellAutomatic } from '../../../src/notices/payments/automatic-notices.js';
import { tellTopUps } from '../../../src/notices/payments/top-up-notices.js';
import { createPayments, type Payments } from '../../../src/payments/payments.js';
import type { Sandbox } from '../../../src/payments/sandbox/sandbox.js';
import { createStripeProvider } from '../../../src/payments/stripe.js';
import type { AutomaticDeps } from '../../../src/payments/automatic/charge.js';
import { runAutomatic } from '../../../src/payments/automatic/run.js';
import { type Rules, setAutomatic } from '../../../src/payments/automatic/settings.js';
import { automaticOf } from '../../../src/payments/automatic/store.js';
import { type Company, openMarketing, spend } from '../../notices/company.js';
import { emptyDatabase } from '../../support/empty-database.js';
import { useDatabase } from '../../support/database.js';
import { useLedger } from '../../support/ledger.js';
import { SECRET_KEY, useProduct, useSandbox, WEBHOOK_SECRET } from '../harness.js';

export const CARDS = {
  good: '4242424242424242',
  other: '5555555555554444',
  declinedLater: '4000000000000341',
  insufficient: '4000000000009995',
  lost: '4000000000009987',
  expired: '4000000000000069',
  asksHolder: '4000002760003184',
} as const;
export const CHARGE = 'POST /v1/payment_intents';

export let ledger: ReturnType<typeof useLedger>;
export let sandbox: () => Sandbox;
let product: () => string;
let apiUrl: () => string;

/** A Monday. */
export const START = new Date('2026-11-16T09:00:00Z');
export let payments: Payments;
export let company: Company;
/** What the operator's log got. */
export let logged: Record<string, unknown>[] = [];
let now = START;
let customer = '';

export const of = () => ({ account: company.account.id, workspace: company.marketing.id });
export const at = () => now;
export const state = () => automaticOf(of());
export const head = () => ledger().head(company.marketing.id);

/** Lets time pass; then every sweep that has to do with automatic payments runs. */
export async function later(ms: number, deps: AutomaticDeps = replica()): Promise<void> {
  now = new Date(now.getTime() + ms);
  await sweep(deps);
}

export async function sweep(deps: AutomaticDeps = replica()): Promise<void> {
  await payments.reconcile(now);
  await runAutomatic(deps, { at: now });
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const log = {
  error: (details: Readonly<Record<string, unknown>>, message?: string) => void logged.push({ ...details, message }),
};

/** A process of the product, perhaps with payments of its own. */
export function replica(over: Partial<AutomaticDeps> = {}): AutomaticDeps {
  return { ledger: ledger(), payments, tell: tellAutomatic(ledger()), log: log as AutomaticDeps['log'], ...over };
}

/** For a test file: Marketing bound to #marketing, a sandbox over HTTP, and automatic payments, new for each test. */
export function useAutomaticPayments(): void {
  useDatabase();
  ledger = useLedger();
  product = useProduct((app) => void app.use((request, response, next) => payments.routes(request, response, next)));
  ({ sandbox, apiUrl } = useSandbox(product, () => now));
  beforeEach(openWorld);
}

async function openWorld(): Promise<void> {
  await emptyDatabase();
  logged = [];
  now = START;
  const provider = createStripeProvider({ secretKey: SECRET_KEY, webhookSecrets: [WEBHOOK_SECRET], apiUrl: apiUrl() });
  payments = createPayments({ provider, ledger: ledger(), publicUrl: product(), log });
  company = await openMarketing(ledger(), now);
  customer = await provider.createCustomer({ ...of(), name: 'Marketing', key: `customer:${company.marketing.id}` });
  await mongoose.connection.collection('payment_customers').insertOne({ ...of(), name: 'Marketing', customer });
}

/** Saves a card that worked then, and answers like `number` from now on. */
export function saveCard(number: string): void {
  const { id } = sandbox().saveCard(customer, { number: CARDS.good, expMonth: 12, expYear: 2034 });
  sandbox().store.state.cardNumbers[id] = number;
}

export const set = (rules: Rules) =>
  setAutomatic({ workspace: company.marketing, by: company.olivia.id, at: now, ...rules });

export const BELOW = { belowMinor: 2_000, addMinor: 5_000 };

/** Marketing has that much, all from one credit. */
export async function has(amountMinor: number): Promise<void> {
  const key = `topup:by-hand-${amountMinor}-${now.getTime()}`;
  const posting = { wallet: company.marketing.id, key, kind: 'topup' as const, contra: 'provider' as const };
  await ledger().post({ ...posting, amountMinor, at: now });
}

export const spends = (amountMinor: number) => spend(ledger(), company, amountMinor, now);

/** Every payment that the provider took, in minor units, oldest first: the truth. */
export const taken = () =>
  sandbox()
    .payments()
    .filter(({ intent }) => intent.status === 'succeeded')
    .map(({ intent }) => intent.amount)
    .reverse();

/** Every payment that was tried. */
export const tries = () => sandbox().payments().length;

/** What was added to the balance by automatic payments. */
export async function added(): Promise<number[]> {
  const { entries } = await ledger().history(company.marketing.id, { limit: 100, kind: 'topup' });
  return entries
    .filter(({ key }) => !key.startsWith('topup:by-hand'))
    .map(({ amountMinor }) => amountMinor)
    .reverse();
}

/** The provider's truth and our ledger say the same. */
export async function expectCharged(...amountsMinor: number[]): Promise<void> {
  expect(taken()).toEqual(amountsMinor);
  expect(await added()).toEqual(amountsMinor);
}

/** Every notice as it is stored, with the addresses behind its buttons. */
export async function stored(to: 'channel' | 'person'): Promise<string> {
  const rows = await mongoose.connection.db!.collection('outbox').find().toArray();
  return JSON.stringify(rows.filter((row) => to in row['to']));
}

/** What people were told, `channel` or the person's name before it. */
export async function told(): Promise<string[]> {
  await tellTopUps(log as AutomaticDeps['log']);
  const rows = await mongoose.connection.db!.collection('outbox').find().sort({ queuedAt: 1, _id: 1 }).toArray();
  return rows.map((row) => `${'person' in row['to'] ? 'Olivia' : 'channel'}: ${plainText(row['card'])}`);
}
