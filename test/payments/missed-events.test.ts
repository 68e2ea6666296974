import { describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { referenceOf } from '../../src/payments/top-up.js';
import { signatureOf } from '../../src/payments/sandbox/webhooks.js';
import { GOOD_CARD, WEBHOOK_SECRET } from './harness.js';
import {
  ask,
  askAndPay,
  AT,
  balance,
  charge,
  payments,
  product,
  provider,
  runAs,
  sandbox,
  saveCard,
  start,
  storedTopUp,
  suspended,
  told,
  useTopUps,
} from './top-up-world.js';

useTopUps();

const DAYS = 24 * 60 * 60 * 1000;
const later = (ms: number) => new Date(Date.now() + ms);
const cursor = async () => (await mongoose.connection.collection('payment_cursors').findOne({}))?.['at'] as Date;

describe('the list of the provider’s events', () => {
  it('is gone through once: what was followed, by webhook or from the list, is not followed again', async () => {
    await askAndPay();
    await sandbox().webhooks.deliver();
    expect(await payments.reconcile(AT())).toMatchObject({ followed: 0 });
    const { topUp } = await ask('click_2');
    sandbox().pay(topUp.checkoutId!, GOOD_CARD);
    sandbox().webhooks.lose();
    const { followed } = await payments.reconcile(AT());
    expect(followed).toBeGreaterThan(0);
    expect(await payments.reconcile(AT())).toMatchObject({ followed: 0, troubled: 0 });
    expect(await balance()).toBe(20_000);
  });

  it('finds the money of a page that was given up', async () => {
    const { topUp } = await ask();
    const session = sandbox().store.state.sessions[topUp.checkoutId!]!;
    session.status = 'expired';
    await payments.settle(referenceOf(topUp), AT());
    session.status = 'open';
    sandbox().pay(topUp.checkoutId!, GOOD_CARD);
    sandbox().webhooks.lose();
    await payments.reconcile(AT());
    expect(await storedTopUp(topUp.id)).toMatchObject({ state: 'credited' });
    expect(await balance()).toBe(10_000);
  });

  it('is never passed where one could not be followed, and that one stops no other', async () => {
    await saveCard();
    const { topUp: first } = await charge('click_1');
    const { topUp: second } = await charge('click_2');
    await payments.reconcile(AT());
    const before = await cursor();
    sandbox().refund(first.paymentId!, 1_000);
    sandbox().refund(second.paymentId!, 2_000);
    sandbox().webhooks.lose();

    const away = start({
      reversalsOf: (payment) =>
        payment === first.paymentId ? Promise.reject(new Error('away')) : provider.reversalsOf(payment),
    });
    for (const at of [AT(), later(1_000), later(2_000)]) {
      expect((await away.reconcile(at)).troubled).toBeGreaterThan(0);
    }
    expect(await cursor()).toEqual(before);
    expect(await balance()).toBe(18_000);
    await payments.reconcile(later(3_000));
    expect(await balance()).toBe(17_000);
    expect((await cursor()).getTime()).toBeGreaterThan(before.getTime());
  });

  it('is gone through from where it was left, after days in which nothing ran', async () => {
    await saveCard();
    const { topUp } = await charge();
    await payments.reconcile(AT());
    sandbox().refund(topUp.paymentId!);
    sandbox().webhooks.lose();
    await payments.reconcile(later(12 * DAYS));
    expect(await balance()).toBe(0);
  });

  it('is read again from before the cursor, for what appears in it late', async () => {
    await saveCard();
    const { topUp } = await charge();
    sandbox().refund(topUp.paymentId!, 4_000);
    sandbox().webhooks.lose();
    await payments.reconcile(later(-60_000));
    await payments.reconcile(later(30 * 60_000));
    expect(await balance()).toBe(6_000);
  });
});

describe('a webhook', () => {
  const post = async (event: object) => {
    const body = JSON.stringify({ object: 'event', created: 1, ...event });
    const headers = { 'content-type': 'application/json', 'stripe-signature': signatureOf(body, WEBHOOK_SECRET, AT()) };
    return (await fetch(`${product()}/payments/webhook`, { method: 'POST', headers, body })).status;
  };

  it.each([
    ['a type we know nothing of', 'invoice.paid', { id: 'in_1', object: 'invoice' }],
    ['a type we ignore on purpose', 'customer.updated', { id: 'cus_1', object: 'customer' }],
    ['a page that is not there', 'checkout.session.completed', { id: 'cs_none', object: 'checkout.session' }],
    [
      'a charge that is not there',
      'payment_intent.succeeded',
      { id: 'pi_none', object: 'payment_intent', metadata: { top_up: 'acc_x.tu_x', method: 'card' } },
    ],
    [
      'a top-up that is not there',
      'payment_intent.succeeded',
      { id: 'pi_none', object: 'payment_intent', metadata: { top_up: '$gt' } },
    ],
    ['a refund of nothing', 'refund.created', { id: 're_1', object: 'refund', payment_intent: null }],
    [
      'a dispute that is not there',
      'charge.dispute.created',
      { id: 'dp_1', object: 'dispute', payment_intent: 'pi_x' },
    ],
    ['an object without a name', 'charge.refunded', { id: 'x' }],
  ])('of %s is taken, and does no harm', async (what, type, object) => {
    expect(await post({ id: `evt_${what}`, type, data: { object } })).toBe(200);
    expect([await balance(), await suspended()]).toEqual([0, undefined]);
  });

  it('of a charge with our marks for a top-up that is gone keeps its money in suspense', async () => {
    await saveCard();
    const { topUp } = await charge();
    await mongoose.connection.collection('top_ups').deleteOne({ _id: topUp.id as never });
    await sandbox().webhooks.deliver();
    expect(await suspended()).toBe(10_000);
    // Which is double here only because the credit stands already: the row was what told of it.
    expect(told).toContainEqual(expect.objectContaining({ payment: topUp.paymentId }));
  });

  it('that could not be followed is asked for again, and then followed', async () => {
    await askAndPay();
    const working = payments;
    runAs(
      start({ checkout: () => Promise.reject(new Error('away')), payment: () => Promise.reject(new Error('away')) }),
    );
    expect(await sandbox().webhooks.deliver()).toContain(500);
    runAs(working);
    expect(new Set(await sandbox().webhooks.deliver())).toEqual(new Set([200]));
    expect(await balance()).toBe(10_000);
  });
});
