import { badRequest } from '../errors.js';
import type { SandboxState } from '../state.js';
import type { Store } from '../store.js';

/** Where an id leads, by its prefix. */
const COLLECTIONS: ReadonlyMap<string, keyof SandboxState> = new Map([
  ['cus', 'customers'],
  ['pm', 'paymentMethods'],
  ['pi', 'paymentIntents'],
  ['ch', 'charges'],
  ['re', 'refunds'],
  ['du', 'disputes'],
  ['txn', 'balanceTransactions'],
]);

/** The answer with the objects that `paths` ask for (`latest_charge`, `data.latest_charge.balance_transaction`) in place of ids. */
export function expanded(store: Store, answer: unknown, paths: readonly string[]): unknown {
  const copy: unknown = structuredClone(answer);
  for (const path of paths) expand(store, copy, path.split('.'), path);
  return copy;
}

function expand(store: Store, at: unknown, [name, ...rest]: readonly string[], path: string): void {
  if (name === undefined || typeof at !== 'object' || at === null) return;
  if (Array.isArray(at)) {
    for (const one of at) expand(store, one, [name, ...rest], path);
    return;
  }
  if (!(name in at)) throw badRequest(`This property cannot be expanded (${path}).`, { param: 'expand' });
  const fields = at as Record<string, unknown>;
  const value = fields[name];
  if (typeof value === 'string') fields[name] = objectOf(store, value, path);
  expand(store, fields[name], rest, path);
}

function objectOf(store: Store, id: string, path: string): unknown {
  const collection = COLLECTIONS.get(id.split('_')[0] ?? '');
  const objects: Readonly<Record<string, unknown>> = collection ? Object(store.state[collection]) : {};
  if (!Object.hasOwn(objects, id)) throw badRequest(`This property cannot be expanded (${path}).`, { param: 'expand' });
  return structuredClone(objects[id]);
}
