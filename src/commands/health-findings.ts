import type {
  EndingKey,
  EndlessCampaign,
  HealthFacts,
  LostChannel,
  LostNotice,
  SickWebhook,
} from '../cards/notices/health-card.js';
import { notArrived } from '../notices/outbox/not-arrived.js';
import type { Recipient } from '../notices/outbox/notice.js';
import { runningSinceBefore } from '../resources/campaigns.js';
import { keyEnd } from '../usage/key-age.js';
import { keysOf } from '../usage/keys.js';
import { waitingFor } from '../webhooks/deliveries.js';
import { endpointOf } from '../webhooks/endpoints.js';
import { bindingsOf } from '../workspace/bindings.js';
import type { Binding } from '../workspace/entities.js';
import { peopleByIds } from '../workspace/people.js';
import { policiesInForce } from '../workspace/policies.js';
import type { InWorkspace } from './command.js';

const DAY_MS = 86_400_000;
/** Time enough to replace a key without haste. */
const SOON_MS = 7 * DAY_MS;
/** What ended longer ago is missed by nobody. */
const LATELY_MS = 30 * DAY_MS;
const MOST_KEYS = 5;
/** Longer than any engine sends. */
const ENDLESS_MS = 14 * DAY_MS;
const MOST_CAMPAIGNS = 5;

/** A page of the workspace's notices that did not arrive, with their readers by name. */
export async function lostNotices(
  { account, at, workspace }: InWorkspace,
  page: { offset: number; limit: number },
): Promise<Pick<HealthFacts, 'notices' | 'noticesTotal'>> {
  const { notices, total } = await notArrived({ account: account.id, workspace: workspace.id, at, ...page });
  const readers = notices.flatMap(({ to }) => ('person' in to ? [to.person] : []));
  const [people, bindings] = await Promise.all([
    peopleByIds(account.id, readers),
    bindingsOf(account.id, workspace.id),
  ]);
  const nameOf = (to: Recipient): string => {
    if ('email' in to) return to.email;
    if ('person' in to) return people.get(to.person)?.name ?? 'somebody';
    const bound = bindings.find((binding) => isAt(binding, to.channel));
    return bound ? `#${bound.channelName}` : 'a channel that is no longer bound';
  };
  const lines = notices.map(
    ({ id, to, state, failure, since, says }): LostNotice => ({
      ...{ id, failure, to: nameOf(to), unknown: state === 'unknown', since: since.toISOString() },
      ...(says !== undefined && { says }),
    }),
  );
  return { notices: lines, noticesTotal: total };
}

function isAt(binding: Binding, to: { platform: string; tenant: string; channel: string }): boolean {
  return binding.platform === to.platform && binding.tenant === to.tenant && binding.channel === to.channel;
}

/** Bound channels that the bot is not in any more, and what no channel gets. */
export async function lostChannels({
  account,
  workspace,
}: InWorkspace): Promise<Pick<HealthFacts, 'lostChannels' | 'unbound'>> {
  const bindings = await bindingsOf(account.id, workspace.id);
  const lost = bindings.flatMap(({ id, channelName, platform, lostAt }): LostChannel[] =>
    lostAt ? [{ binding: id, name: channelName, platform, since: lostAt.toISOString() }] : [],
  );
  const missing = (purpose: 'alerts' | 'approvals') =>
    bindings.every((binding) => !binding.purposes.includes(purpose)) ? [purpose] : [];
  return { lostChannels: lost, unbound: [...missing('alerts'), ...missing('approvals')] };
}

/** The webhook where it needs somebody; one that was turned off by hand does not. */
export async function sickWebhook({ account, workspace }: InWorkspace): Promise<SickWebhook | undefined> {
  const of = { account: account.id, workspace: workspace.id };
  const endpoint = await endpointOf(of);
  if (!endpoint) return undefined;
  const { host, off, offSince, failingSince, failure } = endpoint;
  const { failed } = await waitingFor(of);
  const broken = off !== undefined && off !== 'byHand';
  if (!broken && !failingSince && failed === 0) return undefined;
  return {
    host,
    failed,
    ...(off && offSince && { off: { since: offSince.toISOString() } }),
    ...(failingSince && failure && { failing: { since: failingSince.toISOString(), met: failure } }),
  };
}

/** Campaigns that run for longer than sending takes, as nobody and no engine has ended them: what is set aside for them stays so. */
export async function endlessCampaigns({ account, at, services, workspace }: InWorkspace): Promise<EndlessCampaign[]> {
  const place = { account: account.id, workspace: workspace.id };
  const campaigns = await runningSinceBefore(place, new Date(at.getTime() - ENDLESS_MS), MOST_CAMPAIGNS);
  return Promise.all(
    campaigns.map(async ({ id, name, start }) => {
      const hold = await services.ledger.hold(workspace.id, id);
      const heldMinor = hold?.state === 'open' ? hold.remainingMinor : 0;
      return { id, name, since: (start.sendAt ?? start.at).toISOString(), heldMinor };
    }),
  );
}

/** Keys that end within a week or have ended lately, the soonest first. */
export async function endingKeys({ account, at, workspace }: InWorkspace): Promise<EndingKey[]> {
  const [keys, { keyMaxAgeDays }] = await Promise.all([
    keysOf(account.id, workspace.id),
    policiesInForce(account, workspace.id),
  ]);
  const ending = keys.flatMap((key): (EndingKey & { endMs: number })[] => {
    const end = key.revokedAt ? undefined : keyEnd(key, keyMaxAgeDays);
    const inMs = end ? end.getTime() - at.getTime() : Number.POSITIVE_INFINITY;
    if (!end || inMs > SOON_MS || inMs < -LATELY_MS) return [];
    const { id, name, rotations, expiresAt } = key;
    const renewable = !expiresAt || expiresAt > at;
    return [{ id, name, rotations, endsAt: end.toISOString(), over: inMs <= 0, renewable, endMs: end.getTime() }];
  });
  const soonest = ending.toSorted((one, other) => one.endMs - other.endMs).slice(0, MOST_KEYS);
  return soonest.map(({ endMs: _endMs, ...key }) => key);
}
