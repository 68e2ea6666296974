import { describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { expectSettled } from './expect-settled.js';
import { GOOD_CARD } from './harness.js';
import {
  ask,
  AT,
  balance,
  charge,
  payments,
  provider,
  sandbox,
  saveCard,
  start,
  suspended,
  useTopUps,
} from './top-up-world.js';

useTopUps();

const soon = () => new Date(AT().getTime() + 2 * 60 * 60 * 1000);

/** As if Stripe had never told anybody of it, and its list of events were too old. */
function forgetEvents(): void {
  sandbox().webhooks.lose();
  sandbox().store.state.events = {};
}

/** All over again, as if never compared. */
async function compareAgain() {
  await mongoose.connection.collection('payment_cursors').deleteMany({});
  return payments.compareClearing(soon());
}

describe('the provider’s account', () => {
  it('agrees with the ledger over payments, refunds, disputes and suspense, each line once', async () => {
    await saveCard();
    const paid = await Promise.all([1, 2, 3].map(async (n) => (await charge(`click_${n}`, n * 1_000)).topUp));
    sandbox().refund(paid[0]!.paymentId!, 400);
    const dispute = sandbox().dispute(paid[1]!.paymentId!);
    sandbox().closeDispute(dispute.id, true);
    const { topUp } = await ask('click_4');
    sandbox().store.state.sessions[topUp.checkoutId!]!.amount_total = 12_300;
    sandbox().pay(topUp.checkoutId!, GOOD_CARD);
    await sandbox().webhooks.deliver();

    expect(await payments.compareClearing(soon(), () => false)).toEqual({ compared: 7, findings: [] });
    expect(await payments.compareClearing(soon(), () => false)).toEqual({ compared: 0, findings: [] });
    expect(await suspended()).toBe(12_300);
    await expectSettled();
  });

  it('brings up to date what no event ever told of', async () => {
    await saveCard();
    const { topUp } = await charge();
    sandbox().refund(topUp.paymentId!, 4_000);
    forgetEvents();
    await payments.reconcile(AT());
    expect(await balance()).toBe(10_000);
    expect((await payments.compareClearing(soon())).findings).toEqual([]);
    expect(await balance()).toBe(6_000);
    await expectSettled();
  });

  it('finds another amount than ours, and a credit that no payment stands behind', async () => {
    await saveCard();
    const { topUp: one } = await charge('click_1');
    const { topUp: other } = await charge('click_2');
    const { charges, paymentIntents } = sandbox().store.state;
    const paid = Object.values(charges).find(({ payment_intent }) => payment_intent === one.paymentId)!;
    paid.amount = 9_000;
    delete paymentIntents[other.paymentId!];
    const { findings } = await payments.compareClearing(soon());
    expect(findings).toEqual([
      { payment: one.paymentId, detail: 'taken: the provider has 9000 GBP, the ledger 10000 GBP' },
      { payment: other.paymentId, detail: expect.stringContaining('the provider has no such payment') },
    ]);
  });

  it('goes on the next time from where its time was up, and waits for what is young', async () => {
    await saveCard();
    await charge('click_1');
    await charge('click_2');
    expect(await payments.compareClearing(AT())).toEqual({ compared: 0, findings: [] });
    let looks = 0;
    const first = await payments.compareClearing(soon(), () => ++looks > 2);
    const rest = await payments.compareClearing(soon());
    expect(first.compared).toBe(1);
    expect(rest.compared).toBeGreaterThanOrEqual(1);
  });

  it('one payment that cannot be brought up to date keeps no other from being looked at', async () => {
    await saveCard();
    const { topUp: stuck } = await charge('click_1');
    const { topUp: other } = await charge('click_2');
    sandbox().refund(stuck.paymentId!, 1_000);
    sandbox().refund(other.paymentId!, 2_000);
    forgetEvents();
    const reversalsOf = (payment: string) =>
      payment === stuck.paymentId ? Promise.reject(new Error('it broke')) : provider.reversalsOf(payment);
    const { findings } = await start({ reversalsOf }).compareClearing(soon());
    expect(findings).toEqual([
      {
        payment: stuck.paymentId,
        detail: expect.stringMatching(/^refund: .*-1000 GBP, the ledger nothing, .*it broke$/),
      },
    ]);
    expect(await balance()).toBe(18_000);
    expect(await start({ reversalsOf }).compareClearing(soon())).toMatchObject({ compared: 0 });
    expect((await compareAgain()).findings).toEqual([]);
    expect(await balance()).toBe(17_000);
  });

  it('of another mode, or without our marks, is none of ours', async () => {
    await saveCard();
    const { topUp } = await charge();
    sandbox().store.state.paymentIntents[topUp.paymentId!]!.metadata = {};
    expect((await payments.compareClearing(soon())).findings).toEqual([]);
    expect((await start({ livemode: true }).compareClearing(soon())).findings).toEqual([]);
  });
});
