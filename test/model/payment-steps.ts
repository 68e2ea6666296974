import { expect } from '@jest/globals';
import { setAutomatic } from '../../src/payments/automatic/settings.js';
import type { TopUp } from '../../src/payments/top-up.js';
import { signatureOf } from '../../src/payments/sandbox/webhooks.js';
import { DECLINED_CARD, GOOD_CARD, WEBHOOK_SECRET } from '../payments/harness.js';
import { pickOf } from './money-steps.js';
import { CARDS, type ModelTopUp, type Sequence } from './sequence.js';
import type { Step } from './steps.js';
import type { Answered } from './world.js';

type Of<K extends Step['step']> = Extract<Step, { step: K }>;

const ROUNDS = 6;
/** What broke off is not charged later than this. */
const CHARGED_WITHIN_MS = 3_600_000;

/** The order, and the top-up that the model has under its key. */
function ordered(sequence: Sequence, { of, key: number, amount }: Of<'page' | 'charge'>) {
  const side = sequence.sides[of];
  const key = `click:${number}`;
  const { account, id: workspace } = side.workspace;
  const known = sequence.topUps.find((one) => one.side === side && one.key === key);
  const at = sequence.world.now();
  const order = { account, workspace, amountMinor: amount, currency: 'GBP', by: sequence.owner, key, at };
  return { side, key, known, order, conflict: known !== undefined && known.amount !== amount };
}

export async function page(sequence: Sequence, step: Of<'page'>): Promise<void> {
  const { side, key, known, order, conflict } = ordered(sequence, step);
  const answers = await sequence.world.perform(
    step.how,
    async ({ payments }) => (await payments.startTopUp(order)).topUp,
  );
  if (conflict) return expectConflict(answers);
  const [first] = answers.map(topUpOf);
  const { id } = first!;
  for (const answered of answers) expect(topUpOf(answered).id).toBe(known?.id ?? id);
  const now: ModelTopUp = known ?? { id, side, key, amount: step.amount, state: 'open', refunded: 0 };
  if (!known) sequence.topUps.push(now);
  for (const topUp of answers.map(topUpOf)) expectState(now, topUp);
  if (now.state === 'open') now.page = topUpOf(answers.at(-1)!).checkoutId;
}

export async function charge(sequence: Sequence, step: Of<'charge'>): Promise<void> {
  const { side, key, known, order, conflict } = ordered(sequence, step);
  const answers = await sequence.world.perform(
    step.how,
    async ({ payments }) => (await payments.chargeCard(order)).topUp,
  );
  if (conflict) return expectConflict(answers);
  // Two clicks may be answered while the other's charge is under way: what it came to is told whoever asks next.
  const asked =
    step.how === 'twice'
      ? await sequence.world.perform({ by: 0 }, async ({ payments }) => (await payments.chargeCard(order)).topUp)
      : answers;
  const topUp = topUpOf(asked.at(-1)!);
  const now: ModelTopUp = known ?? { id: topUp.id, side, key, amount: step.amount, state: 'open', refunded: 0 };
  if (!known) sequence.topUps.push(now);
  expect(topUp.id).toBe(now.id);
  const givenUp = topUp.state === 'failed' && sequence.world.now().getTime() - order.at.getTime() > CHARGED_WITHIN_MS;
  if (now.state === 'open' && !now.charged && givenUp) now.state = 'failed';
  else if (now.state === 'open' && !now.charged) chargedNow(sequence, now, topUp);
  expectState(now, topUp);
  if (now.state === 'paid') expect(topUp.state).toBe('credited');
  await sequence.settle(side);
}

/** What the card that is charged now makes of the top-up. */
function chargedNow(sequence: Sequence, now: ModelTopUp, topUp: TopUp): void {
  now.charged = true;
  const { kind } = now.side.card;
  if (kind === 'good') sequence.paid(now, topUp.paymentId);
  if (kind === 'declined') now.state = 'declined';
  if (kind === 'asksHolder') now.page = topUp.checkoutId;
}

function topUpOf(answered: Answered<TopUp>): TopUp {
  if ('refused' in answered) throw new Error(`refused: ${answered.refused}`);
  return answered.answer;
}

function expectConflict(answers: readonly Answered<unknown>[]): void {
  for (const answered of answers) expect(answered).toEqual({ refused: 'keyConflict' });
}

function expectState({ state, amount }: ModelTopUp, topUp: TopUp): void {
  expect(topUp.amountMinor).toBe(amount);
  expect(state === 'paid' ? ['open', 'processing', 'credited'] : [state]).toContain(topUp.state);
}

/** Somebody types a card into the provider's page. */
export function pay(sequence: Sequence, { pick, good }: Of<'pay'>): void {
  const { sandbox } = sequence.world;
  const topUp = pickOf(
    sequence.topUps.filter(({ state, page: at }) => state === 'open' && at !== undefined),
    pick,
  );
  if (!topUp) return;
  const paid = sandbox.pay(topUp.page!, good ? GOOD_CARD : DECLINED_CARD);
  expect(paid?.step).toBe(good ? 'paid' : 'declined');
  if (good) sequence.paid(topUp, paid?.session.payment_intent);
}

export function card(sequence: Sequence, { of, card: kind }: Of<'card'>): void {
  const { card: saved } = sequence.sides[of];
  saved.kind = kind;
  sequence.world.sandbox.store.state.cardNumbers[saved.id] = CARDS[kind];
}

const paidOf = (sequence: Sequence) =>
  sequence.topUps.filter((one) => one.payment !== undefined && !one.dispute && one.refunded < one.amount);

/** Gives money back at the provider, as the operator does. */
export function refund(sequence: Sequence, { pick, tenths }: Of<'refund'>): void {
  const topUp = pickOf(paidOf(sequence), pick);
  if (!topUp) return;
  const amount = Math.ceil(((topUp.amount - topUp.refunded) * tenths) / 10);
  const { id } = sequence.world.sandbox.refund(topUp.payment!, amount);
  topUp.refunded += amount;
  sequence.owe(`refund:${id}`, topUp.side, -amount, `topup:${topUp.id}`);
}

export function dispute(sequence: Sequence, { pick }: Of<'dispute'>): void {
  const topUp = pickOf(paidOf(sequence), pick);
  if (!topUp) return;
  const { id, amount } = sequence.world.sandbox.dispute(topUp.payment!);
  expect(amount).toBe(topUp.amount - topUp.refunded);
  topUp.dispute = { id, amount };
  sequence.owe(`dispute:${id}`, topUp.side, -amount, `topup:${topUp.id}`);
}

export function decide(sequence: Sequence, { pick, won }: Of<'decide'>): void {
  const topUp = pickOf(
    sequence.topUps.filter((one) => one.dispute && one.dispute.won === undefined),
    pick,
  );
  if (!topUp?.dispute) return;
  const { id, amount } = topUp.dispute;
  sequence.world.sandbox.closeDispute(id, won);
  topUp.dispute.won = won;
  if (won) sequence.owe(`dispute-won:${id}`, topUp.side, amount, `dispute:${id}`);
}

/** The provider's webhooks of this account, each so many times; what is not answered well is sent once more. */
export async function webhooks(
  sequence: Sequence,
  { copies, reversed }: Pick<Of<'webhooks'>, 'copies' | 'reversed'>,
): Promise<void> {
  const { world } = sequence;
  const { webhooks: waiting, store } = world.sandbox;
  const customers = new Set(
    Object.values(store.state.customers)
      .filter(isOf(sequence))
      .map(({ id }) => id),
  );
  const mine = waiting.waiting.filter(({ data: { object } }) => {
    const payment = 'payment_intent' in object ? store.state.paymentIntents[object.payment_intent ?? ''] : undefined;
    const customer = payment?.customer ?? ('customer' in object ? object.customer : object.id);
    return customers.has(customer ?? '');
  });
  let left = reversed ? mine.toReversed() : mine;
  for (let round = 0; left.length > 0; round++) {
    if (round >= ROUNDS) throw new Error(`${left[0]?.type} is not taken`);
    const refused: typeof left = [];
    for (const event of left) {
      const body = JSON.stringify(event);
      const taken: boolean[] = [];
      for (let copy = 0; copy < copies; copy++) {
        taken.push(await world.send(body, signatureOf(body, WEBHOOK_SECRET, new Date())));
      }
      if (!taken.includes(true)) refused.push(event);
    }
    left = refused;
  }
  const sent = new Set(mine.map(({ id }) => id));
  waiting.lose(({ id }) => sent.has(id));
  await sequence.expectNothingDue();
}

const isOf =
  ({ account }: Sequence) =>
  ({ metadata }: { metadata: Readonly<Record<string, string>> }) =>
    metadata['account'] === account;

export async function automatic(sequence: Sequence, { of, below }: Of<'automatic'>): Promise<void> {
  const side = sequence.sides[of];
  const add = 1_000;
  await setAutomatic({
    workspace: side.workspace,
    by: sequence.owner,
    at: sequence.world.now(),
    below: { belowMinor: below, addMinor: add },
  });
  side.automatic = { below, add };
}
