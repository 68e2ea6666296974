import { describe, expect, it } from '@jest/globals';
import { findSuspended } from '../../src/payments/suspense.js';
import { untoldReversals } from '../../src/payments/reversals.js';
import type { TopUp } from '../../src/payments/top-up.js';
import { expectSettled } from './expect-settled.js';
import { GOOD_CARD } from './harness.js';
import {
  ask,
  askAndPay,
  AT,
  balance,
  charge,
  ledger,
  payments,
  sandbox,
  saveCard,
  start,
  storedTopUp,
  suspended,
  told,
  workspace,
  useTopUps,
} from './top-up-world.js';

useTopUps();

async function credited(number = GOOD_CARD.number): Promise<TopUp & { paymentId: string }> {
  await saveCard(number);
  const { topUp } = await charge();
  await sandbox().webhooks.deliver();
  return { ...topUp, paymentId: topUp.paymentId! };
}

const entries = async () =>
  (await ledger().history(workspace.id, { limit: 50 })).entries
    .filter(({ kind }) => kind === 'refund' || kind === 'dispute')
    .map(({ key, amountMinor, reverses }) => ({ key, amountMinor, reverses }));

/** Ways in which the news comes: each must come to the same. */
const WAYS = [
  ['webhooks', () => sandbox().webhooks.deliver()],
  ['webhooks doubled and reordered', () => sandbox().webhooks.deliver({ copies: 3, reversed: true })],
  ['the list of events alone', lost],
  ['two processes and webhooks at once', race],
] as const;

async function lost(): Promise<void> {
  sandbox().webhooks.lose();
  await payments.reconcile(AT());
}

async function race(): Promise<void> {
  const other = start();
  await Promise.all([
    sandbox().webhooks.deliver({ copies: 2 }),
    payments.reconcile(AT()),
    other.reconcile(AT()),
    sandbox().webhooks.deliver({ reversed: true }),
  ]);
}

describe.each(WAYS)('by %s', (_name, news) => {
  it('a refund leaves the balance once, and names what it takes back', async () => {
    const { id, paymentId } = await credited();
    const refund = sandbox().refund(paymentId);
    await news();
    await news();
    expect(await entries()).toEqual([{ key: `refund:${refund.id}`, amountMinor: -10_000, reverses: `topup:${id}` }]);
    expect(await balance()).toBe(0);
    expect(await storedTopUp(id)).toMatchObject({ state: 'credited', refundedMinor: 10_000 });
    expect(await untoldReversals(10)).toMatchObject([
      { id: `refund:${refund.id}`, topUp: id, kind: 'refund', amountMinor: 10_000, balanceMinor: 0 },
    ]);
    await expectSettled();
  });

  it('several parts of a refund are several entries', async () => {
    const { id, paymentId } = await credited();
    for (const part of [1_000, 2_500, 500]) sandbox().refund(paymentId, part);
    await news();
    expect(new Set((await entries()).map(({ amountMinor }) => amountMinor))).toEqual(new Set([-1_000, -2_500, -500]));
    expect(await storedTopUp(id)).toMatchObject({ refundedMinor: 4_000 });
    expect(await balance()).toBe(6_000);
    await expectSettled();
  });

  it('a refund that fails at the bank is in the balance again', async () => {
    const { id, paymentId } = await credited('4000000000005126');
    const refund = sandbox().refund(paymentId, 4_000);
    await sandbox().webhooks.deliver();
    sandbox().endRefunds();
    await news();
    expect(await entries()).toContainEqual({
      key: `refund-undone:${refund.id}`,
      amountMinor: 4_000,
      reverses: `refund:${refund.id}`,
    });
    expect(await storedTopUp(id)).toMatchObject({ refundedMinor: 0 });
    expect(await balance()).toBe(10_000);
    await expectSettled();
  });

  it('a dispute takes the money, even what is spent; won, it comes back', async () => {
    const { id, paymentId } = await credited();
    await spend(7_000);
    const dispute = sandbox().dispute(paymentId);
    await news();
    expect(await balance()).toBe(-7_000);
    expect(await storedTopUp(id)).toMatchObject({ disputedMinor: 10_000 });
    sandbox().closeDispute(dispute.id, true);
    await news();
    expect(await entries()).toContainEqual({
      key: `dispute-won:${dispute.id}`,
      amountMinor: 10_000,
      reverses: `dispute:${dispute.id}`,
    });
    expect(await balance()).toBe(3_000);
    expect(await storedTopUp(id)).toMatchObject({ disputedMinor: 0 });
  });

  it('a dispute that is lost moves nothing more, and is told', async () => {
    const { paymentId } = await credited();
    const dispute = sandbox().dispute(paymentId, { amountMinor: 6_000 });
    sandbox().closeDispute(dispute.id, false);
    await news();
    expect(await balance()).toBe(4_000);
    expect((await untoldReversals(10)).map(({ kind }) => kind).sort()).toEqual(['dispute', 'disputeLost']);
    await expectSettled();
  });
});

describe('what comes before its credit', () => {
  it('waits for none: the credit is made good first', async () => {
    const topUp = await askAndPay();
    const [payment] = sandbox().payments();
    sandbox().refund(payment!.intent.id, 4_000);
    sandbox().webhooks.lose(({ type }) => !type.includes('refund'));
    await sandbox().webhooks.deliver();
    expect(await balance()).toBe(6_000);
    expect(await storedTopUp(topUp.id)).toMatchObject({ state: 'credited', refundedMinor: 4_000 });
    await expectSettled();
  });

  it('and a dispute opened the moment it is paid are both there, in any order', async () => {
    const { topUp } = await ask();
    sandbox().pay(topUp.checkoutId!, { ...GOOD_CARD, number: '4000000000000259' });
    await sandbox().webhooks.deliver({ reversed: true });
    expect(await balance()).toBe(0);
    expect(told).toContainEqual(expect.objectContaining({ topUp: topUp.id, dispute: expect.any(String) }));
    await expectSettled();
  });
});

describe('what moves no money of ours', () => {
  it.each([
    ['an inquiry', '4000000000001976'],
    ['nothing at all', GOOD_CARD.number],
  ])('(%s) changes nothing', async (_what, number) => {
    await credited(number);
    await payments.reconcile(AT());
    expect(await entries()).toEqual([]);
    expect(await balance()).toBe(10_000);
  });

  it('a refund that is waiting at the bank has left, and is not booked again when it is through', async () => {
    const { paymentId } = await credited('4000000000007726');
    sandbox().refund(paymentId, 1_000);
    await sandbox().webhooks.deliver();
    expect(await balance()).toBe(9_000);
    sandbox().endRefunds();
    await sandbox().webhooks.deliver();
    expect(await balance()).toBe(9_000);
    await expectSettled();
  });

  it('a payment of somebody else in the same Stripe account is left alone', async () => {
    await credited();
    const { intent } = sandbox().payments()[0]!;
    intent.metadata = {};
    sandbox().refund(intent.id);
    await sandbox().webhooks.deliver();
    expect(await entries()).toEqual([]);
  });
});

describe('money in suspense', () => {
  it('that is refunded leaves suspense, and no workspace hears of it', async () => {
    const { topUp } = await ask();
    sandbox().store.state.sessions[topUp.checkoutId!]!.amount_total = 12_300;
    sandbox().pay(topUp.checkoutId!, GOOD_CARD);
    await sandbox().webhooks.deliver();
    expect(await suspended()).toBe(12_300);
    const [payment] = sandbox().payments();
    sandbox().refund(payment!.intent.id, 12_300);
    await sandbox().webhooks.deliver({ copies: 2 });
    expect(await suspended()).toBe(0);
    expect(await balance()).toBe(0);
    expect(await untoldReversals(10)).toEqual([]);
    expect(await findSuspended(workspace.account, payment!.intent.id)).toMatchObject({ returnedMinor: 12_300 });
    await expectSettled();
  });
});

async function spend(amountMinor: number): Promise<void> {
  await ledger().post({
    wallet: workspace.id,
    key: 'u:1',
    kind: 'usage',
    amountMinor: -amountMinor,
    contra: 'revenue',
    at: AT(),
  });
}
