import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';
import { createSandbox, type Sandbox } from '../../../src/payments/sandbox/sandbox.js';
import { GOOD_CARD, SECRET_KEY } from '../harness.js';

let folder = '';
let running: Sandbox | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
});
afterEach(async () => {
  await running?.close();
  running = undefined;
  rmSync(folder, { recursive: true });
});

const file = () => join(folder, 'sandbox.json');
async function start(): Promise<Stripe> {
  await running?.close();
  running = createSandbox({
    secretKey: SECRET_KEY,
    webhookSecret: 'whsec_x',
    webhookUrl: 'http://127.0.0.1:9',
    payUrl: 'http://127.0.0.1:9',
    file: file(),
  });
  const { hostname: host, port } = new URL(await running.listen(0));
  return new Stripe(SECRET_KEY, { host, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
}

describe('the sandbox’s memory', () => {
  it('outlives the process with cards, charges, refunds, keys, portal links and what is on its way', async () => {
    const before = await start();
    const { id: customer } = await before.customers.create({ name: 'Marketing' });
    const late = running!.saveCard(customer, { ...GOOD_CARD, number: '4000000000007726' });
    const of = { amount: 500, currency: 'gbp', customer, payment_method: late.id, confirm: true, off_session: true };
    const charged = await before.paymentIntents.create(of, { idempotencyKey: 'k' });
    const refund = await before.refunds.create({ payment_intent: charged.id });
    const { url } = await before.billingPortal.sessions.create({ customer });

    const after = await start();
    expect((await after.paymentIntents.create(of, { idempotencyKey: 'k' })).id).toBe(charged.id);
    expect((await after.paymentMethods.list({ customer })).data).toMatchObject([{ id: late.id }]);
    running!.endRefunds();
    expect((await after.refunds.retrieve(refund.id)).status).toBe('succeeded');
    expect(running!.portal.view(url.split('/').at(-1)!)?.cards).toHaveLength(1);
    expect(running!.truth()).toMatchObject({ takenMinor: { GBP: 500 }, refundedMinor: { GBP: 500 } });
  });

  it('of an older version is read: its payments can be refunded, its open page paid', async () => {
    writeFileSync(file(), JSON.stringify(OLDER));
    const stripe = await start();
    expect(running!.truth()).toMatchObject({ takenMinor: { GBP: 10_000 } });
    running!.pay('cs_test_open', GOOD_CARD);
    expect(await stripe.checkout.sessions.retrieve('cs_test_open')).toMatchObject({ payment_status: 'paid' });
    await stripe.refunds.create({ payment_intent: 'pi_old', amount: 4_000 });
    expect(await stripe.charges.retrieve('ch_old')).toMatchObject({
      amount_refunded: 4_000,
      payment_method_details: { card: { last4: '4242' } },
      billing_details: { email: null },
    });
    expect(running!.payments()).toHaveLength(2);
    const written = JSON.parse(readFileSync(file(), 'utf8')) as Sandbox['store']['state'];
    expect(Object.keys(written.refunds)).toHaveLength(1);
  });
});

/** As the first sandbox wrote it: no refunds, disputes or portal, and fewer fields. */
const OLDER = {
  customers: {
    cus_old: {
      ...{ id: 'cus_old', object: 'customer', created: 1, livemode: false, name: 'Marketing', email: null },
      ...{ description: null, metadata: {} },
      invoice_settings: { default_payment_method: null, custom_fields: null, footer: null, rendering_options: null },
    },
  },
  paymentMethods: {
    pm_old: {
      ...{ id: 'pm_old', object: 'payment_method', type: 'card', created: 1, livemode: false, customer: 'cus_old' },
      metadata: {},
      card: {
        ...{ brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2034, funding: 'credit', country: 'GB' },
        fingerprint: 'sandbox4242',
      },
    },
  },
  paymentIntents: {
    pi_old: {
      ...{ id: 'pi_old', object: 'payment_intent', amount: 10_000, amount_received: 10_000, currency: 'gbp' },
      ...{ created: 1, livemode: false, customer: 'cus_old', description: null, metadata: {}, status: 'succeeded' },
      ...{ payment_method: 'pm_old', payment_method_types: ['card'], setup_future_usage: 'off_session' },
      ...{ last_payment_error: null, latest_charge: 'ch_old', next_action: null, capture_method: 'automatic_async' },
      ...{ confirmation_method: 'automatic', canceled_at: null },
    },
  },
  charges: {
    ch_old: {
      ...{ id: 'ch_old', object: 'charge', amount: 10_000, amount_refunded: 0, currency: 'gbp', created: 1 },
      ...{ livemode: false, customer: 'cus_old', description: null, metadata: {}, paid: true, captured: true },
      ...{ disputed: false, refunded: false, status: 'succeeded', failure_code: null, failure_message: null },
      ...{ payment_intent: 'pi_old', payment_method: 'pm_old', receipt_url: null },
    },
  },
  sessions: {
    cs_test_open: {
      ...{ id: 'cs_test_open', object: 'checkout.session', mode: 'payment', status: 'open', payment_status: 'unpaid' },
      ...{
        url: 'http://127.0.0.1:9/sandbox/pay/cs_test_open',
        amount_subtotal: 500,
        amount_total: 500,
        currency: 'gbp',
      },
      ...{ created: 1, expires_at: 9_999_999_999, livemode: false, customer: 'cus_old', client_reference_id: 'tu_2' },
      ...{ metadata: {}, payment_intent: null, success_url: 'http://127.0.0.1:9', cancel_url: null, ui_mode: 'hosted' },
    },
  },
  orders: {
    cs_test_open: { name: 'Balance', intent: { setupFutureUsage: 'off_session', description: null, metadata: {} } },
  },
  cardNumbers: { pm_old: '4242424242424242' },
  events: {},
  deliveries: [],
  idempotency: {},
};
