import { badRequest, missing, noSuch } from '../errors.js';
import { type Params, type ParamValue, text } from '../form.js';
import type { Collection, SandboxState } from '../state.js';
import type { Store } from '../store.js';

export interface Context {
  store: Store;
  /** What stands for `:id` in the path; empty where there is none. */
  id: string;
  params: Params;
}

/** One endpoint. What `run` answers is sent as it is; it throws ApiError, and waits for nothing. */
export interface Route {
  method: 'GET' | 'POST';
  /** Such as `/v1/payment_methods/:id/attach`. */
  path: string;
  /** The parameters it takes beside `expand`; any other is refused, as Stripe refuses what it does not know. */
  params: readonly string[];
  run(context: Context): unknown;
}

/** What Stripe calls them when there is none of an id. */
const NAMES: Readonly<Record<Collection, string>> = {
  customers: 'customer',
  paymentMethods: 'PaymentMethod',
  paymentIntents: 'payment_intent',
  charges: 'charge',
  sessions: 'checkout.session',
  refunds: 'refund',
  disputes: 'dispute',
  balanceTransactions: 'balance_transaction',
  events: 'event',
};

/** The object of that id. Throws ApiError; `param` is the parameter that named it. */
export function found<C extends Collection>(
  store: Store,
  collection: C,
  id: string,
  param = 'id',
): SandboxState[C][string] {
  const objects = store.state[collection];
  if (!Object.hasOwn(objects, id)) throw noSuch(NAMES[collection], id, param);
  return objects[id] as SandboxState[C][string];
}

/** A required text. */
export function required(params: Params, name: string): string {
  const value = text(params, name);
  if (!value) throw missing(name);
  return value;
}

/** A whole number above zero, of `params` at `path`; undefined where it is absent. */
export function whole(params: ParamValue | undefined, ...path: readonly (string | number)[]): number | undefined {
  const typed = text(params, ...path);
  if (typed === undefined) return undefined;
  const value = Number(typed);
  if (Number.isSafeInteger(value) && value > 0) return value;
  const [first, ...rest] = path;
  const param = `${first}${rest.map((name) => `[${name}]`).join('')}`;
  throw badRequest(`Invalid integer: ${typed}`, { code: 'parameter_invalid_integer', param });
}

/** `true` and `false` as Stripe takes them. */
export function flag(params: Params, name: string): boolean {
  const typed = text(params, name);
  if (typed === undefined || typed === 'false') return false;
  if (typed === 'true') return true;
  throw badRequest(`Invalid boolean: ${typed}`, { param: name });
}
