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

/** How long it is asked whether a row arrived, by rank: an alert that never comes is worse than one that comes twice. */
const ASK_FOR_MS = [10 * 60_000, GIVE_UP_MS];
/** What cannot be read for these reasons cannot be posted either. */
const NOWHERE: readonly string[] = ['channelGone', 'botNotInChannel', 'userGone', 'botRemoved'];

const later = (at: Date, ms: number) => new Date(at.getTime() + ms);

/** After a failure that the chat platform's edge has named. */
export function afterFailure(row: OutboxRow, outcome: DeliveryOutcome, at: Date): Next {
  switch (outcome.kind) {
    case 'rateLimited':
      return { state: 'pending', dueAt: later(at, outcome.retryAfterMs), failure: 'rateLimited' };
    case 'unreachable': {
      const failingMs = failingFor(row, at);
      if (failingMs > GIVE_UP_MS) return { state: 'dead', failure: 'unreachable for a day' };
      return { state: 'pending', dueAt: later(at, backOffMs(failingMs)), failure: 'unreachable' };
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
  return { state: 'pending', dueAt: later(at, SHORTEST_BACK_OFF_MS * 2 ** row.tries), failure: fault, counted: true };
}

export const NOT_LOOKED_UP = 'it could not be looked up whether it arrived';

/**
 * After the platform could not be asked whether a row arrived: it is asked again later, and the row not sent meanwhile.
 * Undefined: it will not tell, or not in time.
 */
export function afterLookUp(row: OutboxRow, outcome: DeliveryOutcome, at: Date): Next | undefined {
  if (outcome.kind === 'rejected') return NOWHERE.includes(outcome.why) ? afterFailure(row, outcome, at) : undefined;
  const failingMs = failingFor(row, at);
  if (failingMs > (ASK_FOR_MS[row.rank] ?? GIVE_UP_MS)) return undefined;
  const waitMs = outcome.kind === 'rateLimited' ? outcome.retryAfterMs : backOffMs(failingMs);
  return { state: 'pending', dueAt: later(at, waitMs), failure: NOT_LOOKED_UP, doubtful: true };
}

/** Nobody knows whether it arrived: that is looked up before anything else. A second time it is the operator's. */
export function afterUnknown(row: OutboxRow, why: string, at: Date): Next {
  if (row.copy) return { state: 'unknown', failure: why };
  return { state: 'pending', dueAt: at, failure: why, doubtful: true };
}

const failingFor = ({ failingSince }: OutboxRow, at: Date) => at.getTime() - (failingSince ?? at).getTime();

const backOffMs = (failingMs: number) => Math.min(Math.max(failingMs, SHORTEST_BACK_OFF_MS), LONGEST_BACK_OFF_MS);
