import { describe, expect, it } from '@jest/globals';
import { releaseCustomer } from '../../src/payments/former-cards.js';
import { markTopUpTold, untoldTopUps } from '../../src/payments/telling.js';
import { GOOD_CARD } from './harness.js';
import {
  ask,
  askAndPay,
  AT,
  balance,
  charge,
  credits,
  customerOf,
  order,
  payments,
  paymentsOfStatus,
  product,
  provider,
  sandbox,
  saveCard,
  start,
  storedTopUp,
  whose,
  useTopUps,
} from './top-up-world.js';

useTopUps();

const ASKS_ALWAYS = '4000002760003184';
const NO_FUNDS = '4000000000009995';

describe('the saved card', () => {
  it('is there once somebody paid on a page, and is the default from then on', async () => {
    expect(await payments.savedCard(whose())).toBeUndefined();
    await askAndPay();
    await sandbox().webhooks.deliver();
    const saved = await payments.savedCard(whose());
    expect(saved).toMatchObject({ brand: 'visa', last4: '4242', expires: { month: 12, year: 2034 } });
    const { invoice_settings: settings } = sandbox().store.state.customers[await customerOf()]!;
    expect(settings.default_payment_method).toBe(saved?.id);
  });

  it('stays the default when another is paid with; without a default it is the newest', async () => {
    await askAndPay();
    await sandbox().webhooks.deliver();
    const first = await payments.savedCard(whose());
    const { topUp } = await ask('click_2');
    sandbox().pay(topUp.checkoutId!, { ...GOOD_CARD, number: '5555555555554444' });
    await sandbox().webhooks.deliver();
    expect(await payments.savedCard(whose())).toEqual(first);
    sandbox().store.state.customers[await customerOf()]!.invoice_settings.default_payment_method = null;
    expect(await payments.savedCard(whose())).toMatchObject({ brand: 'mastercard' });
  });

  it('is managed on the provider’s page, which leads back to ours', async () => {
    const url = await payments.portal({ ...whose(), update: true, at: AT() });
    const token = url.split('/').at(-1)!;
    const view = sandbox().portal.view(token);
    expect(view?.session).toMatchObject({
      return_url: `${product()}/payments/cards`,
      flow: { type: 'payment_method_update' },
    });
    expect(await (await fetch(`${product()}/payments/cards`)).text()).toContain('Your cards are as you left them');
    sandbox().portal.addCard(token, GOOD_CARD);
    expect(await payments.savedCard(whose())).toMatchObject({ last4: '4242' });
    sandbox().portal.removeCard(token, sandbox().portal.view(token)!.cards[0]!.id);
    expect(await payments.savedCard(whose())).toBeUndefined();
  });

  it('is forgotten with all others when the primary owner changes, and can be paid with again', async () => {
    await saveCard();
    await saveCard();
    expect(await payments.forgetFormerCards()).toBe(0);
    expect(await releaseCustomer(whose())).toBe(true);
    expect(await payments.savedCard(whose())).toBeUndefined();
    expect(await payments.forgetFormerCards()).toBe(2);
    expect(await payments.forgetFormerCards()).toBe(0);
    await expect(charge()).rejects.toMatchObject({ reason: { kind: 'noSavedCard', workspaceName: 'Marketing' } });
    await askAndPay();
    await sandbox().webhooks.deliver();
    expect(await payments.savedCard(whose())).toMatchObject({ last4: '4242' });
  });

  it('of a page that was opened before the primary owner changed is credited, and forgotten too', async () => {
    await saveCard();
    const { topUp } = await ask('click_late');
    await releaseCustomer(whose());
    expect(await payments.forgetFormerCards()).toBe(1);
    sandbox().pay(topUp.checkoutId!, GOOD_CARD);
    await sandbox().webhooks.deliver();
    expect(await balance()).toBe(10_000);
    expect(await payments.savedCard(whose())).toBeUndefined();
    expect(await payments.forgetFormerCards()).toBe(1);
  });
});

describe('a top-up by saved card', () => {
  it('is charged without its holder and credited at once, with what was agreed when it was saved', async () => {
    await saveCard();
    const { topUp, url } = await charge();
    expect(topUp).toMatchObject({
      state: 'credited',
      method: 'card',
      card: { brand: 'visa', last4: '4242' },
      balanceMinor: 10_000,
      paymentId: expect.stringMatching(/^pi_/),
      told: false,
    });
    expect(url).toBeUndefined();
    expect(await balance()).toBe(10_000);
    expect(await credits()).toMatchObject([{ key: `topup:${topUp.id}`, person: 'p_olivia', contra: 'provider' }]);
    expect(await untoldTopUps(10)).toMatchObject([{ id: topUp.id, state: 'credited' }]);
  });

  it('is one charge however often and wherever it is asked for, and refuses its key for another amount', async () => {
    await saveCard();
    const other = start();
    const all = await Promise.allSettled([charge(), charge(), other.chargeCard(order()), payments.reconcile(AT())]);
    expect(all.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
    await charge();
    await sandbox().webhooks.deliver({ copies: 2, reversed: true });
    expect(paymentsOfStatus('succeeded')).toHaveLength(1);
    expect(await credits()).toHaveLength(1);
    await expect(charge('click_1', 5_000)).rejects.toMatchObject({ reason: { kind: 'keyConflict' } });
  });

  it('that its bank declines takes nothing, says why, and is declined for good; a new click is a new try', async () => {
    const card = await saveCard(NO_FUNDS);
    const { topUp } = await charge();
    expect(topUp).toMatchObject({ state: 'declined', decline: { code: 'insufficient_funds' } });
    expect(await untoldTopUps(10)).toEqual([]);
    sandbox().store.state.cardNumbers[card] = GOOD_CARD.number;
    expect((await charge()).topUp.state).toBe('declined');
    expect((await charge('click_2')).topUp.state).toBe('credited');
    await sandbox().webhooks.deliver();
    await payments.reconcile(AT());
    expect(await balance()).toBe(10_000);
  });

  it('of a card that was taken away meanwhile fails, and nothing is taken', async () => {
    const card = await saveCard();
    const away = start({
      charge(asked, key) {
        sandbox().store.state.paymentMethods[card]!.customer = null;
        return provider.charge(asked, key);
      },
    });
    expect((await away.chargeCard(order())).topUp).toMatchObject({ state: 'failed' });
    expect(await balance()).toBe(0);
  });

  it('is on its way where the bank takes its time, and is credited when it is through', async () => {
    await saveCard();
    sandbox().slowPayments(1);
    const { topUp } = await charge();
    expect(topUp.state).toBe('processing');
    sandbox().endPayment(topUp.paymentId!, true);
    await sandbox().webhooks.deliver();
    expect(await storedTopUp(topUp.id)).toMatchObject({ state: 'credited' });
    expect(await balance()).toBe(10_000);
  });

  it('is declined late where a payment on its way fails, and told', async () => {
    await saveCard();
    sandbox().slowPayments(1);
    const { topUp } = await charge();
    sandbox().endPayment(topUp.paymentId!, false);
    sandbox().webhooks.lose();
    await payments.reconcile(AT());
    expect(await untoldTopUps(10)).toMatchObject([{ id: topUp.id, state: 'declined' }]);
    expect(await balance()).toBe(0);
  });
});

describe('a bank that asks for the cardholder', () => {
  it('gets its payment on a page: the charge is cancelled first, and the page pays once', async () => {
    await saveCard(ASKS_ALWAYS);
    const { topUp, url } = await charge();
    expect(topUp).toMatchObject({ state: 'open', needsCardholder: true, method: 'card' });
    expect(url).toContain('/sandbox/pay/');
    expect(paymentsOfStatus('canceled')).toHaveLength(1);
    expect((await charge()).url).toBe(url);
    expect((await ask()).url).toBe(url);

    sandbox().pay(topUp.checkoutId!, { ...GOOD_CARD, number: ASKS_ALWAYS });
    sandbox().authenticate(topUp.checkoutId!, true);
    await sandbox().webhooks.deliver({ reversed: true, copies: 2 });
    await payments.reconcile(AT());
    expect(await balance()).toBe(10_000);
    expect(paymentsOfStatus('succeeded')).toHaveLength(1);
  });

  it('is told of where nobody was there to hear it, and again how it ended', async () => {
    await saveCard(ASKS_ALWAYS);
    const { topUp } = await payments.chargeCard({ ...order(), automatic: { kind: 'below', cause: 'c1' } });
    const [waiting] = await untoldTopUps(10);
    expect(waiting).toMatchObject({ id: topUp.id, state: 'open', needsCardholder: true });
    await markTopUpTold(waiting!);
    expect(await untoldTopUps(10)).toEqual([]);
    sandbox().pay(topUp.checkoutId!, GOOD_CARD);
    await sandbox().webhooks.deliver();
    expect(await untoldTopUps(10)).toMatchObject([{ id: topUp.id, state: 'credited' }]);
  });
});

describe('an automatic top-up', () => {
  const automatic = (cause: string, key = cause) =>
    payments.chargeCard({ ...order(key), automatic: { kind: 'below', cause } });

  it('is one at a time per workspace, whoever asks', async () => {
    await saveCard();
    sandbox().slowPayments(1);
    const { topUp } = await automatic('c1');
    await expect(automatic('c2')).rejects.toMatchObject({ reason: { kind: 'automaticOpen' } });
    expect((await automatic('c1')).topUp.id).toBe(topUp.id);
    expect((await charge('by hand')).topUp.state).toBe('credited');
    sandbox().endPayment(topUp.paymentId!, true);
    await sandbox().webhooks.deliver();
    expect((await automatic('c3')).topUp.state).toBe('credited');
    expect(await balance()).toBe(30_000);
  });

  it('lets the next one try after a decline', async () => {
    await saveCard(NO_FUNDS);
    expect((await automatic('c1')).topUp.state).toBe('declined');
    expect((await automatic('c2')).topUp.state).toBe('declined');
    expect(await untoldTopUps(10)).toHaveLength(2);
  });

  it('of which two are asked for in the same moment is one', async () => {
    await saveCard();
    sandbox().slowPayments(2);
    const both = await Promise.allSettled([automatic('c1'), automatic('c2')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(paymentsOfStatus('processing')).toHaveLength(1);
  });
});
