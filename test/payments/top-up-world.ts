import { beforeEach } from '@jest/globals';
import mongoose from 'mongoose';
import { paymentPages } from '../../src/pages/payment-pages.js';
import { createPayments, type Payments } from '../../src/payments/payments.js';
import type { PaymentProvider } from '../../src/payments/provider.js';
import type { Sandbox } from '../../src/payments/sandbox/sandbox.js';
import { createStripeProvider } from '../../src/payments/stripe.js';
import type { TopUp } from '../../src/payments/top-up.js';
import type { Workspace } from '../../src/workspace/entities.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { GOOD_CARD, SECRET_KEY, useProduct, useSandbox, WEBHOOK_SECRET } from './harness.js';
import { newWorkspace } from './workspace-fixture.js';

export let ledger: ReturnType<typeof useLedger>;
export let product: () => string;
export let sandbox: () => Sandbox;
let apiUrl: () => string;

export const AT = () => new Date();
const silent = {
  error: (details: Readonly<Record<string, unknown>>, message: string) => void told.push({ ...details, message }),
};
/** What the operator's log got. */
export let told: Record<string, unknown>[] = [];
/** How often somebody was to be told of an end. */
export let settled = 0;
export let provider: PaymentProvider;
export let payments: Payments;
export let workspace: Workspace;

/** Another process, perhaps with a provider of its own. */
export function start(over: Partial<PaymentProvider> = {}): Payments {
  const onSettled = () => void settled++;
  return createPayments({
    provider: { ...provider, ...over },
    ledger: ledger(),
    publicUrl: product(),
    log: silent,
    onSettled,
  });
}

/** From now on this process answers webhooks and pages, too. */
export function runAs(other: Payments): Payments {
  payments = other;
  return other;
}

/** For a test file: a product with Marketing in it and a sandbox, new for each test; its ledger is verified after each. */
export function useTopUps(): void {
  useDatabase();
  ledger = useLedger();
  product = useProduct((app) => {
    app.use((request, response, next) => payments.routes(request, response, next));
    app.use(paymentPages({ payments: { settle: (id, at) => payments.settle(id, at) }, log: silent }));
  });
  ({ sandbox, apiUrl } = useSandbox(product));
  beforeEach(openWorld);
}

async function openWorld(): Promise<void> {
  for (const name of ['top_ups', 'payment_reversals', 'payment_suspense', 'payment_events', 'payment_cursors'])
    await mongoose.connection.collection(name).deleteMany({});
  told = [];
  settled = 0;
  provider = createStripeProvider({ secretKey: SECRET_KEY, webhookSecrets: [WEBHOOK_SECRET], apiUrl: apiUrl() });
  payments = start();
  workspace = await newWorkspace(ledger());
}

/** From now on it is about another workspace, of an account of its own. */
export async function moveOn(): Promise<void> {
  workspace = await newWorkspace(ledger());
}

export const order = (key = 'click_1', amountMinor = 10_000) => ({
  account: workspace.account,
  workspace: workspace.id,
  amountMinor,
  currency: 'GBP',
  by: 'p_olivia',
  key,
  at: AT(),
});
export const ask = (key?: string, amountMinor?: number) => payments.startTopUp(order(key, amountMinor));
export const charge = (key?: string, amountMinor?: number) => payments.chargeCard(order(key, amountMinor));
export const whose = () => ({ account: workspace.account, workspace: workspace.id });

/** The workspace's customer at the provider, made where there is none. */
export async function customerOf(): Promise<string> {
  await payments.portal({ ...whose(), at: AT() });
  const row = await mongoose.connection.collection('payment_customers').findOne(whose());
  return row!['customer'] as string;
}

/** Saves a card of the workspace; one that no bank would let be saved is made bad afterwards. Its id. */
export async function saveCard(number = GOOD_CARD.number): Promise<string> {
  const { id } = sandbox().saveCard(await customerOf(), GOOD_CARD);
  sandbox().store.state.cardNumbers[id] = number;
  return id;
}

/** The payments that the sandbox has, by status. */
export const paymentsOfStatus = (status: string) =>
  Object.values(sandbox().store.state.paymentIntents).filter((intent) => intent.status === status);
export const balance = async () => (await ledger().head(workspace.id))?.balanceMinor;
export const suspended = async (currency = 'GBP') =>
  (await ledger().head(`sys:${workspace.account}:${currency}:suspense`))?.balanceMinor;
export const credits = async () => (await ledger().history(workspace.id, { limit: 50, kind: 'topup' })).entries;
export const storedTopUp = (id: string) => mongoose.connection.collection('top_ups').findOne({ _id: id as never });

export async function askAndPay(): Promise<TopUp> {
  const { topUp } = await ask();
  sandbox().pay(topUp.checkoutId!, GOOD_CARD);
  return topUp;
}
