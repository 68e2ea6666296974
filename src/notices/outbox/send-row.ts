import { performance } from 'node:perf_hooks';
import { DeliveryFailure, type DeliveryOutcome, type MessageRef } from '../../chat/port.js';
import type { Log } from '../../log.js';
import { inTransaction } from '../../mongo.js';
import type { Platform } from '../../workspace/identity.js';
import { reportLostChannel } from '../channels/lost-channel.js';
import { afterFailure, afterFault, type Next, NOT_LOOKED_UP } from './after-failure.js';
import { callsOf, type Carriers, deliver, type Route, routeOf } from './deliver.js';
import type { OutboxRow } from './outbox-model.js';
import type { Pace } from './pace.js';
import { type LookedUp, lookUp } from './look-up.js';
import { claim, LEASE_MS, messageOf, putBack, writeLookedUp, writeNext, writeSent } from './rows.js';
import { reportUndelivered } from './undelivered.js';

/** What became of one row: `retried` waits for another try, `lost` was somebody else's by the time it ended. */
export type Outcome = 'sent' | 'retried' | 'unknown' | 'dead' | 'lost';

/** Where a row went; `none` where that was not found out. */
export type Way = Platform | 'mail' | 'none';

export interface Sending {
  carriers: Carriers;
  pace: Pace;
  log: Pick<Log, 'warn' | 'error'>;
  onOutcome: (outcome: Outcome, way: Way) => void;
}

/** A process that wakes later than this after its claim leaves the row to whoever recovers it. */
const SEND_WITHIN_MS = LEASE_MS / 2;

/** Claims the row, sends it if its turn has come, and writes down what became of it. */
export async function sendRow(sending: Sending, due: OutboxRow, clock: () => Date): Promise<void> {
  const claimedAtMs = performance.now();
  const row = await claim(due, clock());
  if (!row) {
    sending.pace.leave(due.lane, clock());
    return sending.onOutcome('lost', 'none');
  }
  let route: Route | undefined;
  try {
    route = await routeOf(row, sending.carriers.posters);
    if (!(await mayGo(sending.pace, row, route, clock))) return await putBack(row);
    if (row.doubtful && !(await isToBeSent(sending, row, route, clock))) return;
    if (performance.now() - claimedAtMs > SEND_WITHIN_MS) return sending.onOutcome('lost', wayOf(route));
    await settleSent(sending, row, await deliver(row, route, sending.carriers), route, clock());
  } catch (error) {
    await settleFailed(sending, row, error, route, clock());
  }
}

/** Writes down what becomes of a claimed row that was not delivered. */
export async function settleRow(
  sending: Pick<Sending, 'log' | 'onOutcome'>,
  row: OutboxRow,
  next: Next,
  at: Date,
): Promise<void> {
  told(sending, row, next, await writeNext(row, next, at));
}

/** Whether conversation and team take the calls that the row needs now. */
async function mayGo(pace: Pace, row: OutboxRow, route: Route, clock: () => Date): Promise<boolean> {
  if (!('chat' in route)) return true;
  const { team, poster } = route;
  return pace.pass({ lane: row.lane, team, rates: poster.rates, calls: await callsOf(row) }, clock());
}

/** Whether a row whose first send may have arrived goes out again; where not, it is written down what it is instead. */
async function isToBeSent(sending: Sending, row: OutboxRow, route: Route, clock: () => Date): Promise<boolean> {
  const found = await lookUp(row, route, clock());
  if (found === undefined && row.rank > 0) {
    await settleRow(sending, row, { state: 'unknown', failure: row.failure ?? '' }, clock());
    return false;
  }
  if (typeof found === 'object') {
    if ('next' in found) await settleUnasked(sending, row, found, route, clock());
    else {
      const earlier = row.anew ? ((await messageOf(row))?.refs ?? []) : [];
      await settleSent(sending, row, [...earlier, found.message], route, clock());
    }
    return false;
  }
  await writeLookedUp(row, found === undefined);
  return true;
}

/** The platform could not be asked: that is told once, as it may go on for long. */
async function settleUnasked(
  sending: Sending,
  row: OutboxRow,
  { next, failure }: Extract<LookedUp, { next: Next }>,
  route: Route,
  at: Date,
): Promise<void> {
  if (row.failure !== NOT_LOOKED_UP) sending.log.warn({ err: failure, notice: row._id }, NOT_LOOKED_UP);
  await settleUnsent(sending, row, next, failure.outcome, route, at);
}

async function settleSent(sending: Sending, row: OutboxRow, refs: MessageRef[], route: Route, at: Date): Promise<void> {
  const written = await writeSent(row, refs, at);
  if (!written) sending.log.warn({ notice: row._id }, 'a notice was sent after its lease had ended');
  sending.onOutcome(written ? 'sent' : 'lost', wayOf(route));
}

async function settleFailed(
  sending: Sending,
  row: OutboxRow,
  error: unknown,
  route: Route | undefined,
  at: Date,
): Promise<void> {
  if (!(error instanceof DeliveryFailure)) {
    sending.log.error({ err: error, notice: row._id }, 'a notice could not be prepared');
    return settleRow(sending, row, afterFault(row, String(error), at), at);
  }
  const { outcome } = error;
  if (outcome.kind === 'rateLimited' && route && 'team' in route) {
    await sending.pace.rateLimited(route.team, new Date(at.getTime() + outcome.retryAfterMs), at);
  }
  await settleUnsent(sending, row, afterFailure(row, outcome, at), outcome, route, at);
}

async function settleUnsent(
  { carriers, log, onOutcome }: Sending,
  row: OutboxRow,
  next: Next,
  outcome: DeliveryOutcome,
  route: Route | undefined,
  at: Date,
): Promise<void> {
  const why = outcome.kind === 'rejected' ? outcome.why : 'other';
  // Given up and told of in one: nobody would look at a dead row again to tell of it.
  const written = await inTransaction(async () => {
    if (!(await writeNext(row, next, at))) return false;
    if (next.state !== 'dead') return true;
    await reportLostChannel(row, why, at);
    await reportUndelivered(row, why, { set: carriers.mailer !== undefined });
    return true;
  });
  told({ log, onOutcome }, row, next, written, route);
}

function told(
  { log, onOutcome }: Pick<Sending, 'log' | 'onOutcome'>,
  row: OutboxRow,
  next: Next,
  written: boolean,
  route?: Route,
): void {
  if (!written) return onOutcome('lost', wayOf(route));
  onOutcome(next.state === 'pending' ? 'retried' : next.state, wayOf(route));
  if (next.state !== 'pending') {
    log.error({ notice: row._id, account: row.account, why: next.failure }, `a notice is ${next.state}`);
  }
}

function wayOf(route: Route | undefined): Way {
  if (!route || 'nowhere' in route) return 'none';
  return 'email' in route ? 'mail' : route.poster.platform;
}
