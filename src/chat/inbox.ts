import { createHash } from 'node:crypto';
import type { TenantKey } from '../workspace/identity.js';
import { Inbox } from './inbox-model.js';
import { within } from './within.js';

const BUDGET_MS = 1_500;
const DUPLICATE_KEY = 11000;

/**
 * Whether this delivery is the first of its kind (`first`), was taken in hand before, by this process or another
 * (`repeat`), or cannot be told in time (`unavailable`: the database is away or slow; nothing may be done for it).
 * `key` is the platform's own id of the delivery; where it has none, `signatureKey` of its signature.
 */
export async function firstDelivery(
  key: string,
  tenant: TenantKey,
  at: Date,
): Promise<'first' | 'repeat' | 'unavailable'> {
  return (await within(BUDGET_MS, write(key, tenant, at))) ?? 'unavailable';
}

async function write(key: string, tenant: TenantKey, at: Date): Promise<'first' | 'repeat' | 'unavailable'> {
  try {
    await Inbox.create({ _id: `${tenant} ${key}`, tenant, at });
    return 'first';
  } catch (error) {
    return isDuplicate(error) ? 'repeat' : 'unavailable';
  }
}

function isDuplicate(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === DUPLICATE_KEY;
}

/** A key for a delivery that carries no id: the same signed request always has the same one. */
export function signatureKey(signature: string): string {
  return createHash('sha256').update(signature).digest('hex');
}
