import { describe, expect, it } from '@jest/globals';
import { array, assert, constantFrom, integer, oneof, property, record } from 'fast-check';
import { ApiError } from '../../../src/payments/sandbox/errors.js';
import { perform, routeOf } from '../../../src/payments/sandbox/endpoints/routes.js';
import { parseForm } from '../../../src/payments/sandbox/form.js';
import { createSandbox, type Sandbox } from '../../../src/payments/sandbox/sandbox.js';
import { card, CARDS, refusal, useStripeClient } from './stripe-client.js';

const { stripe, sandbox, customer } = useStripeClient();

async function paidWith(number: string, amount = 5_000): Promise<string> {
  const payment_method = sandbox().saveCard(customer(), card(number)).id;
  const of = { amount, currency: 'gbp', customer: customer(), payment_method, confirm: true, off_session: true };
  return (await stripe().paymentIntents.create(of)).id;
}
const chargeOf = async (payment: string) => (await stripe().charges.list({ payment_intent: payment })).data[0]!;
const typesSince = (before: number) =>
  sandbox()
    .webhooks.waiting.slice(before)
    .map(({ type }) => type);

describe('a refund', () => {
  it('is a part or all, shows on the charge, and never more than was paid', async () => {
    const payment = await paidWith(CARDS.good);
    const part = await stripe().refunds.create({ payment_intent: payment, amount: 2_000, metadata: { why: 'x' } });
    expect(part).toMatchObject({ status: 'succeeded', amount: 2_000, metadata: { why: 'x' } });
    expect(await chargeOf(payment)).toMatchObject({ amount_refunded: 2_000, refunded: false });
    expect(await refusal(stripe().refunds.create({ payment_intent: payment, amount: 3_001 }))).toMatchObject({
      statusCode: 400,
      param: 'amount',
    });
    await stripe().refunds.create({ charge: (await chargeOf(payment)).id });
    expect(await chargeOf(payment)).toMatchObject({ amount_refunded: 5_000, refunded: true });
    expect(await refusal(stripe().refunds.create({ payment_intent: payment }))).toMatchObject({
      code: 'charge_already_refunded',
    });
    expect((await stripe().refunds.list({ payment_intent: payment })).data.map(({ amount }) => amount)).toEqual([
      3_000, 2_000,
    ]);
    expect(sandbox().truth()).toMatchObject({ refundedMinor: { GBP: 5_000 }, balanceMinor: { GBP: 0 } });
  });

  it('is refused for what never was paid', async () => {
    const method = sandbox().saveCard(customer(), card(CARDS.declinedOnceSaved)).id;
    const of = { amount: 5_000, currency: 'gbp', customer: customer(), payment_method: method };
    const error = await refusal(stripe().paymentIntents.create({ ...of, confirm: true, off_session: true }));
    expect((await refusal(stripe().refunds.create({ charge: error.charge! }))).statusCode).toBe(400);
    expect((await refusal(stripe().refunds.create({ payment_intent: 'pi_0' }))).code).toBe('resource_missing');
  });

  it('is told by webhooks with the charge as it is then', async () => {
    const payment = await paidWith(CARDS.good);
    const before = sandbox().webhooks.waiting.length;
    sandbox().refund(payment, 1_500);
    expect(typesSince(before)).toEqual(['refund.created', 'charge.refunded']);
    expect(sandbox().webhooks.waiting.at(-1)?.data.object).toMatchObject({ object: 'charge', amount_refunded: 1_500 });
  });

  it('may stay on its way for a while', async () => {
    const payment = await paidWith(CARDS.refundsLate);
    const { id, status } = await stripe().refunds.create({ payment_intent: payment });
    expect(status).toBe('pending');
    sandbox().endRefunds();
    expect((await stripe().refunds.retrieve(id)).status).toBe('succeeded');
  });

  it('may fail after all: the money is back, and it may be tried again', async () => {
    const payment = await paidWith(CARDS.refundsFail);
    const { id, status } = await stripe().refunds.create({ payment_intent: payment });
    expect([status, sandbox().truth().balanceMinor]).toEqual(['succeeded', { GBP: 0 }]);
    const before = sandbox().webhooks.waiting.length;
    sandbox().endRefunds();
    expect(await stripe().refunds.retrieve(id)).toMatchObject({ status: 'failed', failure_reason: expect.any(String) });
    expect(typesSince(before)).toEqual(['refund.updated', 'charge.refund.updated', 'refund.failed']);
    expect(await chargeOf(payment)).toMatchObject({ amount_refunded: 0, refunded: false });
    expect(sandbox().truth()).toMatchObject({ refundedMinor: {}, balanceMinor: { GBP: 5_000 } });
  });
});

describe('a dispute', () => {
  it('takes the money at once, and gives it back where we win', async () => {
    const payment = await paidWith(CARDS.disputed);
    const [dispute] = (await stripe().disputes.list({ payment_intent: payment })).data;
    expect(dispute).toMatchObject({ status: 'needs_response', amount: 5_000, reason: 'fraudulent' });
    expect(await chargeOf(payment)).toMatchObject({ disputed: true });
    expect(sandbox().truth()).toMatchObject({ disputedMinor: { GBP: 5_000 }, balanceMinor: { GBP: 0 } });
    expect(await refusal(stripe().refunds.create({ payment_intent: payment }))).toMatchObject({
      code: 'charge_disputed',
    });
    sandbox().closeDispute(dispute!.id, true);
    expect((await stripe().disputes.retrieve(dispute!.id)).balance_transactions).toMatchObject([
      { amount: -5_000, fee: 2_000 },
      { amount: 5_000, fee: 0 },
    ]);
    expect(sandbox().truth()).toMatchObject({ disputedMinor: {}, balanceMinor: { GBP: 5_000 } });
    expect(() => sandbox().closeDispute(dispute!.id, false)).toThrow('already closed');
  });

  it('keeps the money where they win, and may come for a part that was not refunded', async () => {
    const payment = await paidWith(CARDS.good);
    sandbox().refund(payment, 2_000);
    const { id, amount } = sandbox().dispute(payment);
    expect(amount).toBe(3_000);
    sandbox().closeDispute(id, false);
    expect(sandbox().truth()).toMatchObject({
      refundedMinor: { GBP: 2_000 },
      disputedMinor: { GBP: 3_000 },
      balanceMinor: { GBP: 0 },
    });
    expect(() => sandbox().dispute(payment)).toThrow('cannot be disputed');
  });

  it('may be a mere inquiry, of which no money moves', async () => {
    const payment = await paidWith('4000000000001976');
    expect((await stripe().disputes.list({ payment_intent: payment })).data).toMatchObject([
      { status: 'warning_needs_response', balance_transactions: [] },
    ]);
    expect(sandbox().truth()).toMatchObject({ disputedMinor: {}, balanceMinor: { GBP: 5_000 } });
    expect(await stripe().refunds.create({ payment_intent: payment })).toMatchObject({ status: 'succeeded' });
  });
});

describe('the balance at the provider', () => {
  it('has a line for each movement, with the fee apart', async () => {
    await paidWith(CARDS.good, 10_000);
    const [line] = (await stripe().balanceTransactions.list({ type: 'charge' })).data;
    expect(line).toMatchObject({ amount: 10_000, fee: 170, net: 9_830, reporting_category: 'charge' });
  });

  it('equals the truth whatever happens', () => {
    const step = oneof(
      record({ do: constantFrom('pay' as const), number: constantFrom(...Object.values(CARDS)) }),
      record({
        do: constantFrom('refund' as const),
        which: integer({ min: 0, max: 5 }),
        amount: integer({ min: 1, max: 700 }),
      }),
      record({ do: constantFrom('dispute' as const), which: integer({ min: 0, max: 5 }) }),
      record({ do: constantFrom('win' as const, 'lose' as const, 'endRefunds' as const) }),
    );
    assert(
      property(array(step, { maxLength: 30 }), (steps) => {
        const alone = createSandbox({
          secretKey: 'k',
          webhookSecret: 's',
          webhookUrl: 'http://127.0.0.1:9',
          payUrl: 'http://127.0.0.1:9',
        });
        const { state } = alone.store;
        for (const one of steps) {
          const payments = alone.payments();
          const paymentAt = (which: number) => payments[which]?.intent.id ?? 'pi_0';
          try {
            if (one.do === 'pay') payOnce(alone, one.number);
            else if (one.do === 'refund') alone.refund(paymentAt(one.which), one.amount);
            else if (one.do === 'dispute') alone.dispute(paymentAt(one.which));
            else if (one.do === 'endRefunds') alone.endRefunds();
            else alone.closeDispute(Object.keys(state.disputes).at(-1) ?? 'du_0', one.do === 'win');
          } catch (error) {
            if (!(error instanceof ApiError)) throw error;
          }
        }
        const moved = Object.values(state.balanceTransactions).reduce((sum, { amount }) => sum + amount, 0);
        expect(moved).toBe(alone.truth().balanceMinor['GBP'] ?? 0);
        for (const charge of Object.values(state.charges)) {
          expect(charge.amount_refunded).toBeLessThanOrEqual(charge.amount);
          expect(charge.refunded).toBe(charge.amount_refunded === charge.amount);
        }
      }),
    );
  });
});

const PAGE = parseForm(
  'mode=payment&success_url=x&line_items[0][quantity]=1&line_items[0][price_data][currency]=gbp' +
    '&line_items[0][price_data][unit_amount]=1000&line_items[0][price_data][product_data][name]=Balance',
);

/** A page of 1,000 that somebody pays, and answers their bank where it asks. */
function payOnce(alone: Sandbox, number: string): void {
  perform(alone.store, routeOf('POST', '/v1/checkout/sessions')!, PAGE);
  const id = Object.keys(alone.store.state.sessions).at(-1)!;
  if (alone.pay(id, card(number))?.step === 'authenticate') alone.authenticate(id, true);
}
