import type { MessageRef } from '../../chat/port.js';
import type { Route } from './deliver.js';
import type { OutboxRow } from './outbox-model.js';

/** Clocks differ, and the send began before it failed. */
const BEFORE_MS = 3 * 60_000;

/**
 * Whether a send of which nobody knows has arrived: the message it became, or that there is none, or undefined where
 * it cannot be told.
 */
export async function lookUp(row: OutboxRow, route: Route): Promise<MessageRef | 'notThere' | undefined> {
  if (!('chat' in route) || !route.poster.find || row.under !== undefined) return undefined;
  const since = new Date((row.failingSince ?? row.queuedAt).getTime() - BEFORE_MS);
  return route.poster.find(route.chat, row._id, since);
}
