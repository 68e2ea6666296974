import { beforeEach } from '@jest/globals';
import Stripe from 'stripe';
import type { Sandbox } from '../../../src/payments/sandbox/sandbox.js';
import { GOOD_CARD, SECRET_KEY, useSandbox } from '../harness.js';

export const card = (number: string) => ({ ...GOOD_CARD, number });
export const CARDS = {
  good: '4242424242424242',
  asksUnlessSetUp: '4000002500003155',
  asksAlways: '4000002760003184',
  mustAsk: '4000000000003220',
  declined: '4000000000000002',
  noFunds: '4000000000009995',
  lost: '4000000000009987',
  stolen: '4000000000009979',
  expired: '4000000000000069',
  wrongCvc: '4000000000000127',
  processingError: '4000000000000119',
  declinedOnceSaved: '4000000000000341',
  disputed: '4000000000000259',
  refundsLate: '4000000000007726',
  refundsFail: '4000000000005126',
};

/** A fresh sandbox per test with a customer in it, and Stripe's own client, which repeats nothing by itself. */
export function useStripeClient(product: () => string = () => 'http://127.0.0.1:9'): {
  stripe: () => Stripe;
  sandbox: () => Sandbox;
  customer: () => string;
  apiUrl: () => string;
} {
  const { sandbox, apiUrl } = useSandbox(product);
  let stripe: Stripe;
  let customer = '';
  beforeEach(async () => {
    const { hostname: host, port } = new URL(apiUrl());
    stripe = new Stripe(SECRET_KEY, { host, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
    customer = (await stripe.customers.create({ name: 'Marketing' })).id;
  });
  return { stripe: () => stripe, sandbox, customer: () => customer, apiUrl };
}

/** What Stripe's client threw. */
export async function refusal(call: Promise<unknown>): Promise<Stripe.errors.StripeError> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}
