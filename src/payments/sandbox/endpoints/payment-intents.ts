import { charge, newIntent } from '../charging.js';
import { cancelIntent } from '../checkout.js';
import { ApiError, badRequest, missing } from '../errors.js';
import { type Params, strings, text } from '../form.js';
import type { PaymentIntent, PaymentMethod } from '../objects.js';
import { cardRefused, methodNamed, usedUp } from '../payment-methods.js';
import type { Store } from '../store.js';
import { type Context, flag, found, required, type Route, whole } from './route.js';

const CONFIRMING = [
  'payment_method',
  'off_session',
  'return_url',
  'payment_method_options',
  'error_on_requires_action',
];
const DESCRIBING = ['description', 'metadata', 'receipt_email', 'statement_descriptor_suffix', 'setup_future_usage'];

export const paymentIntentRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/v1/payment_intents',
    params: [
      ...['amount', 'currency', 'customer', 'confirm', 'allowed_payment_method_types', 'automatic_payment_methods'],
      ...CONFIRMING,
      ...DESCRIBING,
    ],
    run: createIntent,
  },
  { method: 'POST', path: '/v1/payment_intents/:id', params: DESCRIBING, run: updateIntent },
  { method: 'POST', path: '/v1/payment_intents/:id/confirm', params: CONFIRMING, run: confirmIntent },
  { method: 'POST', path: '/v1/payment_intents/:id/cancel', params: ['cancellation_reason'], run: cancel },
];

/** What Stripe takes at least, in minor units. */
const LEAST_MINOR: ReadonlyMap<string, number> = new Map([['gbp', 30]]);
const LEAST_MINOR_ELSEWHERE = 50;
const MOST_MINOR = 99_999_999;
const CANCELLABLE: ReadonlySet<PaymentIntent['status']> = new Set([
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
]);

function createIntent({ store, params }: Context): PaymentIntent {
  const amount = whole(params, 'amount');
  if (amount === undefined) throw missing('amount');
  const currency = required(params, 'currency');
  mustBeChargeable(amount, currency);
  const confirm = flag(params, 'confirm');
  if (!confirm && text(params, 'off_session') !== undefined)
    throw badRequest('You cannot set `off_session` without setting `confirm=true`.', { param: 'off_session' });
  const customer = text(params, 'customer') ?? null;
  if (customer) found(store, 'customers', customer, 'customer');
  const method = methodOf(store, params, customer);
  const intent = newIntent(store, {
    amount,
    currency,
    customer,
    description: text(params, 'description') ?? null,
    metadata: strings(params['metadata']),
    setupFutureUsage: text(params, 'setup_future_usage') === 'off_session' ? 'off_session' : null,
  });
  if (method) {
    intent.payment_method = method.id;
    intent.status = 'requires_confirmation';
  }
  return confirm ? confirmed(store, intent, method, params) : intent;
}

function updateIntent({ store, id, params }: Context): PaymentIntent {
  const intent = found(store, 'paymentIntents', id);
  intent.description = text(params, 'description') ?? intent.description;
  intent.metadata = { ...intent.metadata, ...strings(params['metadata']) };
  return intent;
}

function confirmIntent({ store, id, params }: Context): PaymentIntent {
  const intent = found(store, 'paymentIntents', id);
  if (!CANCELLABLE.has(intent.status)) throw unexpectedState(intent, 'confirm');
  const known = intent.payment_method ? store.state.paymentMethods[intent.payment_method] : undefined;
  return confirmed(store, intent, methodOf(store, params, intent.customer) ?? known, params);
}

function confirmed(
  store: Store,
  intent: PaymentIntent,
  method: PaymentMethod | undefined,
  params: Params,
): PaymentIntent {
  if (!method)
    throw badRequest(
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
      { code: 'payment_intent_unexpected_state' },
    );
  const holder =
    text(params, 'off_session') === undefined || text(params, 'off_session') === 'false' ? 'present' : 'absent';
  const charged = charge(store, intent, method, {
    holder,
    authenticateUrl: text(params, 'return_url') ?? store.pagesUrl,
  });
  if (charged.outcome !== 'declined') return intent;
  const { charge: failed, payment_method, ...error } = charged.error;
  throw cardRefused(error, {
    ...(failed ? { charge: failed } : {}),
    ...(payment_method ? { payment_method } : {}),
    payment_intent: structuredClone(intent),
  });
}

function cancel({ store, id, params }: Context): PaymentIntent {
  const intent = found(store, 'paymentIntents', id);
  const isOfCheckout = Object.values(store.state.sessions).some((session) => session.payment_intent === id);
  if (isOfCheckout)
    throw badRequest(
      'You cannot cancel this PaymentIntent because it was created by Checkout. You can expire the Checkout Session instead.',
    );
  if (!CANCELLABLE.has(intent.status)) throw unexpectedState(intent, 'cancel');
  cancelIntent(store, intent, text(params, 'cancellation_reason') ?? null);
  return intent;
}

function mustBeChargeable(amount: number, currency: string): void {
  const least = LEAST_MINOR.get(currency) ?? LEAST_MINOR_ELSEWHERE;
  if (amount < least)
    throw badRequest(`Amount must be at least ${least} ${currency}`, { code: 'amount_too_small', param: 'amount' });
  if (amount > MOST_MINOR)
    throw badRequest(`Amount must be no more than ${MOST_MINOR}`, { code: 'amount_too_large', param: 'amount' });
}

/** The payment method that is asked for, which must be the customer's. Throws ApiError. */
function methodOf(store: Store, params: Params, customer: string | null): PaymentMethod | undefined {
  const id = text(params, 'payment_method');
  if (!id) return undefined;
  const method = methodNamed(store, id, 'payment_method');
  if (store.state.detached.includes(method.id)) throw usedUp();
  if (method.customer && !customer)
    throw badRequest(
      'The provided PaymentMethod cannot be used without its Customer. Please include the Customer in the `customer` parameter on the PaymentIntent.',
      { param: 'payment_method' },
    );
  if (customer && method.customer !== customer && method.id === id)
    throw badRequest(
      `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`,
      { code: 'resource_missing', param: 'payment_method' },
    );
  return method;
}

function unexpectedState(intent: PaymentIntent, action: string): ApiError {
  return new ApiError(400, {
    type: 'invalid_request_error',
    code: 'payment_intent_unexpected_state',
    message: `You cannot ${action} this PaymentIntent because it has a status of ${intent.status}.`,
    payment_intent: structuredClone(intent),
  });
}
