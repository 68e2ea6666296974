import { inTransaction } from '../mongo.js';
import type { DeliveryRow } from './delivery-model.js';
import { bringForward, claimDelivery, putOff, removeAll, writeBack } from './delivery-rows.js';
import { EndpointModel, type EndpointRow, type WhyOff } from './endpoint-model.js';
import { endpointRow, type Sealing, secretsOf, turnOff } from './endpoints.js';
import { arrived, isGone, type Met } from './met.js';
import { nextTry, OFF_AFTER_MS, OTHERS_WAIT_MS } from './schedule.js';
import type { Send, Tried } from './sender.js';
import { signedHeaders } from './sign.js';

/** What became of one event: `retried` waits for another try, `lost` was somebody else's, or its endpoint was removed. */
export type DeliveryOutcome = 'delivered' | 'retried' | 'failed' | 'waiting' | 'lost';

/** An endpoint that was turned off by itself, for those who must hear of it. */
export interface TurnedOff {
  account: string;
  workspace: string;
  endpoint: string;
  host: string;
  why: Exclude<WhyOff, 'byHand'>;
  met: Met;
  at: Date;
}

export interface Delivering {
  send: Send;
  sealing: Sealing;
  /** Runs in the transaction that turns the endpoint off. */
  onTurnedOff: (off: TurnedOff) => Promise<void>;
  /** The process is about to stop: what is in hand goes back untried. */
  stopping: AbortSignal;
}

const TIMEOUT_MS = 10_000;
/** How often it is looked whether an endpoint is on again; turning it on looks at once. */
const WHILE_OFF_MS = 10 * 60_000;

/** Claims the event, tries to send it and writes down what became of it. */
export async function deliver(deps: Delivering, due: DeliveryRow, at: Date): Promise<DeliveryOutcome> {
  const row = await claimDelivery(due, at);
  if (!row) return 'lost';
  const endpoint = await endpointRow(row);
  if (!endpoint) {
    await removeAll(row);
    return 'lost';
  }
  if (endpoint.off) {
    await writeBack(row, { state: 'pending' });
    await putOff(row, new Date(at.getTime() + WHILE_OFF_MS));
    return 'waiting';
  }
  const tried = await trySending(deps, row, endpoint, { at, timeoutMs: TIMEOUT_MS });
  if (arrived(tried.met)) return (await settleArrived(row, endpoint, tried.met, at)) ? 'delivered' : 'lost';
  if (deps.stopping.aborted) {
    await writeBack(row, { state: 'pending', dueAt: at });
    return 'retried';
  }
  return settleFailed(deps, row, endpoint, tried, at);
}

/** One try, signed at its own time. */
export function trySending(
  { send, sealing, stopping }: Pick<Delivering, 'send' | 'sealing' | 'stopping'>,
  row: DeliveryRow,
  endpoint: EndpointRow,
  { at, timeoutMs }: { at: Date; timeoutMs: number },
): Promise<Tried> {
  const { _id: id, body } = row;
  const headers = signedHeaders({ id, body, at }, secretsOf(sealing, endpoint, at));
  return send({ url: endpoint.url, headers, body, timeoutMs, signal: stopping });
}

/** What waited because something before it did not arrive goes at once. False: the claim was lost. */
export async function settleArrived(row: DeliveryRow, endpoint: EndpointRow, met: Met, at: Date): Promise<boolean> {
  return inTransaction(async () => {
    const change = { state: 'delivered' as const, tries: row.tries + 1, lastTryAt: at, lastMet: met };
    if (!(await writeBack(row, change))) return false;
    await EndpointModel.updateOne(thisOne(endpoint), {
      $max: { lastArrivedAt: at },
      $unset: { failingSince: '', failure: '' },
    });
    if (endpoint.failingSince && !endpoint.off) await bringForward(row, at);
    return true;
  });
}

async function settleFailed(
  deps: Delivering,
  row: DeliveryRow,
  endpoint: EndpointRow,
  { met, retryAfterMs }: Tried,
  at: Date,
): Promise<DeliveryOutcome> {
  const tries = row.tries + 1;
  const dueAt = nextTry(tries, at, retryAfterMs);
  const why = whyTurnOff(endpoint, met, at);
  return inTransaction(async () => {
    const next = dueAt || why ? { state: 'pending' as const, dueAt: dueAt ?? at } : { state: 'failed' as const };
    if (!(await writeBack(row, { ...next, tries, lastTryAt: at, lastMet: met }))) return 'lost';
    const same = await EndpointModel.updateOne(thisOne(endpoint), {
      $set: { failure: met, failingSince: endpoint.failingSince ?? at },
    });
    if (same.matchedCount === 0) return dueAt ? 'retried' : 'failed';
    if (why) await turnOffAndTell(deps, endpoint, { why, met, at });
    else await putOff(row, soonest(dueAt, new Date(at.getTime() + OTHERS_WAIT_MS)));
    return dueAt ? 'retried' : 'failed';
  });
}

const soonest = (one: Date | undefined, other: Date): Date => (one && one < other ? one : other);

function whyTurnOff({ failingSince }: EndpointRow, met: Met, at: Date): Exclude<WhyOff, 'byHand'> | undefined {
  if (isGone(met)) return 'gone';
  return failingSince && at.getTime() - failingSince.getTime() >= OFF_AFTER_MS ? 'failing' : undefined;
}

async function turnOffAndTell(
  { onTurnedOff }: Delivering,
  { _id, account, workspace }: EndpointRow,
  { why, met, at }: Pick<TurnedOff, 'why' | 'met' | 'at'>,
): Promise<void> {
  const off = await turnOff({ account, workspace, why, by: 'system', at });
  if (off) await onTurnedOff({ account, workspace, endpoint: _id, host: off.host, why, met, at });
}

/** The endpoint as it was when it was tried: at another address nothing is known of it. */
function thisOne({ _id, account, workspace, url }: EndpointRow) {
  return { _id, account, workspace, url };
}
