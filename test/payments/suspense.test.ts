import { describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { newId } from '../../src/id.js';
import { listSuspense } from '../../src/payments/suspense.js';
import { untoldTopUps } from '../../src/payments/telling.js';
import { referenceOf } from '../../src/payments/top-up.js';
import { GOOD_CARD } from './harness.js';
import {
  ask,
  askAndPay,
  AT,
  balance,
  order,
  payments,
  paymentsOfStatus,
  product,
  provider,
  runAs,
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

describe('money that does not fit', () => {
  it.each([
    ['another amount', { amount_total: 12_300 }, { amount: 12_300 }, 'GBP', 12_300],
    ['another currency', { currency: 'eur' }, { currency: 'eur' }, 'EUR', 10_000],
    ['the marks of another workspace', { metadata: { account: 'acc_x', workspace: 'ws_x' } }, {}, 'GBP', 10_000],
  ])('with %s goes to suspense and to the operator, once', async (_what, session, intent, currency, amount) => {
    const { topUp } = await ask();
    Object.assign(sandbox().store.state.sessions[topUp.checkoutId!]!, session);
    sandbox().pay(topUp.checkoutId!, GOOD_CARD);
    expect(Object.values(sandbox().store.state.paymentIntents)[0]).toMatchObject(intent);
    await sandbox().webhooks.deliver({ copies: 2 });
    await payments.reconcile(AT());

    expect(await balance()).toBe(0);
    expect(await suspended(currency)).toBe(amount);
    expect(told).toContainEqual(expect.objectContaining({ checkout: topUp.checkoutId, amountMinor: amount, currency }));
    expect(await untoldTopUps(10)).toMatchObject([{ id: topUp.id, state: 'suspense' }]);
  });

  it('for a top-up that is not known is kept for its account', async () => {
    const topUp = await askAndPay();
    await mongoose.connection.collection('top_ups').deleteOne({ _id: topUp.id as never });
    await sandbox().webhooks.deliver();
    expect(await suspended()).toBe(10_000);
  });

  it('from a second page of a top-up is kept beside its credit', async () => {
    const topUp = await askAndPay();
    await sandbox().webhooks.deliver();
    const { customer } = (await storedTopUp(topUp.id))!;
    const second = await provider.openCheckout(
      {
        topUp: referenceOf(topUp),
        account: workspace.account,
        workspace: workspace.id,
        customer,
        amountMinor: 10_000,
        currency: 'GBP',
        description: 'x',
        successUrl: product(),
        cancelUrl: product(),
      },
      newId('key'),
    );
    sandbox().pay(second.id, GOOD_CARD);
    await sandbox().webhooks.deliver();
    expect([await balance(), await suspended()]).toEqual([10_000, 10_000]);
    expect(await storedTopUp(topUp.id)).toMatchObject({ state: 'credited' });
  });

  it('of test mode never becomes real balance, and the operator sees it', async () => {
    runAs(start({ livemode: true }));
    const topUp = await askAndPay();
    await sandbox().webhooks.deliver();
    expect(await payments.settle(referenceOf(topUp), AT())).toMatchObject({ state: 'open' });
    expect([await balance(), await suspended()]).toEqual([0, undefined]);
    const [seen, ...others] = await listSuspense(10);
    expect(others).toEqual([]);
    expect(seen).toMatchObject({ topUp: topUp.id, why: 'of another mode than ours' });
    expect(seen).not.toHaveProperty('entry');
  });

  it.each([
    ['another amount', { amount: 9_000, amount_received: 9_000 }, 9_000],
    ['the marks of another workspace', { metadata: { account: 'acc_x', workspace: 'ws_x', method: 'card' } }, 10_000],
  ])('charged to a saved card with %s is kept there, too, once', async (_what, over, amount) => {
    await saveCard();
    const dying = start({
      charge: async (asked, key) => {
        await provider.charge(asked, key);
        throw new Error('killed');
      },
    });
    await expect(dying.chargeCard(order())).rejects.toThrow('killed');
    const [intent] = paymentsOfStatus('succeeded');
    const { top_up: topUp = '' } = intent!.metadata;
    Object.assign(intent!, over);
    intent!.metadata['top_up'] = topUp;
    await sandbox().webhooks.deliver({ copies: 2 });
    await payments.reconcile(AT());
    expect([await balance(), await suspended()]).toEqual([0, amount]);
    expect(await listSuspense(10)).toMatchObject([{ id: intent!.id, why: expect.any(String), amountMinor: amount }]);
  });
});
