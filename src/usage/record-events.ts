import type { Ledger, Posted, Posting, Repeat } from '../ledger/entry.js';
import type { Workspace } from '../workspace/entities.js';
import { costOf, type PriceAt, pricesOf } from './prices.js';
import type { UsageEvent, UsageResult } from './event-schemas.js';

/** Clocks differ: an event may lie this far ahead of ours. */
const MAX_AHEAD_MS = 5 * 60_000;

export interface Recorded {
  results: UsageResult[];
  balanceMinor: number;
  availableMinor: number;
  /** The failures behind the results that are 'unavailable'. */
  failures: readonly unknown[];
}

type Settled = { posted: Posted } | { invalid: string } | { failure: unknown };

/**
 * Charges each event once, in order; one event's outcome never stops the others. Throws LedgerBusy, and has charged
 * nothing, where too much is waiting.
 */
export async function recordEvents(
  ledger: Ledger,
  workspace: Workspace,
  events: readonly UsageEvent[],
  at: Date,
): Promise<Recorded> {
  const items = new Set(events.filter(({ quantity }) => quantity !== undefined).map(({ item }) => item));
  const priceAt = await pricesOf(workspace.account, workspace.id, [...items]);
  const settled = await chargeAll(ledger, workspace, events, priceAt, at);
  const balance = newestBalance(settled) ?? (await ledger.head(workspace.id));
  if (!balance) throw new Error(`workspace ${workspace.id} has no wallet`);
  return {
    results: events.map(({ id }, i) => toResult(id, settled[i]!)),
    balanceMinor: balance.balanceMinor,
    availableMinor: balance.availableMinor,
    failures: settled.flatMap((one) => ('failure' in one ? [one.failure] : [])),
  };
}

/** All that have a cost reach the ledger in one call, so that the last money goes to the events in their order. */
async function chargeAll(
  ledger: Ledger,
  workspace: Workspace,
  events: readonly UsageEvent[],
  priceAt: PriceAt,
  at: Date,
): Promise<Settled[]> {
  const postings = events.map((event) => postingOf(workspace, event, costOfEvent(event, priceAt, at), at));
  const posted = await ledger.postMany(postings.filter((one) => 'wallet' in one));
  let taken = 0;
  return Promise.all(
    postings.map(async (one): Promise<Settled> => {
      if ('invalid' in one) return withoutCost(ledger, workspace, one);
      const answer = posted[taken++]!;
      return answer.status === 'fulfilled' ? { posted: answer.value } : { failure: answer.reason };
    }),
  );
}

/** An event that cannot be charged now may have been before. */
async function withoutCost(
  ledger: Ledger,
  workspace: Workspace,
  { event, invalid }: { event: UsageEvent; invalid: string },
): Promise<Settled> {
  try {
    const asked = { wallet: workspace.id, key: keyOf(event), request: requestOf(event) };
    const earlier: Repeat | undefined = await ledger.earlier(asked);
    return earlier ? { posted: earlier } : { invalid };
  } catch (failure) {
    return { failure };
  }
}

const keyOf = ({ id }: UsageEvent): string => `u:${id}`;

/** What the event asks for, whatever it costs: the same moment written in another time zone is the same request. */
function requestOf({ item, quantity, amountMinor, resource, person, at }: UsageEvent): unknown {
  return { item, quantity, amountMinor, resource, person, at: at && new Date(at).toISOString() };
}

/** The posting of an event, or why it has none. */
function postingOf(
  workspace: Workspace,
  event: UsageEvent,
  cost: Pick<Posting, 'amountMinor' | 'amountMicro'> | string,
  at: Date,
): Posting | { event: UsageEvent; invalid: string } {
  if (typeof cost === 'string') return { event, invalid: cost };
  const { item, quantity, resource, person, at: usedAt } = event;
  return {
    wallet: workspace.id,
    key: keyOf(event),
    kind: 'usage',
    contra: 'revenue',
    ...cost,
    request: requestOf(event),
    at,
    item,
    ...(quantity !== undefined && { quantity }),
    ...(resource !== undefined && { resource }),
    ...(person !== undefined && { person }),
    ...(usedAt !== undefined && { effectiveAt: new Date(usedAt) }),
  };
}

/** The charge, or why there is none. */
function costOfEvent(
  event: UsageEvent,
  priceAt: PriceAt,
  now: Date,
): Pick<Posting, 'amountMinor' | 'amountMicro'> | string {
  const usedAt = event.at === undefined ? now : new Date(event.at);
  if (usedAt.getTime() > now.getTime() + MAX_AHEAD_MS) return 'at lies in the future';
  if (event.amountMinor !== undefined) return { amountMinor: -event.amountMinor };
  const price = priceAt(event.item, usedAt);
  if (!price) return `${event.item} had no price at that time`;
  const cost = costOf(price.priceMicro, event.quantity ?? 0);
  if (!cost) return 'it costs more than can be charged at once';
  return { amountMinor: 0 - cost.amountMinor, amountMicro: 0 - cost.amountMicro };
}

function toResult(id: string, settled: Settled): UsageResult {
  if ('failure' in settled)
    return { id, status: 'unavailable', reason: 'the outcome is not known: send the same id again' };
  if ('invalid' in settled) return { id, status: 'invalid', reason: settled.invalid };
  const { posted } = settled;
  switch (posted.outcome) {
    case 'posted':
      return { id, status: 'accepted', entry: posted.entry.sequence, balanceMinor: posted.entry.balanceMinor };
    case 'duplicate':
      return { id, status: 'duplicate', entry: posted.entry.sequence, balanceMinor: posted.entry.balanceMinor };
    case 'conflict': {
      const { sequence, item, quantity, amountMinor, at } = posted.first;
      const what = quantity === undefined ? `${item} for ${-amountMinor}` : `${quantity} of ${item}`;
      return { id, status: 'conflict', entry: sequence, reason: `first used for ${what} on ${at.toISOString()}` };
    }
    case 'insufficient':
      return { id, status: 'insufficient', balanceMinor: posted.balanceMinor, reason: 'the balance does not cover it' };
    case 'unknownWallet':
      return { id, status: 'unavailable', reason: 'the workspace is still being set up: send the same id again' };
  }
}

/** What the last event that saw the wallet saw: spares a read. Duplicates show a balance of long ago. */
function newestBalance(settled: readonly Settled[]): { balanceMinor: number; availableMinor: number } | undefined {
  for (const one of settled.toReversed()) {
    if (!('posted' in one)) continue;
    const { posted } = one;
    if (posted.outcome === 'insufficient') return posted;
    if (posted.outcome === 'posted') {
      const { balanceMinor, heldMinor } = posted.entry;
      return { balanceMinor, availableMinor: balanceMinor - heldMinor };
    }
  }
  return undefined;
}
