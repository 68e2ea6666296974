import { describe, expect, it } from '@jest/globals';
import type { PaymentProvider } from '../../src/payments/provider.js';
import { untoldTopUps } from '../../src/payments/telling.js';
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
  runAs,
  sandbox,
  saveCard,
  start,
  storedTopUp,
  useTopUps,
} from './top-up-world.js';

useTopUps();

const CHARGE = 'POST /v1/payment_intents';
const ASKS_ALWAYS = '4000002760003184';
const NO_FUNDS = '4000000000009995';
const HOURS = 60 * 60 * 1000;

type Call = 'charge' | 'cancelPayment' | 'openCheckout' | 'expireCheckout' | 'checkout';

/** A process that is killed before it asks the provider that, or right after it was done and before anything is written. */
function dying(call: Call, when: 'before' | 'after') {
  let alive = true;
  const die = (): never => {
    alive = false;
    throw new Error('killed');
  };
  const real = provider;
  const doomed: Partial<PaymentProvider> = {
    [call]: async (...args: never[]) => {
      if (!alive || when === 'before') die();
      await (real[call] as (...all: never[]) => Promise<unknown>)(...args);
      die();
    },
  };
  return start(doomed);
}

describe('a process killed', () => {
  it.each([
    ['charge', 'before'],
    ['charge', 'after'],
  ] as const)('at the charge (%s, %s it) has charged once when another has looked', async (call, when) => {
    await saveCard();
    await expect(dying(call, when).chargeCard(order())).rejects.toThrow('killed');
    sandbox().webhooks.lose();
    expect(await payments.reconcile(AT())).toMatchObject({ credited: 1, troubled: 0 });
    await payments.reconcile(AT());
    expect((await charge()).topUp).toMatchObject({ state: 'credited' });
    expect(paymentsOfStatus('succeeded')).toHaveLength(1);
    expect(await credits()).toHaveLength(1);
    await expectSettled();
  });

  it('after the charge is credited by the webhook alone, too', async () => {
    await saveCard();
    await expect(dying('charge', 'after').chargeCard(order())).rejects.toThrow('killed');
    await sandbox().webhooks.deliver({ reversed: true, copies: 2 });
    expect(await balance()).toBe(10_000);
    expect((await charge()).topUp.state).toBe('credited');
    expect(paymentsOfStatus('succeeded')).toHaveLength(1);
  });

  it('after a decline finds that decline, and tells of it', async () => {
    await saveCard(NO_FUNDS);
    await expect(dying('charge', 'after').chargeCard(order())).rejects.toThrow('killed');
    await payments.reconcile(AT());
    expect(await untoldTopUps(10)).toMatchObject([{ state: 'declined', decline: { code: 'insufficient_funds' } }]);
    expect(Object.keys(sandbox().store.state.paymentIntents)).toHaveLength(1);
  });

  it.each([
    ['charge', 'after'],
    ['cancelPayment', 'before'],
    ['cancelPayment', 'after'],
    ['openCheckout', 'before'],
    ['openCheckout', 'after'],
    ['checkout', 'before'],
  ] as const)('on the way to the cardholder (%s, %s it) leaves one page and no charge', async (call, when) => {
    await saveCard(ASKS_ALWAYS);
    await expect(dying(call, when).chargeCard(order())).rejects.toThrow('killed');
    sandbox().webhooks.lose();
    await payments.reconcile(AT());
    await payments.reconcile(AT());
    const [waiting] = await untoldTopUps(10);
    expect(waiting).toMatchObject({
      state: 'open',
      needsCardholder: true,
      url: expect.stringContaining('/sandbox/pay/'),
    });
    expect(paymentsOfStatus('canceled')).toHaveLength(1);
    expect(Object.keys(sandbox().store.state.sessions)).toEqual([waiting!.checkoutId]);
    sandbox().pay(waiting!.checkoutId!, GOOD_CARD);
    await payments.reconcile(AT());
    await expectSettled();
  });

  it.each([
    ['expireCheckout', 'before'],
    ['expireCheckout', 'after'],
    ['charge', 'before'],
    ['charge', 'after'],
  ] as const)('between page and card (%s, %s it) pays once', async (call, when) => {
    await saveCard();
    const { topUp } = await ask();
    await expect(dying(call, when).chargeCard(order())).rejects.toThrow('killed');
    sandbox().pay(topUp.checkoutId!, GOOD_CARD);
    await payments.reconcile(AT());
    await sandbox().webhooks.deliver({ reversed: true });
    expect(paymentsOfStatus('succeeded')).toHaveLength(1);
    expect(await balance()).toBe(10_000);
    await expectSettled();
  });
});

describe('an answer that is lost', () => {
  it.each(['answerLost', 'errorAfter', 'errorBefore', 'rateLimited'] as const)(
    'by %s is made good by the client’s own repeat, or by the next look',
    async (fault) => {
      await saveCard();
      sandbox().faults.plan(CHARGE, fault);
      await charge().catch(() => undefined);
      await payments.reconcile(AT());
      expect((await charge()).topUp.state).toBe('credited');
      expect(paymentsOfStatus('succeeded')).toHaveLength(1);
      await expectSettled();
    },
  );

  it('for long is looked up, never asked for anew: nothing was charged, so it is given up, and told', async () => {
    await saveCard();
    sandbox().faults.plan(CHARGE, 'errorBefore', 3);
    await expect(charge()).rejects.toBeInstanceOf(Error);
    await payments.reconcile(new Date(Date.now() + 2 * HOURS));
    expect(await untoldTopUps(10)).toMatchObject([{ state: 'failed' }]);
    expect(sandbox().store.state.paymentIntents).toEqual({});
    expect((await charge()).topUp.state).toBe('failed');
  });

  it('for long is looked up, and credited where it was charged', async () => {
    await saveCard();
    sandbox().faults.plan(CHARGE, 'errorAfter', 3);
    await expect(charge()).rejects.toBeInstanceOf(Error);
    sandbox().webhooks.lose();
    runAs(start({ charge: () => Promise.reject(new Error('asked anew')) }));
    await payments.reconcile(new Date(Date.now() + 30 * HOURS));
    expect(await balance()).toBe(10_000);
    await expectSettled();
  });

  it('of a charge that was given up is credited when its money shows after all', async () => {
    await saveCard();
    await expect(dying('charge', 'before').chargeCard(order())).rejects.toThrow('killed');
    const late = await lateCharge();
    await payments.reconcile(new Date(Date.now() + 2 * HOURS));
    expect(await storedTopUp(late.topUp)).toMatchObject({ state: 'failed' });
    await late.happen();
    await sandbox().webhooks.deliver();
    expect(await storedTopUp(late.topUp)).toMatchObject({ state: 'credited' });
    expect(await balance()).toBe(10_000);
  });
});

/** A charge that is still on the wire while everybody believes that it never was. */
async function lateCharge(): Promise<{ topUp: string; happen: () => Promise<unknown> }> {
  const asked: Parameters<PaymentProvider['charge']>[] = [];
  const capture = start({
    charge: (...args) => {
      asked.push(args);
      return Promise.reject(new Error('no answer'));
    },
  });
  await capture.reconcile(AT());
  const [first] = asked;
  if (!first) throw new Error('nothing was asked');
  return { topUp: first[0].topUp.split('.')[1]!, happen: () => provider.charge(...first) };
}
