import { charge, type Charged, chargeProved, newIntent } from './charging.js';
import type { CheckoutSession, PaymentIntent } from './objects.js';
import { type CardDetails, keep, newPaymentMethod } from './payment-methods.js';
import type { Store } from './store.js';

export type PaymentStep =
  /** Paid, or on its way where `processing`. */
  | { step: 'paid'; session: CheckoutSession }
  | { step: 'authenticate'; session: CheckoutSession }
  | { step: 'declined'; session: CheckoutSession; message: string }
  /** Paid already, expired, or nothing to authenticate. */
  | { step: 'closed'; session: CheckoutSession };

/** Expires what is past its time, as it would have happened by itself. */
export function expireDue(store: Store): void {
  for (const session of Object.values(store.state.sessions)) {
    if (session.status === 'open' && session.expires_at <= store.seconds) expire(store, session);
  }
}

/** Nobody can pay it any more; its payment intent, if there is one, is cancelled with it. */
export function expire(store: Store, session: CheckoutSession): void {
  session.status = 'expired';
  session.url = null;
  const intent = session.payment_intent ? store.state.paymentIntents[session.payment_intent] : undefined;
  if (intent && intent.status !== 'succeeded') cancelIntent(store, intent, 'expired');
  store.emit('checkout.session.expired', session);
}

export function cancelIntent(store: Store, intent: PaymentIntent, reason: string | null): void {
  Object.assign(intent, {
    status: 'canceled',
    canceled_at: store.seconds,
    cancellation_reason: reason,
    next_action: null,
  } satisfies Partial<PaymentIntent>);
  store.emit('payment_intent.canceled', intent);
}

/** The payer presses Pay with this card. */
export function pay(store: Store, session: CheckoutSession, card: CardDetails): PaymentStep {
  if (session.status !== 'open') return { step: 'closed', session };
  const intent = intentOf(store, session);
  const method = newPaymentMethod(store, card);
  const charged = charge(store, intent, method, { holder: 'present', authenticateUrl: session.url ?? '' });
  return finish(store, session, intent, charged, false);
}

/** The payer answers the bank's question of 3-D Secure. */
export function authenticate(store: Store, session: CheckoutSession, approved: boolean): PaymentStep {
  const intent = session.payment_intent ? store.state.paymentIntents[session.payment_intent] : undefined;
  const method = intent?.payment_method ? store.state.paymentMethods[intent.payment_method] : undefined;
  if (session.status !== 'open' || !intent || !method || intent.status !== 'requires_action')
    return { step: 'closed', session };
  return finish(store, session, intent, chargeProved(store, intent, method, approved), approved);
}

function finish(
  store: Store,
  session: CheckoutSession,
  intent: PaymentIntent,
  charged: Charged,
  proved: boolean,
): PaymentStep {
  if (charged.outcome === 'authenticate') return { step: 'authenticate', session };
  if (charged.outcome === 'declined') return { step: 'declined', session, message: charged.error.message };
  const method = intent.payment_method ? store.state.paymentMethods[intent.payment_method] : undefined;
  if (method && intent.setup_future_usage && session.customer) keep(store, method, session.customer, proved);
  session.status = 'complete';
  session.payment_status = charged.outcome === 'succeeded' ? 'paid' : 'unpaid';
  session.url = null;
  store.emit('checkout.session.completed', session);
  return { step: 'paid', session };
}

/** Stripe makes the payment intent of a session when somebody first tries to pay. */
function intentOf(store: Store, session: CheckoutSession): PaymentIntent {
  const known = session.payment_intent ? store.state.paymentIntents[session.payment_intent] : undefined;
  if (known) return known;
  const order = store.state.orders[session.id]?.intent;
  const intent = newIntent(store, {
    amount: session.amount_total,
    currency: session.currency,
    customer: session.customer,
    description: order?.description ?? null,
    metadata: order?.metadata ?? {},
    setupFutureUsage: order?.setupFutureUsage ?? null,
  });
  session.payment_intent = intent.id;
  return intent;
}
