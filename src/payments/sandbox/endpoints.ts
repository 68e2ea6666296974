import { expire, expireDue } from './checkout.js';
import { ApiError, missing, noSuch } from './errors.js';
import { list, type Params, strings, text } from './form.js';
import type { ApiObject, CheckoutSession, Customer } from './objects.js';
import type { Collection, Store } from './store.js';

export interface Call {
  method: 'GET' | 'POST';
  /** Decoded, without `/v1`: `checkout/sessions/cs_1/expire` as its parts. */
  path: readonly string[];
  params: Params;
  idempotencyKey: string | null;
}

export interface EndpointDeps {
  store: Store;
  /** The hosted page of a session. */
  payUrl: (session: string) => string;
}

const DAY_SECONDS = 24 * 60 * 60;
const LISTS: ReadonlyMap<string, Collection> = new Map([
  ['customers', 'customers'],
  ['payment_intents', 'paymentIntents'],
  ['payment_methods', 'paymentMethods'],
  ['charges', 'charges'],
  ['events', 'events'],
  ['checkout/sessions', 'sessions'],
]);
const FILTERS = ['customer', 'status', 'payment_intent', 'type'];
const EXPANDABLE: ReadonlyMap<string, Collection> = new Map([
  ['payment_intent', 'paymentIntents'],
  ['latest_charge', 'charges'],
  ['customer', 'customers'],
  ['payment_method', 'paymentMethods'],
]);

/** Does what the call asks and returns Stripe's object; throws ApiError. */
export function perform(deps: EndpointDeps, call: Call): unknown {
  const { store } = deps;
  expireDue(store);
  const under = call.path[0] === 'checkout' ? 2 : 1;
  const name = call.path.slice(0, under).join('/');
  const [id, action] = call.path.slice(under);
  const collection = LISTS.get(name);
  if (!collection) throw unknownUrl(call);
  if (call.method === 'GET' && id === undefined) return page(store, collection, `/v1/${name}`, call.params);
  if (call.method === 'GET' && action === undefined)
    return expanded(store, found(store, collection, id ?? ''), list(call.params['expand']));
  if (call.method === 'POST' && name === 'customers' && id === undefined) return createCustomer(store, call);
  if (call.method === 'POST' && name === 'checkout/sessions' && id === undefined) return createSession(deps, call);
  if (call.method === 'POST' && name === 'checkout/sessions' && action === 'expire')
    return expireSession(store, id ?? '');
  throw unknownUrl(call);
}

function unknownUrl(call: Call): ApiError {
  return new ApiError(404, {
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${call.method}: /v1/${call.path.join('/')}). The sandbox knows what the product asks for.`,
  });
}

function found(store: Store, collection: Collection, id: string): ApiObject | SandboxEvent {
  const objects = store.state[collection];
  const object = Object.hasOwn(objects, id) ? objects[id] : undefined;
  if (!object) throw noSuch(collection, id);
  return object;
}

type SandboxEvent = Store['state']['events'][string];

/** Newest first, `starting_after` the id of the last one seen. */
function page(store: Store, collection: Collection, url: string, params: Params): unknown {
  const limit = Math.min(100, Math.max(1, Number(text(params, 'limit') ?? 10)));
  const matching = Object.values(store.state[collection])
    .reverse()
    .filter((object) => matches(object, params));
  const after = text(params, 'starting_after');
  const from = after === undefined ? 0 : matching.findIndex((object) => object.id === after) + 1;
  if (after !== undefined && from === 0) throw noSuch(collection, after);
  return { object: 'list', url, data: matching.slice(from, from + limit), has_more: matching.length > from + limit };
}

function matches(object: ApiObject | SandboxEvent, params: Params): boolean {
  const fields: ReadonlyMap<string, unknown> = new Map(Object.entries(object));
  const equal = FILTERS.every(
    (filter) => text(params, filter) === undefined || fields.get(filter) === text(params, filter),
  );
  const bound = (name: string) => Number(text(params, 'created', name) ?? Number.NaN);
  return (
    equal &&
    !(object.created < bound('gte')) &&
    !(object.created > bound('lte')) &&
    !(object.created <= bound('gt')) &&
    !(object.created >= bound('lt'))
  );
}

function expanded(store: Store, object: ApiObject | SandboxEvent, names: readonly string[]): unknown {
  const answer: Record<string, unknown> = { ...object };
  for (const name of names) {
    const collection = EXPANDABLE.get(name);
    const id = answer[name];
    if (collection && typeof id === 'string') answer[name] = found(store, collection, id);
  }
  return answer;
}

function createCustomer(store: Store, { params, idempotencyKey }: Call): Customer {
  const customer: Customer = {
    id: store.id('cus'),
    object: 'customer',
    created: store.seconds,
    livemode: false,
    name: text(params, 'name') ?? null,
    email: text(params, 'email') ?? null,
    description: text(params, 'description') ?? null,
    metadata: strings(params['metadata']),
    invoice_settings: { default_payment_method: null, custom_fields: null, footer: null, rendering_options: null },
  };
  store.state.customers[customer.id] = customer;
  store.emit('customer.created', customer, idempotencyKey);
  return customer;
}

function createSession(deps: EndpointDeps, { params }: Call): CheckoutSession {
  const { store } = deps;
  if (text(params, 'mode') !== 'payment') throw missing('mode');
  const item = ['line_items', 0] as const;
  const currency = text(params, ...item, 'price_data', 'currency');
  const name = text(params, ...item, 'price_data', 'product_data', 'name');
  const amount = wholeNumber(params, ...item, 'price_data', 'unit_amount') * wholeNumber(params, ...item, 'quantity');
  if (!currency || !name) throw missing('line_items[0][price_data]');
  if (!text(params, 'success_url')) throw missing('success_url');
  const customer = text(params, 'customer') ?? null;
  if (customer) found(store, 'customers', customer);
  const id = store.id('cs_test');
  const message = text(params, 'custom_text', 'submit', 'message');
  const session: CheckoutSession = {
    id,
    object: 'checkout.session',
    mode: 'payment',
    status: 'open',
    payment_status: 'unpaid',
    url: deps.payUrl(id),
    amount_subtotal: amount,
    amount_total: amount,
    currency,
    created: store.seconds,
    expires_at: Number(text(params, 'expires_at') ?? store.seconds + DAY_SECONDS),
    livemode: false,
    customer,
    client_reference_id: text(params, 'client_reference_id') ?? null,
    metadata: strings(params['metadata']),
    payment_intent: null,
    success_url: text(params, 'success_url') ?? null,
    cancel_url: text(params, 'cancel_url') ?? null,
    custom_text: {
      submit: message ? { message } : null,
      after_submit: null,
      shipping_address: null,
      terms_of_service_acceptance: null,
    },
    custom_fields: [],
    payment_method_types: ['card'],
    allowed_payment_method_types: null,
    shipping_options: [],
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    ui_mode: 'hosted',
  };
  const asked = params['payment_intent_data'];
  store.state.sessions[id] = session;
  store.state.orders[id] = {
    name,
    intent: {
      setupFutureUsage: text(asked, 'setup_future_usage') === 'off_session' ? 'off_session' : null,
      description: text(asked, 'description') ?? null,
      metadata: typeof asked === 'object' && !Array.isArray(asked) ? strings(asked['metadata']) : {},
    },
  };
  return session;
}

function wholeNumber(params: Params, ...path: readonly (string | number)[]): number {
  const value = Number(text(params, ...path));
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new ApiError(400, {
    type: 'invalid_request_error',
    code: 'parameter_invalid_integer',
    message: `Invalid integer: ${path.join('.')}`,
    param: path.join('.'),
  });
}

function expireSession(store: Store, id: string): CheckoutSession {
  found(store, 'sessions', id);
  const session = store.state.sessions[id]!;
  if (session.status !== 'open') {
    throw new ApiError(400, {
      type: 'invalid_request_error',
      message: `Only Checkout Sessions with a status in ["open"] can be expired. This one is ${session.status}.`,
    });
  }
  expire(store, session);
  return session;
}
