import { createHash } from 'node:crypto';
import { MongoBulkWriteError } from 'mongodb';
import type { TenantKey } from '../workspace/identity.js';
import { inGroups } from '../in-groups.js';
import { Inbox, type InboxRow } from './inbox-model.js';
import { within } from './within.js';

type Taken = 'first' | 'repeat' | 'unavailable';

interface Delivery {
  row: InboxRow;
  /** When whoever delivered it is told that nothing was done, on this process's own clock. */
  until: number;
}

const BUDGET_MS = 1_500;
const DUPLICATE_KEY = 11_000;

/**
 * Whether this delivery is the first of its kind (`first`), was taken in hand before, by this process or another
 * (`repeat`), or cannot be told in time (`unavailable`: the database is away or slow; nothing may be done for it).
 * `key` is the platform's own id of the delivery; where it has none, `signatureKey` of its signature.
 */
export async function firstDelivery(key: string, tenant: TenantKey, at: Date): Promise<Taken> {
  const row = { _id: `${tenant} ${key}`, tenant, at };
  const taken = await within(BUDGET_MS, takeInHand({ row, until: performance.now() + BUDGET_MS }));
  return taken ?? 'unavailable';
}

const takeInHand = inGroups(async (deliveries: readonly Delivery[]): Promise<Taken[]> => {
  const now = performance.now();
  const inTime = deliveries.filter(({ until }) => now < until);
  const taken = (await within(BUDGET_MS, write(inTime.map(({ row }) => row)))) ?? [];
  return deliveries.map((delivery) => taken[inTime.indexOf(delivery)] ?? 'unavailable');
});

async function write(rows: readonly InboxRow[]): Promise<Taken[]> {
  if (rows.length === 0) return [];
  try {
    await Inbox.db.collection<InboxRow>(Inbox.collection.name).insertMany(rows, { ordered: false });
    return rows.map(() => 'first');
  } catch (error) {
    return error instanceof MongoBulkWriteError ? takenDespite(error, rows) : [];
  }
}

/** Row by row, where the database says of each what became of it; an outage comes as an error of this kind too. */
function takenDespite(error: MongoBulkWriteError, rows: readonly InboxRow[]): Taken[] {
  const refused = new Map([error.writeErrors].flat().map(({ index, code }) => [index, code]));
  if (error.result.getWriteConcernError() || error.insertedCount + refused.size < rows.length) return [];
  return rows.map((_row, i) => (refused.has(i) ? refusedAs(refused.get(i)) : 'first'));
}

const refusedAs = (code: number | undefined): Taken => (code === DUPLICATE_KEY ? 'repeat' : 'unavailable');

/** A key for a delivery that carries no id: the same signed request always has the same one. */
export function signatureKey(signature: string): string {
  return createHash('sha256').update(signature).digest('hex');
}
