import type { DeliveryOutcome } from '../../chat/port.js';
import type { OutboxRow } from './outbox-model.js';

/** What becomes of a row that was not surely delivered. `counted` tries use up the row's five. */
export type Next =
  | { state: 'pending'; dueAt: Date; failure: string; counted?: boolean; doubtful?: boolean }
  | { state: 'unknown'; failure: string }
  | { state: 'dead'; failure: string };

const MAX_TRIES = 5;
/** A platform that is away for longer than this is not waited for. */
const GIVE_UP_MS = 24 * 3_600_000;
const SHORTEST_BACK_OFF_MS = 2_000;
/** So that the outbox drains within a minute of an outage's end. */
const LONGEST_BACK_OFF_MS = 30_000;

const later = (at: Date, ms: number) => new Date(at.getTime() + ms);

/** After a failure that the chat platform's edge has named. */
export function afterFailure(row: OutboxRow, outcome: DeliveryOutcome, at: Date): Next {
  switch (outcome.kind) {
    case 'rateLimited':
      return { state: 'pending', dueAt: later(at, outcome.retryAfterMs), failure: 'rateLimited' };
    case 'unreachable': {
      const failingMs = at.getTime() - (row.failingSince ?? at).getTime();
      if (failingMs > GIVE_UP_MS) return { state: 'dead', failure: 'unreachable for a day' };
      const backOffMs = Math.min(Math.max(failingMs, SHORTEST_BACK_OFF_MS), LONGEST_BACK_OFF_MS);
      return { state: 'pending', dueAt: later(at, backOffMs), failure: 'unreachable' };
    }
    case 'rejected':
      return { state: 'dead', failure: `rejected: ${outcome.why}` };
    case 'unknown':
      return afterUnknown(row, 'no answer to the send', at);
  }
}

/** After a failure of our own: a card that cannot be drawn, a recipient that cannot be read. */
export function afterFault(row: OutboxRow, fault: string, at: Date): Next {
  if (row.tries + 1 >= MAX_TRIES) return { state: 'dead', failure: fault };
  const backOffMs = SHORTEST_BACK_OFF_MS * 2 ** row.tries;
  return { state: 'pending', dueAt: later(at, backOffMs), failure: fault, counted: true };
}

/** Nobody knows whether it arrived: that is looked up before anything else. A second time it is the operator's. */
export function afterUnknown(row: OutboxRow, why: string, at: Date): Next {
  if (row.copy) return { state: 'unknown', failure: why };
  return { state: 'pending', dueAt: at, failure: why, doubtful: true };
}
