import { badRequest } from '../errors.js';
import { list, type Params, text } from '../form.js';
import type { Collection } from '../state.js';
import type { Store } from '../store.js';
import { type Context, found, type Route, whole } from './route.js';

interface Listed {
  id: string;
  created: number;
}

const PAGE = ['limit', 'starting_after', 'ending_before'];
const CREATED = ['created'];

/** What can be listed, by which equal fields, and read by id. */
const READ: readonly { path: string; collection: Collection; filters: readonly string[] }[] = [
  { path: '/v1/customers', collection: 'customers', filters: ['email'] },
  { path: '/v1/payment_intents', collection: 'paymentIntents', filters: ['customer'] },
  { path: '/v1/charges', collection: 'charges', filters: ['customer', 'payment_intent'] },
  { path: '/v1/checkout/sessions', collection: 'sessions', filters: ['customer', 'payment_intent', 'status'] },
  { path: '/v1/refunds', collection: 'refunds', filters: ['charge', 'payment_intent'] },
  { path: '/v1/disputes', collection: 'disputes', filters: ['charge', 'payment_intent'] },
  { path: '/v1/balance_transactions', collection: 'balanceTransactions', filters: ['type', 'currency', 'source'] },
];

/** Every list and every retrieval of one object. */
export const readRoutes: readonly Route[] = [
  ...READ.flatMap(({ path, collection, filters }): Route[] => [
    {
      method: 'GET',
      path,
      params: [...filters, ...CREATED, ...PAGE],
      run: ({ store, params }) =>
        page(
          path,
          params,
          newestFirst(store, collection).filter((object) => equals(object, filters, params)),
        ),
    },
    { method: 'GET', path: `${path}/:id`, params: [], run: ({ store, id }) => found(store, collection, id) },
  ]),
  {
    method: 'GET',
    path: '/v1/events',
    params: ['type', 'types', 'delivery_success', ...CREATED, ...PAGE],
    run: listEvents,
  },
  { method: 'GET', path: '/v1/events/:id', params: [], run: ({ store, id }) => found(store, 'events', id) },
  {
    method: 'GET',
    path: '/v1/payment_methods',
    params: ['customer', 'type', ...PAGE],
    run: ({ store, params }) => methods(store, text(params, 'customer'), '/v1/payment_methods', params),
  },
  {
    method: 'GET',
    path: '/v1/payment_methods/:id',
    params: [],
    run: ({ store, id }) => found(store, 'paymentMethods', id),
  },
  {
    method: 'GET',
    path: '/v1/customers/:id/payment_methods',
    params: ['type', ...PAGE],
    run: ({ store, id, params }) =>
      methods(store, found(store, 'customers', id).id, `/v1/customers/${id}/payment_methods`, params),
  },
];

function methods(store: Store, customer: string | undefined, url: string, params: Params): unknown {
  const saved = newestFirst(store, 'paymentMethods').filter(
    (method) => method.customer !== null && (customer === undefined || method.customer === customer),
  );
  return page(
    url,
    params,
    saved.filter((method) => equals(method, ['type'], params)),
  );
}

function listEvents({ store, params }: Context): unknown {
  const one = text(params, 'type');
  const several = list(params['types']);
  if (one !== undefined && several.length > 0)
    throw badRequest('You may only specify one of these parameters: type, types.', { param: 'type' });
  const delivered = text(params, 'delivery_success');
  const wanted = (type: string): boolean =>
    one === undefined ? several.length === 0 || several.includes(type) : isOfKind(type, one);
  const waiting = new Set(store.state.deliveries.map(({ event }) => event));
  const events = newestFirst(store, 'events').filter(
    ({ id, type }) => wanted(type) && (delivered === undefined || (delivered === 'true') === !waiting.has(id)),
  );
  return page('/v1/events', params, events);
}

/** `charge.*` stands for every event of charges. */
function isOfKind(type: string, kind: string): boolean {
  return kind.endsWith('*') ? type.startsWith(kind.slice(0, -1)) : type === kind;
}

function newestFirst<C extends Collection>(store: Store, collection: C) {
  return Object.values(store.state[collection]).reverse() as Store['state'][C][string][];
}

function equals(object: object, filters: readonly string[], params: Params): boolean {
  const fields: ReadonlyMap<string, unknown> = new Map(Object.entries(object));
  return filters.every((name) => text(params, name) === undefined || fields.get(name) === text(params, name));
}

/** A page of `all`, which is newest first. Throws ApiError for a cursor that is not in it. */
function page(url: string, params: Params, all: readonly Listed[]): unknown {
  const limit = whole(params, 'limit') ?? 10;
  if (limit > 100) throw badRequest('Limit must be between 1 and 100.', { param: 'limit' });
  const matching = all.filter(({ created }) => isWithin(created, params));
  const place = (name: string): number | undefined => {
    const cursor = text(params, name);
    const at = matching.findIndex(({ id }) => id === cursor);
    if (cursor !== undefined && at < 0)
      throw badRequest(`No such object: '${cursor}'`, { code: 'resource_missing', param: name });
    return cursor === undefined ? undefined : at;
  };
  const after = place('starting_after');
  const before = place('ending_before');
  const from = before === undefined ? (after ?? -1) + 1 : Math.max(0, before - limit);
  const to = Math.min(from + limit, before ?? matching.length);
  const hasMore = before === undefined ? to < matching.length : from > 0;
  return { object: 'list', url, data: matching.slice(from, to), has_more: hasMore };
}

/** `created` as one time, or as `gt`, `gte`, `lt` and `lte`. */
function isWithin(created: number, params: Params): boolean {
  const exact = text(params, 'created');
  if (exact !== undefined) return created === Number(exact);
  const bound = (name: string): number => Number(text(params, 'created', name) ?? Number.NaN);
  return (
    !(created < bound('gte')) && !(created > bound('lte')) && !(created <= bound('gt')) && !(created >= bound('lt'))
  );
}
