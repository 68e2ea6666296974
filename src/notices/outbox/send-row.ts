import { performance } from 'node:perf_hooks';
import { DeliveryFailure, type MessageRef } from '../../chat/port.js';
import type { Log } from '../../log.js';
import { afterFailure, afterFault, type Next } from './after-failure.js';
import { type Carriers, deliver, type Route, routeOf } from './deliver.js';
import { reportLostChannel } from '../channels/lost-channel.js';
import type { OutboxRow } from './outbox-model.js';
import type { Pace } from './pace.js';
import { claim, LEASE_MS, writeNext, writeSent } from './rows.js';
import { reportUndelivered } from './undelivered.js';

/** What became of one row: `retried` waits for another try, `lost` was somebody else's by the time it ended. */
export type Outcome = 'sent' | 'retried' | 'unknown' | 'dead' | 'lost';

export interface Sending {
  carriers: Carriers;
  pace: Pace;
  log: Pick<Log, 'warn' | 'error'>;
  onOutcome: (outcome: Outcome) => void;
}

/** A process that wakes later than this after its claim leaves the row to whoever recovers it. */
const SEND_WITHIN_MS = LEASE_MS / 2;

/** Claims the row, sends it and writes down what became of it. */
export async function sendRow(sending: Sending, due: OutboxRow, at: Date): Promise<void> {
  const claimedAtMs = performance.now();
  const row = await claim(due, at);
  if (!row) return sending.onOutcome('lost');
  const { pace, carriers } = sending;
  let team: string | undefined;
  try {
    const route = await routeOf(row, carriers.posters);
    team = teamOf(route);
    const closedUntil = team && pace.teamClosedUntil(team, at);
    if (closedUntil) {
      return await settleRow(sending, row, { state: 'pending', dueAt: closedUntil, failure: 'rateLimited' }, at);
    }
    if (performance.now() - claimedAtMs > SEND_WITHIN_MS) return sending.onOutcome('lost');
    await settleSent(sending, row, await deliver(row, route, carriers), at);
  } catch (error) {
    await settleFailed(sending, row, error, team, at);
  }
}

/** Writes down what becomes of a claimed row that was not delivered. */
export async function settleRow(
  { log, onOutcome }: Pick<Sending, 'log' | 'onOutcome'>,
  row: OutboxRow,
  next: Next,
  at: Date,
): Promise<void> {
  if (!(await writeNext(row, next, at))) return onOutcome('lost');
  onOutcome(next.state === 'pending' ? 'retried' : next.state);
  if (next.state !== 'pending') {
    log.error({ notice: row._id, account: row.account, why: next.failure }, `a notice is ${next.state}`);
  }
}

async function settleSent(sending: Sending, row: OutboxRow, refs: MessageRef[], at: Date): Promise<void> {
  const written = await writeSent(row, refs, at);
  if (!written) sending.log.warn({ notice: row._id }, 'a notice was sent after its lease had ended');
  sending.onOutcome(written ? 'sent' : 'lost');
}

async function settleFailed(
  sending: Sending,
  row: OutboxRow,
  error: unknown,
  team: string | undefined,
  at: Date,
): Promise<void> {
  if (!(error instanceof DeliveryFailure)) {
    sending.log.error({ err: error, notice: row._id }, 'a notice could not be prepared');
    return settleRow(sending, row, afterFault(row, String(error), at), at);
  }
  const { outcome } = error;
  if (outcome.kind === 'rateLimited' && team) {
    sending.pace.rateLimited(team, new Date(at.getTime() + outcome.retryAfterMs));
  }
  const next = afterFailure(row, outcome, at);
  await settleRow(sending, row, next, at);
  if (next.state !== 'dead') return;
  const why = outcome.kind === 'rejected' ? outcome.why : 'other';
  await reportLostChannel(row, why, at);
  await reportUndelivered(row, why, { set: sending.carriers.mailer !== undefined });
}

function teamOf(route: Route): string | undefined {
  return 'team' in route ? route.team : undefined;
}
