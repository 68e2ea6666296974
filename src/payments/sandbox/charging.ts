import { book } from './balance.js';
import { BLANK_CHARGE, BLANK_CHARGED_CARD, BLANK_PAYMENT_INTENT } from './blanks.js';
import { AUTHENTICATION_FAILED, type CardAnswer, testCard } from './cards.js';
import { openDispute } from './disputes.js';
import type { Charge, Metadata, PaymentError, PaymentIntent, PaymentMethod } from './objects.js';
import type { Store } from './store.js';

export interface NewIntent {
  amount: number;
  currency: string;
  customer: string | null;
  description: string | null;
  metadata: Metadata;
  setupFutureUsage: PaymentIntent['setup_future_usage'];
}

/** Who is there while the card is charged. */
export type Holder = 'present' | 'absent';

export type Charged =
  | { outcome: 'succeeded' | 'processing'; charge: Charge }
  | { outcome: 'declined'; error: PaymentError }
  | { outcome: 'authenticate' };

export function newIntent(store: Store, of: NewIntent): PaymentIntent {
  const { setupFutureUsage, ...rest } = of;
  const id = store.id('pi');
  const intent: PaymentIntent = {
    id,
    object: 'payment_intent',
    ...BLANK_PAYMENT_INTENT,
    ...{ client_secret: `${id}_secret_${store.id('sandbox')}` },
    ...rest,
    amount_received: 0,
    created: store.seconds,
    livemode: false,
    status: 'requires_payment_method',
    payment_method: null,
    payment_method_types: ['card'],
    setup_future_usage: setupFutureUsage,
    last_payment_error: null,
    latest_charge: null,
    next_action: null,
    capture_method: 'automatic_async',
    confirmation_method: 'automatic',
    canceled_at: null,
    cancellation_reason: null,
  };
  store.state.paymentIntents[id] = intent;
  store.emit('payment_intent.created', intent);
  return intent;
}

/** Charges the card, once its bank agrees. Where the bank wants its holder, `authenticateUrl` is where they answer it. */
export function charge(
  store: Store,
  intent: PaymentIntent,
  method: PaymentMethod,
  how: { holder: Holder; authenticateUrl: string },
): Charged {
  intent.payment_method = method.id;
  const answer = bankOf(store, method, how.holder);
  if (answer.kind === 'declined') return decline(store, intent, method, answer.error);
  if (answer.kind === 'approved') return take(store, intent, method);
  const url = how.authenticateUrl;
  intent.status = 'requires_action';
  intent.next_action = { type: 'redirect_to_url', redirect_to_url: { url, return_url: url } };
  store.emit('payment_intent.requires_action', intent);
  return { outcome: 'authenticate' };
}

/** The holder answered the bank's question. */
export function chargeProved(store: Store, intent: PaymentIntent, method: PaymentMethod, approved: boolean): Charged {
  if (!approved) return decline(store, intent, method, AUTHENTICATION_FAILED);
  const { proved } = testCard(store.state.cardNumbers[method.id] ?? '');
  return proved.kind === 'declined' ? decline(store, intent, method, proved.error) : take(store, intent, method);
}

function bankOf(store: Store, method: PaymentMethod, holder: Holder): CardAnswer {
  const card = testCard(store.state.cardNumbers[method.id] ?? '');
  if (holder === 'present') return card.present;
  return store.state.proved.includes(method.id) ? card.absentOnceProved : card.absent;
}

function take(store: Store, intent: PaymentIntent, method: PaymentMethod): Charged {
  const charge = newCharge(store, intent, method, undefined);
  if (store.state.slowPayments > 0) {
    store.state.slowPayments--;
    charge.status = 'pending';
    Object.assign(intent, {
      status: 'processing',
      latest_charge: charge.id,
      next_action: null,
    } satisfies Partial<PaymentIntent>);
    store.emit('charge.pending', charge);
    store.emit('payment_intent.processing', intent);
    return { outcome: 'processing', charge };
  }
  succeed(store, intent, charge);
  return { outcome: 'succeeded', charge };
}

/** The money is there. */
export function succeed(store: Store, intent: PaymentIntent, charge: Charge): void {
  const { amount, currency, description } = charge;
  const booked = book(store, {
    type: 'charge',
    reporting_category: 'charge',
    amount,
    currency,
    description,
    source: charge.id,
  });
  Object.assign(charge, {
    status: 'succeeded',
    paid: true,
    balance_transaction: booked.id,
    receipt_url: `${store.pagesUrl}/sandbox/receipts/${charge.id}`,
  } satisfies Partial<Charge>);
  Object.assign(intent, {
    status: 'succeeded',
    amount_received: intent.amount,
    latest_charge: charge.id,
    last_payment_error: null,
    next_action: null,
  } satisfies Partial<PaymentIntent>);
  store.emit('charge.succeeded', charge);
  store.emit('payment_intent.succeeded', intent);
  const card = testCard(store.state.cardNumbers[charge.payment_method ?? ''] ?? '');
  if (card.afterwards === 'disputed') openDispute(store, charge, { reason: 'fraudulent' });
  if (card.afterwards === 'inquired') openDispute(store, charge, { reason: 'fraudulent', asksFirst: true });
}

/** A bank refused: the payment may be tried again with another card. */
export function decline(store: Store, intent: PaymentIntent, method: PaymentMethod, error: PaymentError): Charged {
  const charge = newCharge(store, intent, method, error);
  const told: PaymentError = { ...error, charge: charge.id, payment_method: structuredClone(method) };
  Object.assign(intent, {
    status: 'requires_payment_method',
    latest_charge: charge.id,
    last_payment_error: told,
    next_action: null,
    payment_method: null,
  } satisfies Partial<PaymentIntent>);
  store.emit('charge.failed', charge);
  store.emit('payment_intent.payment_failed', intent);
  return { outcome: 'declined', error: told };
}

function newCharge(
  store: Store,
  intent: PaymentIntent,
  method: PaymentMethod,
  failure: PaymentError | undefined,
): Charge {
  const { amount, currency, customer, description } = intent;
  const charge: Charge = {
    id: store.id('ch'),
    object: 'charge',
    ...BLANK_CHARGE,
    ...{ outcome: outcomeOf(failure) },
    amount,
    amount_captured: failure ? 0 : amount,
    amount_refunded: 0,
    balance_transaction: null,
    currency,
    created: store.seconds,
    livemode: false,
    customer,
    description,
    metadata: { ...intent.metadata },
    paid: !failure,
    captured: !failure,
    disputed: false,
    refunded: false,
    status: failure ? 'failed' : 'succeeded',
    failure_code: failure?.code ?? null,
    failure_message: failure?.message ?? null,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: { type: 'card', card: cardOf(method) },
    receipt_number: null,
    receipt_url: null,
  };
  store.state.charges[charge.id] = charge;
  return charge;
}

/** How Stripe shows the card of a charge. */
function cardOf(method: PaymentMethod): PaymentMethod['card'] {
  const { brand, last4, exp_month, exp_year, funding, country, fingerprint } = method.card;
  return {
    ...BLANK_CHARGED_CARD,
    ...{ network: brand },
    brand,
    last4,
    exp_month,
    exp_year,
    funding,
    country,
    fingerprint,
  };
}

function outcomeOf(failure: PaymentError | undefined): object {
  return {
    advice_code: failure?.advice_code ?? null,
    network_advice_code: null,
    network_decline_code: failure ? '05' : null,
    network_status: failure ? 'declined_by_network' : 'approved_by_network',
    reason: failure ? (failure.decline_code ?? failure.code) : null,
    risk_level: 'normal',
    risk_score: 20,
    seller_message: failure ? 'The bank did not return any further details with this decline.' : 'Payment complete.',
    type: failure ? 'issuer_declined' : 'authorized',
  };
}
