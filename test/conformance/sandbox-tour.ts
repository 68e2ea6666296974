import Stripe from 'stripe';
import { idOf } from '../../src/payments/stripe-read.js';
import type { Sandbox } from '../../src/payments/sandbox/sandbox.js';

const GOOD_CARD = { number: '4242424242424242', expMonth: 12, expYear: 2034 };
const LIST = { limit: 3, created: { gte: 1 } };

/** Asks the sandbox for everything it knows, well and badly, and makes everything happen that it sends events of. */
export async function tour(stripe: Stripe, sandbox: Sandbox): Promise<void> {
  const customer = await customers(stripe);
  await savedCards(stripe, customer);
  const payment = await checkouts(stripe, sandbox, customer);
  await charges(stripe, sandbox, customer);
  await reversals(stripe, sandbox, customer, payment);
  await reads(stripe, customer);
  await stripe.billingPortal.sessions.create({ customer, return_url: 'https://acme.com/' });
  const redirect = { type: 'redirect', redirect: { return_url: 'https://acme.com/' } } as const;
  const flow_data = { type: 'payment_method_update', after_completion: redirect } as const;
  await stripe.billingPortal.sessions.create({ customer, flow_data });
}

async function customers(stripe: Stripe): Promise<string> {
  const { id } = await stripe.customers.create({ name: 'Marketing', metadata: { workspace: 'ws_1' } });
  await stripe.customers.update(id, { description: 'A workspace', email: 'olivia@acme.com' });
  await stripe.customers.retrieve(id);
  await stripe.customers.list({ email: 'olivia@acme.com' });
  await refused(stripe.customers.retrieve('cus_nobody'));
  return id;
}

async function savedCards(stripe: Stripe, customer: string): Promise<void> {
  const made = await stripe.paymentMethods.create({
    type: 'card',
    card: { number: GOOD_CARD.number, exp_month: 12, exp_year: 2034 },
  });
  const { id } = await stripe.paymentMethods.attach(made.id, { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
  await stripe.customers.retrieve(customer, { expand: ['invoice_settings.default_payment_method'] });
  await stripe.paymentMethods.retrieve(id);
  await stripe.paymentMethods.list({ customer, type: 'card' });
  await stripe.customers.listPaymentMethods(customer, { limit: 2 });
  await stripe.paymentMethods.detach(id);
  await refused(stripe.paymentMethods.attach(id, { customer }));
  await refused(stripe.paymentMethods.attach('pm_card_visa_chargeDeclined', { customer }));
}

const session = (customer: string): Stripe.Checkout.SessionCreateParams => ({
  mode: 'payment',
  customer,
  line_items: [{ quantity: 1, price_data: { currency: 'gbp', unit_amount: 5_000, product_data: { name: 'Balance' } } }],
  payment_intent_data: { setup_future_usage: 'off_session' },
  custom_text: { submit: { message: 'Kept for later.' } },
  success_url: 'https://acme.com/',
});

/** Answers the intent of a paid page. */
async function checkouts(stripe: Stripe, sandbox: Sandbox, customer: string): Promise<string> {
  const { sessions } = stripe.checkout;
  const paid = await sessions.create(session(customer));
  sandbox.pay(paid.id, { ...GOOD_CARD, number: '4000000000009995' });
  await sessions.retrieve(paid.id, { expand: ['payment_intent'] });
  sandbox.pay(paid.id, { ...GOOD_CARD, number: '4000002500003155' });
  await sessions.retrieve(paid.id, { expand: ['payment_intent.payment_method'] });
  sandbox.authenticate(paid.id, true);
  const { payment_intent } = await sessions.retrieve(paid.id);
  const left = await sessions.create(session(customer));
  sandbox.pay(left.id, { ...GOOD_CARD, number: '4000000000000002' });
  await sessions.expire(left.id);
  await refused(sessions.expire(left.id));
  for (const succeeded of [true, false]) {
    const slow = await sessions.create(session(customer));
    sandbox.slowPayments(1);
    sandbox.pay(slow.id, GOOD_CARD);
    const { payment_intent: waiting } = await sessions.retrieve(slow.id);
    sandbox.endPayment(idOf(waiting) ?? '', succeeded);
  }
  await sessions.list({ customer, ...LIST });
  return idOf(payment_intent) ?? '';
}

async function charges(stripe: Stripe, sandbox: Sandbox, customer: string): Promise<void> {
  const of = { amount: 5_000, currency: 'gbp', customer };
  const now = { confirm: true, off_session: true };
  await stripe.paymentIntents.create({ ...of, ...now, payment_method: sandbox.saveCard(customer, GOOD_CARD).id });
  const asking = sandbox.saveCard(customer, { ...GOOD_CARD, number: '4000002760003184' }).id;
  await refused(stripe.paymentIntents.create({ ...of, ...now, payment_method: asking }));
  const { id } = await stripe.paymentIntents.create({ ...of, payment_method: asking, metadata: { top_up: 'tu_1' } });
  await stripe.paymentIntents.update(id, { description: 'Balance for Marketing' });
  await stripe.paymentIntents.confirm(id, { return_url: 'https://acme.com/' });
  await stripe.paymentIntents.cancel(id, { cancellation_reason: 'abandoned' });
  await refused(stripe.paymentIntents.cancel(id));
  await stripe.paymentIntents.retrieve(id, { expand: ['customer'] });
  const expand = ['data.latest_charge.balance_transaction', 'data.payment_method'];
  await stripe.paymentIntents.list({ customer, ...LIST, expand });
}

async function reversals(stripe: Stripe, sandbox: Sandbox, customer: string, payment: string): Promise<void> {
  const paidWith = async (number: string): Promise<string> => {
    const payment_method = sandbox.saveCard(customer, { ...GOOD_CARD, number }).id;
    const of = { amount: 5_000, currency: 'gbp', customer, payment_method, confirm: true, off_session: true };
    return (await stripe.paymentIntents.create(of)).id;
  };
  const refund = await stripe.refunds.create({
    payment_intent: payment,
    amount: 2_000,
    reason: 'requested_by_customer',
  });
  await stripe.refunds.retrieve(refund.id);
  await refused(stripe.refunds.create({ payment_intent: payment, amount: 3_001 }));
  for (const number of ['4000000000007726', '4000000000005126'])
    await stripe.refunds.create({ payment_intent: await paidWith(number) });
  await stripe.refunds.list({ payment_intent: payment });
  sandbox.endRefunds();
  await stripe.refunds.list({ limit: 3 });
  for (const won of [true, false]) {
    const disputed = await paidWith('4000000000000259');
    const [dispute] = (await stripe.disputes.list({ payment_intent: disputed })).data;
    sandbox.closeDispute(dispute!.id, won);
    await stripe.disputes.retrieve(dispute!.id);
  }
  const asked = await paidWith('4000000000001976');
  await stripe.disputes.list({ payment_intent: asked });
}

/** Of each list its first page, and the one of them that is read by its id. */
async function reads(stripe: Stripe, customer: string): Promise<void> {
  const charges = await stripe.charges.list({ customer, ...LIST });
  await stripe.charges.retrieve(charges.data[0]!.id, { expand: ['balance_transaction', 'payment_intent'] });
  const moves = await stripe.balanceTransactions.list({ type: 'adjustment', currency: 'gbp', ...LIST });
  await stripe.balanceTransactions.retrieve(moves.data[0]!.id);
  const events = await stripe.events.list({ types: ['charge.refunded', 'charge.dispute.closed'], ...LIST });
  await stripe.events.retrieve(events.data[0]!.id);
  await stripe.events
    .list({ type: 'charge.*', delivery_success: false, starting_after: events.data[0]!.id })
    .catch(ignore);
}

/** Such a call must fail: its answer is checked like any other. */
async function refused(call: Promise<unknown>): Promise<void> {
  await call.then(() => {
    throw new Error('the sandbox did not refuse it');
  }, ignore);
}

function ignore(error: unknown): void {
  if (!(error instanceof Stripe.errors.StripeError)) throw error;
}
