import type Stripe from 'stripe';
import type { ChargeOrder, CheckoutOrder } from './provider.js';
import { CHARGED_BY_US } from './stripe-read.js';

const CONSENT =
  'Your card is kept by our payment provider, so that owners can add balance with it later. You can remove it any time.';

/** A hosted page on which somebody pays once, and on which the card is kept. */
export function sessionParams(order: CheckoutOrder): Stripe.Checkout.SessionCreateParams {
  const metadata = marks(order);
  return {
    mode: 'payment',
    customer: order.customer,
    client_reference_id: order.topUp,
    metadata,
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: order.currency.toLowerCase(),
          unit_amount: order.amountMinor,
          product_data: { name: order.description },
        },
      },
    ],
    payment_intent_data: { setup_future_usage: 'off_session', description: order.description, metadata },
    custom_text: { submit: { message: CONSENT } },
    success_url: order.successUrl,
    cancel_url: order.cancelUrl,
  };
}

/** A charge of a saved card, tried at once and without its holder. */
export function chargeParams(order: ChargeOrder): Stripe.PaymentIntentCreateParams {
  return {
    amount: order.amountMinor,
    currency: order.currency.toLowerCase(),
    customer: order.customer,
    payment_method: order.card,
    allowed_payment_method_types: ['card'],
    payment_method_options: { card: { stored_credential_usage: order.monthly ? 'recurring' : 'unscheduled' } },
    confirm: true,
    off_session: true,
    description: order.description,
    metadata: { ...marks(order), method: CHARGED_BY_US },
  };
}

function marks({ topUp, account, workspace }: Pick<ChargeOrder, 'topUp' | 'account' | 'workspace'>) {
  return { top_up: topUp, account, workspace };
}
