import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import mongoose from 'mongoose';
import { GOOD_CARD } from './harness.js';
import {
  ask,
  AT,
  balance,
  charge,
  credits,
  customerOf,
  moveOn,
  payments,
  sandbox,
  saveCard,
  start,
  suspended,
  whose,
  useTopUps,
} from './top-up-world.js';

useTopUps();

const RUNS = Number(process.env['STORM_RUNS'] ?? 4);
const SEED = Number(process.env['STORM_SEED'] ?? Date.now() % 2 ** 31);

const KEYS = ['click_1', 'click_2', 'click_3'];
const CARDS = [GOOD_CARD.number, GOOD_CARD.number, '4000000000009995', '4000002760003184'];
const ROUTES = ['POST /v1/payment_intents', 'POST /v1/checkout/sessions', 'POST /v1/payment_intents/:id/cancel'];
const FAULTS = ['answerLost', 'errorBefore', 'errorAfter', 'rateLimited'] as const;

/*
 * Clicks, pages, webhooks, sweeps, refunds, disputes and faults in any order: at the end each order was paid at most once,
 * and the provider's books are ours. Tried: it fails where a page is not closed before its order is charged to the card.
 */

/** What people, banks, the network and time may do; each picks what it is about by a number. */
type Step = (pick: number) => unknown;

const STEPS: readonly { name: string; weight: number; step: Step }[] = [
  { name: 'page', weight: 3, step: (pick) => ask(KEYS[pick % KEYS.length]) },
  { name: 'card', weight: 4, step: (pick) => charge(KEYS[pick % KEYS.length]) },
  { name: 'twice', weight: 1, step: (pick) => both(KEYS[pick % KEYS.length]!) },
  { name: 'pays', weight: 3, step: (pick) => payPage(pick) },
  {
    name: 'webhooks',
    weight: 2,
    step: (pick) => sandbox().webhooks.deliver({ copies: 1 + (pick % 2), reversed: pick % 3 > 0 }),
  },
  { name: 'lost', weight: 1, step: (pick) => sandbox().webhooks.lose((_event, index) => index % 3 === pick % 3) },
  { name: 'sweep', weight: 2, step: () => payments.reconcile(AT()) },
  { name: 'refund', weight: 2, step: (pick) => refund(pick) },
  { name: 'dispute', weight: 1, step: (pick) => dispute(pick) },
  { name: 'verdict', weight: 1, step: (pick) => verdict(pick) },
  { name: 'fault', weight: 2, step: (pick) => sandbox().faults.plan(ROUTES[pick % 3]!, FAULTS[(pick >> 2) % 4]!) },
  { name: 'other card', weight: 1, step: (pick) => otherCard(CARDS[pick % CARDS.length]!) },
];

let customer = '';
let card = '';

const ofUs = () =>
  sandbox()
    .payments()
    .filter(({ intent }) => intent.customer === customer);
const taken = () => ofUs().filter(({ intent }) => intent.status === 'succeeded');

function payPage(pick: number): void {
  const pages = Object.values(sandbox().store.state.sessions).filter((session) => session.customer === customer);
  const page = pages[pick % Math.max(1, pages.length)];
  if (page) sandbox().pay(page.id, GOOD_CARD);
}

const both = (key: string) => Promise.allSettled([charge(key), start().settle('acc.none', AT()), ask(key)]);

function refund(pick: number): void {
  const payment = taken()[pick % 3];
  if (payment?.charge && !payment.dispute && payment.charge.amount_refunded + 1_000 <= payment.charge.amount)
    sandbox().refund(payment.intent.id, 1_000);
}

function dispute(pick: number): void {
  const payment = taken()[pick % 3];
  if (payment && !payment.dispute && payment.refunds.length === 0) sandbox().dispute(payment.intent.id);
}

function verdict(pick: number): void {
  const open = taken().flatMap((payment) => (payment.dispute?.status === 'needs_response' ? [payment.dispute] : []))[0];
  if (open) sandbox().closeDispute(open.id, pick % 2 === 0);
}

function otherCard(number: string): void {
  sandbox().store.state.cardNumbers[card] = number;
}

it(`any storm ends with our books as the provider’s (STORM_SEED=${SEED}, STORM_RUNS=${RUNS})`, async () => {
  const step = fc.oneof(
    ...STEPS.map(({ name, weight }) => ({ weight, arbitrary: fc.tuple(fc.constant(name), fc.nat(60)) })),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 14 }), async (steps) => {
      await moveOn();
      customer = await customerOf();
      card = await saveCard();
      for (const [name, pick] of steps) await calmly(() => STEPS.find((one) => one.name === name)!.step(pick));
      await settleDown();
      await agree();
    }),
    { numRuns: RUNS, seed: SEED, endOnFailure: true },
  );
}, 900_000);

/** What a person would be told as an outage is no end here: the sweep settles it. */
async function calmly(work: () => unknown): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
}

/** The faults that are left are used up, one by one. */
async function settleDown(): Promise<void> {
  for (let look = 0; look < 4; look++) await payments.reconcile(AT());
}

async function agree(): Promise<void> {
  const theirs = ofUs().reduce((sum, { intent, refunds, dispute: disputed }) => {
    const gone = refunds.reduce((total, { amount }) => total + amount, 0);
    const kept = disputed && disputed.status !== 'won' ? disputed.amount : 0;
    return sum + intent.amount_received - gone - kept;
  }, 0);
  expect(await balance()).toBe(theirs);
  expect(await suspended()).toBeUndefined();
  const paidFor = taken().map(({ intent }) => `topup:${intent.metadata['top_up']!.split('.')[1]}`);
  expect(new Set(paidFor).size).toBe(paidFor.length);
  expect((await credits()).map(({ key }) => key).toSorted()).toEqual(paidFor.toSorted());
  const rows = await mongoose.connection.collection('top_ups').find(whose()).toArray();
  expect(rows.filter(({ state }) => state === 'credited')).toHaveLength(paidFor.length);
}
