import { AUTHENTICATION_FAILED, answerOf, brandOf } from './cards.js';
import type { Charge, CheckoutSession, PaymentError, PaymentIntent, PaymentMethod } from './objects.js';
import type { Store } from './store.js';

export interface CardDetails {
  /** Digits only. */
  number: string;
  expMonth: number;
  expYear: number;
}

export type PaymentStep =
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

export function expire(store: Store, session: CheckoutSession): void {
  session.status = 'expired';
  session.url = null;
  store.emit('checkout.session.expired', session);
  store.save();
}

/** The payer presses Pay with this card. */
export function pay(store: Store, session: CheckoutSession, card: CardDetails): PaymentStep {
  if (session.status !== 'open') return { step: 'closed', session };
  const intent = intentOf(store, session);
  const method = newPaymentMethod(store, card);
  intent.payment_method = method.id;
  const answer = answerOf(card.number);
  switch (answer.kind) {
    case 'approved':
      return succeed(store, session, intent, method);
    case 'declined':
      return decline(store, session, intent, answer.error);
    case 'authenticate': {
      intent.status = 'requires_action';
      const url = session.url ?? '';
      intent.next_action = { type: 'redirect_to_url', redirect_to_url: { url, return_url: url } };
      store.emit('payment_intent.requires_action', intent);
      store.save();
      return { step: 'authenticate', session };
    }
  }
}

/** The payer answers the bank's question of 3-D Secure. */
export function authenticate(store: Store, session: CheckoutSession, approved: boolean): PaymentStep {
  const intent = session.payment_intent ? store.state.paymentIntents[session.payment_intent] : undefined;
  const method = intent?.payment_method ? store.state.paymentMethods[intent.payment_method] : undefined;
  if (session.status !== 'open' || !intent || !method || intent.status !== 'requires_action')
    return { step: 'closed', session };
  return approved ? succeed(store, session, intent, method) : decline(store, session, intent, AUTHENTICATION_FAILED);
}

function succeed(store: Store, session: CheckoutSession, intent: PaymentIntent, method: PaymentMethod): PaymentStep {
  const charge = newCharge(store, intent, undefined);
  Object.assign(intent, {
    status: 'succeeded',
    amount_received: intent.amount,
    latest_charge: charge.id,
    last_payment_error: null,
    next_action: null,
  } satisfies Partial<PaymentIntent>);
  if (intent.setup_future_usage && session.customer) {
    method.customer = session.customer;
    store.emit('payment_method.attached', method);
  }
  Object.assign(session, { status: 'complete', payment_status: 'paid', url: null } satisfies Partial<CheckoutSession>);
  store.emit('charge.succeeded', charge);
  store.emit('payment_intent.succeeded', intent);
  store.emit('checkout.session.completed', session);
  store.save();
  return { step: 'paid', session };
}

function decline(store: Store, session: CheckoutSession, intent: PaymentIntent, error: PaymentError): PaymentStep {
  const charge = newCharge(store, intent, error);
  Object.assign(intent, {
    status: 'requires_payment_method',
    latest_charge: charge.id,
    last_payment_error: error,
    next_action: null,
    payment_method: null,
  } satisfies Partial<PaymentIntent>);
  store.emit('charge.failed', charge);
  store.emit('payment_intent.payment_failed', intent);
  store.save();
  return { step: 'declined', session, message: error.message };
}

/** Stripe makes the payment intent of a session when somebody first tries to pay. */
function intentOf(store: Store, session: CheckoutSession): PaymentIntent {
  const known = session.payment_intent ? store.state.paymentIntents[session.payment_intent] : undefined;
  if (known) return known;
  const order = store.state.orders[session.id]?.intent;
  const intent: PaymentIntent = {
    id: store.id('pi'),
    object: 'payment_intent',
    amount: session.amount_total,
    amount_received: 0,
    currency: session.currency,
    created: store.seconds,
    livemode: false,
    customer: session.customer,
    description: order?.description ?? null,
    metadata: order?.metadata ?? {},
    status: 'requires_payment_method',
    payment_method: null,
    payment_method_types: ['card'],
    setup_future_usage: order?.setupFutureUsage ?? null,
    last_payment_error: null,
    latest_charge: null,
    next_action: null,
    capture_method: 'automatic_async',
    confirmation_method: 'automatic',
    canceled_at: null,
  };
  store.state.paymentIntents[intent.id] = intent;
  session.payment_intent = intent.id;
  store.emit('payment_intent.created', intent);
  return intent;
}

function newPaymentMethod(store: Store, { number, expMonth, expYear }: CardDetails): PaymentMethod {
  const last4 = number.slice(-4);
  const method: PaymentMethod = {
    id: store.id('pm'),
    object: 'payment_method',
    type: 'card',
    created: store.seconds,
    livemode: false,
    customer: null,
    metadata: {},
    card: {
      brand: brandOf(number),
      last4,
      exp_month: expMonth,
      exp_year: expYear,
      funding: 'credit',
      country: 'GB',
      fingerprint: `sandbox${last4}`,
    },
  };
  store.state.paymentMethods[method.id] = method;
  store.state.cardNumbers[method.id] = number;
  return method;
}

function newCharge(store: Store, intent: PaymentIntent, failure: PaymentError | undefined): Charge {
  const charge: Charge = {
    id: store.id('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_refunded: 0,
    currency: intent.currency,
    created: store.seconds,
    livemode: false,
    customer: intent.customer,
    description: intent.description,
    metadata: intent.metadata,
    paid: !failure,
    captured: !failure,
    disputed: false,
    refunded: false,
    status: failure ? 'failed' : 'succeeded',
    failure_code: failure?.code ?? null,
    failure_message: failure?.message ?? null,
    payment_intent: intent.id,
    payment_method: intent.payment_method,
    receipt_url: null,
  };
  store.state.charges[charge.id] = charge;
  return charge;
}
