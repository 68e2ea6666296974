import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { untoldSuspense } from '../../src/payments/suspense.js';
import { referenceOf } from '../../src/payments/top-up.js';
import { expectSettled } from './expect-settled.js';
import { GOOD_CARD } from './harness.js';
import {
  ask,
  AT,
  balance,
  charge,
  credits,
  order,
  payments,
  paymentsOfStatus,
  provider,
  sandbox,
  saveCard,
  start,
  storedTopUp,
  suspended,
  useTopUps,
} from './top-up-world.js';

useTopUps();

describe('a page left open', () => {
  it('is closed before the saved card is charged instead, so that one order is paid once', async () => {
    await saveCard();
    const { topUp } = await ask();
    expect((await charge()).topUp).toMatchObject({ id: topUp.id, state: 'credited', method: 'card' });
    expect(sandbox().session(topUp.checkoutId!)?.session.status).toBe('expired');
    expect(sandbox().pay(topUp.checkoutId!, GOOD_CARD)?.step).toBe('closed');
    await sandbox().webhooks.deliver({ reversed: true });
    expect(await storedTopUp(topUp.id)).toMatchObject({ state: 'credited' });
    expect(await credits()).toHaveLength(1);
    await expectSettled();
  });

  it('that a sweep looks at while it is left for the card is not taken for one that nobody paid', async () => {
    await saveCard();
    const { topUp } = await ask();
    const page = new EventEmitter();
    const [closed, seen] = [once(page, 'closed'), once(page, 'seen')];
    const charger = start({
      async expireCheckout(id) {
        const expired = await provider.expireCheckout(id);
        page.emit('closed');
        await seen;
        return expired;
      },
    });
    let charging: ReturnType<typeof charger.chargeCard> | undefined;
    const sweeper = start({
      async checkout(id) {
        charging = charger.chargeCard(order());
        await closed;
        return provider.checkout(id);
      },
    });
    await sweeper.settle(referenceOf(topUp), AT());
    page.emit('seen');
    expect((await charging)?.topUp).toMatchObject({ id: topUp.id, state: 'credited', method: 'card' });
    await expectSettled();
  });

  it('that was paid meanwhile is how it is paid: the card is left alone', async () => {
    await saveCard();
    const { topUp } = await ask();
    sandbox().pay(topUp.checkoutId!, GOOD_CARD);
    expect((await charge()).topUp).toMatchObject({ id: topUp.id, state: 'credited' });
    expect(paymentsOfStatus('succeeded')).toHaveLength(1);
    await expectSettled();
  });

  it('whose payment is on its way is waited for: the card is left alone', async () => {
    await saveCard();
    const { topUp } = await ask();
    sandbox().slowPayments(1);
    sandbox().pay(topUp.checkoutId!, GOOD_CARD);
    expect((await charge()).topUp).toMatchObject({ state: 'processing', method: 'page' });
    expect(paymentsOfStatus('succeeded')).toHaveLength(0);
    sandbox().endPayment(paymentsOfStatus('processing')[0]!.id, true);
    await sandbox().webhooks.deliver();
    expect(await balance()).toBe(10_000);
    await expectSettled();
  });

  it('whose answer was lost is found and closed, too', async () => {
    await saveCard();
    sandbox().faults.plan('POST /v1/checkout/sessions', 'errorAfter', 3);
    await expect(ask()).rejects.toBeInstanceOf(Error);
    expect((await charge()).topUp.state).toBe('credited');
    expect(Object.values(sandbox().store.state.sessions).map(({ status }) => status)).toEqual(['expired']);
  });

  it('that opens only while the card is charged is closed at once', async () => {
    await saveCard();
    let opened = '';
    const slow = start({
      async openCheckout(asked, key) {
        await charge();
        const page = await provider.openCheckout(asked, key);
        opened = page.id;
        return page;
      },
    });
    await slow.startTopUp(order());
    expect(sandbox().session(opened)?.session.status).toBe('expired');
    expect(await credits()).toHaveLength(1);
    await expectSettled();
  });

  it('and paid beside the card all the same is kept in suspense, never credited twice', async () => {
    await saveCard();
    const { topUp } = await ask();
    const stubborn = start({
      expireCheckout: async (id) => ({ ...(await provider.checkout(id)), status: 'expired' }),
    });
    await stubborn.chargeCard(order());
    sandbox().pay(topUp.checkoutId!, GOOD_CARD);
    await sandbox().webhooks.deliver({ copies: 2, reversed: true });
    await payments.reconcile(AT());
    expect([await balance(), await suspended()]).toEqual([10_000, 10_000]);
    expect(await untoldSuspense(10)).toMatchObject([{ topUp: topUp.id, amountMinor: 10_000 }]);
    expect(await storedTopUp(topUp.id)).toMatchObject({ state: 'credited' });
    await expectSettled();
  });

  it('and card that pay in the same moment are one credit and one payment in suspense', async () => {
    await saveCard();
    const { topUp } = await ask();
    let pageIsPaid = Promise.resolve();
    const racing = start({
      expireCheckout: async (id) => ({ ...(await provider.checkout(id)), status: 'expired' }),
      async charge(asked, key) {
        sandbox().pay(topUp.checkoutId!, GOOD_CARD);
        pageIsPaid = sandbox()
          .webhooks.deliver()
          .then(() => undefined);
        return provider.charge(asked, key);
      },
    });
    await racing.chargeCard(order());
    await pageIsPaid;
    await sandbox().webhooks.deliver();
    expect([await balance(), await suspended()]).toEqual([10_000, 10_000]);
    await expectSettled();
  });
});
