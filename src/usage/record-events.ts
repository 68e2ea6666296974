import type { Ledger, Posted, Posting, Repeat } from '../ledger/entry.js';
import { onceEach } from '../once-each.js';
import { costOf, type PriceAt, pricesOf } from '../prices/prices.js';
import { type CampaignOfUsage, campaignsOfUsage } from '../resources/campaigns-of-usage.js';
import type { Workspace } from '../workspace/entities.js';
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
 * Charges each event once, in order; one event's outcome never stops the others. What a campaign uses is taken out of
 * its hold. Throws LedgerBusy, and has charged nothing, where too much is waiting.
 */
export async function recordEvents(
  ledger: Ledger,
  workspace: Workspace,
  events: readonly UsageEvent[],
  at: Date,
): Promise<Recorded> {
  const items = new Set(events.filter(({ quantity }) => quantity !== undefined).map(({ item }) => item));
  const [priceAt, campaigns] = await Promise.all([
    pricesOf(workspace.account, workspace.id, [...items]),
    campaignsAmong(workspace, events),
  ]);
  const settled = await chargeAll(ledger, workspace, events, { priceAt, campaigns, at });
  const balance = newestBalance(settled) ?? (await ledger.head(workspace.id));
  if (!balance) throw new Error(`workspace ${workspace.id} has no wallet`);
  return {
    results: events.map(({ id }, i) => toResult(id, settled[i]!)),
    balanceMinor: balance.balanceMinor,
    availableMinor: balance.availableMinor,
    failures: settled.flatMap((one) => ('failure' in one ? [one.failure] : [])),
  };
}

type Campaigns = ReadonlyMap<string, CampaignOfUsage>;

/** The campaigns that events name as their resource. */
async function campaignsAmong(workspace: Workspace, events: readonly UsageEvent[]): Promise<Campaigns> {
  const resources = [...new Set(events.flatMap(({ resource }) => resource ?? []))].toSorted();
  return resources.length === 0 ? new Map() : campaignsNamed({ workspace, resources });
}

const campaignsNamed = onceEach(
  ({ workspace, resources }: { workspace: Workspace; resources: readonly string[] }) =>
    [workspace.id, ...resources].join('\n'),
  ({ workspace: { account, id }, resources }) => campaignsOfUsage({ account, workspace: id }, resources),
);

interface Known {
  priceAt: PriceAt;
  campaigns: Campaigns;
  at: Date;
}

/** All that have a cost reach the ledger in one call, so that the last money goes to the events in their order. */
async function chargeAll(
  ledger: Ledger,
  workspace: Workspace,
  events: readonly UsageEvent[],
  known: Known,
): Promise<Settled[]> {
  const postings = events.map((event) => postingOf(workspace, event, costOfEvent(event, known), known));
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
  { campaigns, at }: Known,
): Posting | { event: UsageEvent; invalid: string } {
  if (typeof cost === 'string') return { event, invalid: cost };
  const { item, quantity, person, at: usedAt } = event;
  const campaign = event.resource === undefined ? undefined : campaigns.get(event.resource);
  const resource = campaign?.name ?? event.resource;
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
    ...(campaign && { hold: campaign.hold }),
    ...(person !== undefined && { person }),
    ...(usedAt !== undefined && { effectiveAt: new Date(usedAt) }),
  };
}

/** The charge, or why there is none. */
function costOfEvent(
  event: UsageEvent,
  { priceAt, at: now }: Known,
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
