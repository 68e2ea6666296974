import { DeliveryFailure, type MessageRef } from '../../chat/port.js';
import { afterLookUp, type Next } from './after-failure.js';
import type { Route } from './deliver.js';
import type { OutboxRow } from './outbox-model.js';

/** Clocks differ, and the send began before it failed. */
const BEFORE_MS = 3 * 60_000;

/**
 * What became of a send of which nobody knew: the message, or that there is none. Undefined where it cannot be told. `next`:
 * the platform could not be asked, and that is what becomes of the row meanwhile.
 */
export type LookedUp = { message: MessageRef } | 'notThere' | { next: Next; failure: DeliveryFailure } | undefined;

export async function lookUp(row: OutboxRow, route: Route, at: Date): Promise<LookedUp> {
  if (!('chat' in route) || !route.poster.find || row.under !== undefined) return undefined;
  const since = new Date((row.failingSince ?? row.queuedAt).getTime() - BEFORE_MS);
  try {
    const found = await route.poster.find(route.chat, row._id, since);
    return typeof found === 'object' ? { message: found } : found;
  } catch (failure) {
    if (!(failure instanceof DeliveryFailure)) throw failure;
    const next = afterLookUp(row, failure.outcome, at);
    return next && { next, failure };
  }
}
