import { describe, expect, it } from '@jest/globals';
import { idOf } from '../../../src/payments/stripe-read.js';
import { GOOD_CARD } from '../harness.js';
import { card, CARDS, refusal, useStripeClient } from './stripe-client.js';

const { stripe, sandbox, customer } = useStripeClient();
const CREATE = 'POST /v1/payment_intents';

const charge = (idempotencyKey: string, amount = 5_000) => {
  const [method] = Object.values(sandbox().store.state.paymentMethods);
  const payment_method = (method ?? sandbox().saveCard(customer(), GOOD_CARD)).id;
  const of = { amount, currency: 'gbp', customer: customer(), payment_method, confirm: true, off_session: true };
  return stripe().paymentIntents.create(of, { idempotencyKey });
};
const taken = () => sandbox().truth().takenMinor['GBP'] ?? 0;

describe('a fault', () => {
  it('cuts the connection after the charge; the same key then tells of that charge', async () => {
    sandbox().faults.plan(CREATE, 'answerLost', 2);
    expect(await refusal(charge('k'))).toMatchObject({ type: 'StripeConnectionError' });
    expect(taken()).toBe(5_000);
    expect(await charge('k')).toMatchObject({ status: 'succeeded' });
    expect(taken()).toBe(5_000);
  });

  it('is a 500 before anything was done; the same key then does it', async () => {
    sandbox().faults.plan(CREATE, 'errorBefore');
    expect(await refusal(charge('k'))).toMatchObject({ statusCode: 500 });
    expect(taken()).toBe(0);
    await charge('k');
    expect(taken()).toBe(5_000);
  });

  it('is a 500 after it was done; the same key gets the 500 for ever, and the charge is found by looking', async () => {
    sandbox().faults.plan(CREATE, 'errorAfter');
    for (const _try of [1, 2]) expect(await refusal(charge('k'))).toMatchObject({ statusCode: 500 });
    expect(taken()).toBe(5_000);
    expect((await stripe().paymentIntents.list({ customer: customer() })).data).toMatchObject([
      { status: 'succeeded' },
    ]);
  });

  it('is a 429, and nothing was done', async () => {
    sandbox().faults.plan(CREATE, 'rateLimited');
    expect(await refusal(charge('k'))).toMatchObject({ statusCode: 429, code: 'rate_limit' });
    await charge('k');
    expect(taken()).toBe(5_000);
  });

  it('is slowness: a second request under the key is refused meanwhile, and both tell of one charge', async () => {
    sandbox().faults.plan(CREATE, 'slow');
    const first = charge('k');
    while (sandbox().faults.waiting === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(await refusal(charge('k'))).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
    sandbox().faults.release();
    expect((await charge('k')).id).toBe((await first).id);
  });

  it('hits the call that it was planned for alone', async () => {
    sandbox().faults.plan('POST /v1/payment_methods/:id/detach', 'errorBefore');
    const { id } = sandbox().saveCard(customer(), GOOD_CARD);
    await charge('k');
    expect(await refusal(stripe().paymentMethods.detach(id))).toMatchObject({ statusCode: 500 });
    expect(await stripe().paymentMethods.detach(id)).toMatchObject({ customer: null });
    expect(() => sandbox().faults.plan('POST /v1/payment_methods/pm_1/detach', 'slow')).toThrow(RangeError);
  });
});

describe('an idempotency key', () => {
  it('is refused with other parameters, or for another endpoint', async () => {
    await charge('k');
    expect(await refusal(charge('k', 6_000))).toMatchObject({ type: 'StripeIdempotencyError', statusCode: 400 });
    expect(await refusal(stripe().customers.create({}, { idempotencyKey: 'k' }))).toMatchObject({ statusCode: 400 });
    expect(taken()).toBe(5_000);
  });

  it('is not used up by a request that made no sense', async () => {
    const wrong = { amount: 0, currency: 'gbp' };
    expect(await refusal(stripe().paymentIntents.create(wrong, { idempotencyKey: 'k' }))).toMatchObject({
      code: 'parameter_invalid_integer',
    });
    expect(await charge('k')).toMatchObject({ status: 'succeeded' });
  });

  it('is forgotten after a day: then the same request charges again', async () => {
    const first = await charge('k');
    sandbox().store.state.idempotency['k']!.at -= 24 * 60 * 60;
    expect((await charge('k')).id).not.toBe(first.id);
    expect(taken()).toBe(10_000);
  });

  it('is named by the events of its request', async () => {
    const { id } = await charge('k');
    const [event] = (await stripe().events.list({ type: 'payment_intent.succeeded' })).data;
    expect(event).toMatchObject({
      data: { object: { id } },
      request: { idempotency_key: 'k', id: expect.any(String) },
    });
  });
});

describe('a slow payment', () => {
  it('is on its way until it ends, well or badly', async () => {
    sandbox().slowPayments(2);
    const [well, badly] = [await charge('k1'), await charge('k2')];
    expect([well.status, badly.status, taken()]).toEqual(['processing', 'processing', 0]);
    sandbox().endPayment(well.id, true);
    sandbox().endPayment(badly.id, false);
    expect(await stripe().paymentIntents.retrieve(well.id)).toMatchObject({ status: 'succeeded' });
    expect(await stripe().paymentIntents.retrieve(badly.id)).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'card_declined' },
    });
    expect(taken()).toBe(5_000);
  });

  it('completes its page before it is paid', async () => {
    const { id } = await stripe().checkout.sessions.create({
      mode: 'payment',
      success_url: 'https://acme.com/',
      line_items: [
        { quantity: 1, price_data: { currency: 'gbp', unit_amount: 500, product_data: { name: 'Balance' } } },
      ],
    });
    sandbox().slowPayments(1);
    sandbox().pay(id, card(CARDS.good));
    const session = await stripe().checkout.sessions.retrieve(id);
    expect(session).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
    sandbox().endPayment(idOf(session.payment_intent) ?? '', true);
    expect(await stripe().checkout.sessions.retrieve(id)).toMatchObject({ payment_status: 'paid' });
    expect(sandbox().webhooks.waiting.at(-1)?.type).toBe('checkout.session.async_payment_succeeded');
  });
});
