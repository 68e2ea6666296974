import { describe, expect, it } from '@jest/globals';
import { card, CARDS, refusal, useStripeClient } from './stripe-client.js';

const { stripe, sandbox, customer } = useStripeClient();

const chargeWith = (method: string, more: { customer?: string; key?: string } = {}) =>
  stripe().paymentIntents.create(
    {
      amount: 5_000,
      currency: 'gbp',
      customer: more.customer ?? customer(),
      payment_method: method,
      confirm: true,
      off_session: true,
      metadata: { top_up: 'acc_1.tu_1' },
    },
    more.key ? { idempotencyKey: more.key } : {},
  );
const save = (number: string) => sandbox().saveCard(customer(), card(number)).id;

describe('a saved card', () => {
  it('is attached, made the default, listed newest first, and taken away for good', async () => {
    const first = await stripe().paymentMethods.attach('pm_card_visa', { customer: customer() });
    const second = await stripe().paymentMethods.attach('pm_card_mastercard', { customer: customer() });
    const listed = await stripe().paymentMethods.list({ customer: customer(), type: 'card' });
    expect(listed.data.map(({ id }) => id)).toEqual([second.id, first.id]);
    expect(first.card).toMatchObject({ brand: 'visa', last4: '4242' });

    const settings = { invoice_settings: { default_payment_method: first.id } };
    await stripe().customers.update(customer(), settings);
    const read = await stripe().customers.retrieve(customer(), { expand: ['invoice_settings.default_payment_method'] });
    expect(read).toMatchObject({ invoice_settings: { default_payment_method: { id: first.id } } });

    await stripe().paymentMethods.detach(first.id);
    expect(await stripe().customers.retrieve(customer())).toMatchObject({
      invoice_settings: { default_payment_method: null },
    });
    expect((await refusal(chargeWith(first.id))).message).toContain('may not be used again');
    expect((await refusal(stripe().paymentMethods.attach(first.id, { customer: customer() }))).statusCode).toBe(400);
    expect((await refusal(stripe().paymentMethods.detach(first.id))).statusCode).toBe(400);
  });

  it('of another customer is neither charged nor made the default nor attached', async () => {
    const theirs = (await stripe().customers.create({ name: 'Support' })).id;
    const method = sandbox().saveCard(theirs, card(CARDS.good)).id;
    const settings = { invoice_settings: { default_payment_method: method } };
    for (const call of [
      chargeWith(method),
      stripe().customers.update(customer(), settings),
      stripe().paymentMethods.attach(method, { customer: customer() }),
    ])
      expect(await refusal(call)).toMatchObject({ type: 'StripeInvalidRequestError', statusCode: 400 });
    expect(sandbox().truth().payments).toEqual([]);
  });

  it('is charged without its holder, once per key', async () => {
    const method = save(CARDS.good);
    const first = await chargeWith(method, { key: 'charge:1' });
    const again = await chargeWith(method, { key: 'charge:1' });
    expect(again.id).toBe(first.id);
    expect(first).toMatchObject({ status: 'succeeded', amount_received: 5_000 });
    expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect(sandbox().truth()).toMatchObject({ takenMinor: { GBP: 5_000 }, payments: [{ customer: customer() }] });
  });
});

describe('a declined card', () => {
  it.each([
    ['generic_decline', 'card_declined', CARDS.declinedOnceSaved],
    ['insufficient_funds', 'card_declined', CARDS.noFunds],
    ['lost_card', 'card_declined', CARDS.lost],
    ['stolen_card', 'card_declined', CARDS.stolen],
    ['expired_card', 'expired_card', CARDS.expired],
    ['incorrect_cvc', 'incorrect_cvc', CARDS.wrongCvc],
    ['processing_error', 'processing_error', CARDS.processingError],
    ['authentication_required', 'authentication_required', CARDS.asksAlways],
    ['authentication_required', 'authentication_required', CARDS.mustAsk],
  ])('answers 402 with %s (%s), its intent and its charge', async (decline_code, code, number) => {
    // What no bank would let be saved is put there, as if it had been good when it was.
    const method = save(CARDS.good);
    sandbox().store.state.cardNumbers[method] = number;
    const error = await refusal(chargeWith(method));
    expect(error).toMatchObject({ type: 'StripeCardError', statusCode: 402, code, decline_code });
    expect(error.payment_intent).toMatchObject({
      status: 'requires_payment_method',
      payment_method: null,
      last_payment_error: { code, decline_code, payment_method: { id: method } },
    });
    const charge = await stripe().charges.retrieve(error.charge!);
    expect(charge).toMatchObject({ status: 'failed', paid: false, failure_code: code, receipt_url: null });
    expect(sandbox().truth().takenMinor).toEqual({});
  });

  it('is declined again under the same key, though the card has money by now', async () => {
    const method = save(CARDS.declinedOnceSaved);
    const first = await refusal(chargeWith(method, { key: 'charge:1' }));
    sandbox().store.state.cardNumbers[method] = CARDS.good;
    const again = await refusal(chargeWith(method, { key: 'charge:1' }));
    expect(again.payment_intent?.id).toBe(first.payment_intent?.id);
    expect(await chargeWith(method, { key: 'charge:2' })).toMatchObject({ status: 'succeeded' });
  });

  it('cannot be saved where its bank refuses it already', async () => {
    const error = await refusal(
      stripe().paymentMethods.attach('pm_card_visa_chargeDeclined', { customer: customer() }),
    );
    expect(error).toMatchObject({ type: 'StripeCardError', code: 'card_declined' });
    expect((await stripe().paymentMethods.list({ customer: customer() })).data).toEqual([]);
  });
});

describe('3-D Secure', () => {
  it('is not asked again without the holder where they proved themselves when it was saved', async () => {
    expect(await chargeWith(save(CARDS.asksUnlessSetUp))).toMatchObject({ status: 'succeeded' });
    const unproved = await stripe().paymentMethods.attach('pm_card_authenticationRequiredOnSetup', {
      customer: customer(),
    });
    expect(await refusal(chargeWith(unproved.id))).toMatchObject({ code: 'authentication_required' });
  });

  it('leaves an intent that can be cancelled, once', async () => {
    const { payment_intent: intent } = await refusal(chargeWith(save(CARDS.asksAlways)));
    const cancelled = await stripe().paymentIntents.cancel(intent!.id, { cancellation_reason: 'abandoned' });
    expect(cancelled).toMatchObject({ status: 'canceled', cancellation_reason: 'abandoned' });
    expect(await refusal(stripe().paymentIntents.cancel(intent!.id))).toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
  });

  it('waits for the holder where they are there', async () => {
    const method = save(CARDS.asksAlways);
    const made = await stripe().paymentIntents.create({
      amount: 5_000,
      currency: 'gbp',
      customer: customer(),
      payment_method: method,
    });
    expect(made.status).toBe('requires_confirmation');
    const confirmed = await stripe().paymentIntents.confirm(made.id, { return_url: 'https://acme.com/back' });
    expect(confirmed).toMatchObject({ status: 'requires_action', next_action: { type: 'redirect_to_url' } });
    expect(sandbox().truth().payments).toEqual([]);
  });
});

describe('a charge that makes no sense', () => {
  it.each([
    ['without an amount', { amount: 0, currency: 'gbp' }, 'amount'],
    ['too small for Stripe', { amount: 29, currency: 'gbp' }, 'amount'],
    ['without its holder, but not confirmed', { amount: 500, currency: 'gbp', off_session: true }, 'off_session'],
    [
      'with a word Stripe no longer knows',
      { amount: 500, currency: 'gbp', payment_method_types: ['card'] },
      'payment_method_types',
    ],
    ['for nobody', { amount: 500, currency: 'gbp', customer: 'cus_0' }, 'customer'],
    ['with no card', { amount: 500, currency: 'gbp', payment_method: 'pm_0' }, 'payment_method'],
  ])('%s is refused, naming what is wrong', async (_what, params, param) => {
    expect(await refusal(stripe().paymentIntents.create(params))).toMatchObject({ statusCode: 400, param });
  });
});
