import { describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { untoldTopUps } from '../../src/payments/telling.js';
import { referenceOf } from '../../src/payments/top-up.js';
import { GOOD_CARD } from './harness.js';
import { ask, askAndPay, AT, balance, credits, payments, runAs, sandbox, start, useTopUps } from './top-up-world.js';

useTopUps();

const CREATE = 'POST /v1/checkout/sessions';
const HOURS = 60 * 60 * 1000;

describe('a crash or a lost answer', () => {
  it('between the intent and the call is made good by the reconciler', async () => {
    runAs(start({ createCustomer: () => Promise.reject(new Error('killed')) }));
    await expect(ask()).rejects.toThrow('killed');
    runAs(start());
    await payments.reconcile(AT());
    const { topUp, url } = await ask();
    expect(url).toContain('/sandbox/pay/');
    expect(topUp.state).toBe('open');
  });

  it('after the page was made finds that page, and never makes another', async () => {
    sandbox().faults.plan(CREATE, 'errorAfter');
    await expect(ask()).rejects.toBeInstanceOf(Error);
    const { topUp } = await ask();
    expect(Object.keys(sandbox().store.state.sessions)).toEqual([topUp.checkoutId]);
  });

  it('is credited by a webhook that comes before the page’s answer was ever seen', async () => {
    sandbox().faults.plan(CREATE, 'errorAfter');
    await expect(ask()).rejects.toBeInstanceOf(Error);
    sandbox().pay(Object.keys(sandbox().store.state.sessions)[0]!, GOOD_CARD);
    await sandbox().webhooks.deliver();
    expect(await balance()).toBe(10_000);
    await payments.reconcile(AT());
    expect(await credits()).toHaveLength(1);
  });

  it('that left no page behind closes the top-up once the provider may have forgotten the key', async () => {
    sandbox().faults.plan(CREATE, 'errorBefore', 3);
    await expect(ask()).rejects.toBeInstanceOf(Error);
    await payments.reconcile(new Date(Date.now() + 25 * HOURS));
    expect(await untoldTopUps(10)).toMatchObject([{ state: 'expired' }]);
    expect(sandbox().store.state.sessions).toEqual({});
  });

  it('between the credit and its mark on the top-up credits no second time', async () => {
    const topUp = await askAndPay();
    await payments.settle(referenceOf(topUp), AT());
    await mongoose.connection
      .collection('top_ups')
      .updateOne({ _id: topUp.id as never }, { $set: { state: 'open' }, $unset: { settledAt: 1, balanceMinor: 1 } });
    expect(await payments.settle(referenceOf(topUp), AT())).toMatchObject({ state: 'credited', balanceMinor: 10_000 });
    expect(await credits()).toHaveLength(1);
  });

  it('of the provider leaves the others to be looked at', async () => {
    const { topUp } = await ask('click_1');
    await ask('click_2');
    sandbox().pay(topUp.checkoutId!, GOOD_CARD);
    delete sandbox().store.state.sessions[(await ask('click_2')).topUp.checkoutId!];
    expect(await payments.reconcile(AT())).toMatchObject({ looked: 2, credited: 1, troubled: 1 });
  });
});
