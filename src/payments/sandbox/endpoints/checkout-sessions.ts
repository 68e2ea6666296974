import { BLANK_SESSION } from '../blanks.js';
import { expire } from '../checkout.js';
import { badRequest, missing } from '../errors.js';
import { strings, text } from '../form.js';
import type { CheckoutSession, Order } from '../objects.js';
import { type Context, found, required, type Route, whole } from './route.js';

const DAY_SECONDS = 24 * 60 * 60;
const HALF_HOUR_SECONDS = 30 * 60;

export const checkoutSessionRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/v1/checkout/sessions',
    params: [
      ...['mode', 'customer', 'client_reference_id', 'metadata', 'line_items', 'payment_intent_data', 'custom_text'],
      ...['success_url', 'cancel_url', 'expires_at', 'allowed_payment_method_types', 'saved_payment_method_options'],
      ...['locale', 'submit_type'],
    ],
    run: createSession,
  },
  { method: 'POST', path: '/v1/checkout/sessions/:id/expire', params: [], run: expireSession },
];

function createSession(context: Context): CheckoutSession {
  const { store, params } = context;
  if (required(params, 'mode') !== 'payment') throw badRequest('The sandbox takes payments alone.', { param: 'mode' });
  const { name, amount, currency } = lineItem(context);
  const customer = text(params, 'customer') ?? null;
  if (customer) found(store, 'customers', customer, 'customer');
  const id = store.id('cs_test');
  const message = text(params, 'custom_text', 'submit', 'message');
  const session: CheckoutSession = {
    id,
    object: 'checkout.session',
    ...BLANK_SESSION,
    mode: 'payment',
    status: 'open',
    payment_status: 'unpaid',
    url: `${store.pagesUrl}/sandbox/pay/${id}`,
    amount_subtotal: amount,
    amount_total: amount,
    currency,
    created: store.seconds,
    expires_at: expiry(context),
    livemode: false,
    customer,
    client_reference_id: text(params, 'client_reference_id') ?? null,
    metadata: strings(params['metadata']),
    payment_intent: null,
    success_url: required(params, 'success_url'),
    cancel_url: text(params, 'cancel_url') ?? null,
    custom_text: {
      submit: message ? { message } : null,
      after_submit: null,
      shipping_address: null,
      terms_of_service_acceptance: null,
    },
    custom_fields: [],
    payment_method_types: ['card'],
    shipping_options: [],
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    ui_mode: 'hosted_page',
  };
  store.state.sessions[id] = session;
  store.state.orders[id] = orderOf(context, name);
  return session;
}

function lineItem({ params }: Context): { name: string; amount: number; currency: string } {
  const first = ['line_items', 0] as const;
  const currency = text(params, ...first, 'price_data', 'currency');
  const name = text(params, ...first, 'price_data', 'product_data', 'name');
  const each = whole(params, ...first, 'price_data', 'unit_amount');
  const quantity = whole(params, ...first, 'quantity');
  if (!currency || !name || !each) throw missing('line_items[0][price_data]');
  if (!quantity) throw missing('line_items[0][quantity]');
  return { name, amount: each * quantity, currency };
}

/** Between half an hour and a day from now, as Stripe takes it. */
function expiry({ store, params }: Context): number {
  const asked = whole(params, 'expires_at');
  if (asked === undefined) return store.seconds + DAY_SECONDS;
  if (asked < store.seconds + HALF_HOUR_SECONDS || asked > store.seconds + DAY_SECONDS)
    throw badRequest(
      'The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.',
      {
        param: 'expires_at',
      },
    );
  return asked;
}

function orderOf({ params }: Context, name: string): Order {
  const asked = params['payment_intent_data'];
  return {
    name,
    intent: {
      setupFutureUsage: text(asked, 'setup_future_usage') === 'off_session' ? 'off_session' : null,
      description: text(asked, 'description') ?? null,
      metadata: typeof asked === 'object' && !Array.isArray(asked) ? strings(asked['metadata']) : {},
    },
  };
}

function expireSession({ store, id }: Context): CheckoutSession {
  const session = found(store, 'sessions', id);
  if (session.status !== 'open')
    throw badRequest(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`,
    );
  expire(store, session);
  return session;
}
