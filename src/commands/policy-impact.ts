import { count, listOf } from '../cards/parts.js';
import { timeWords } from '../cards/plain-text.js';
import type { Touched } from '../cards/policies/policy-cards.js';
import { meetingsBefore } from '../meetings/retention.js';
import { keyEnd } from '../usage/key-age.js';
import { keysOf } from '../usage/keys.js';
import { INVITERS, type Policies, type PolicyKey, type Role, type WhoMayInvite } from '../workspace/entities.js';
import { membersOf } from '../workspace/memberships.js';
import { UNSET } from '../workspace/policy-rows.js';
import { invitedElsewhere, membersElsewhere, membersFromOutside } from '../workspace/policy-touch.js';
import type { InWorkspace } from './command.js';

const NAMED = 8;
const DAY_MS = 24 * 3_600_000;

/** What is to change: `Policies[key]` before and after. */
export interface PolicyChange {
  key: PolicyKey;
  before: Policies;
  after: Policies;
}

type Look = (context: InWorkspace, change: PolicyChange) => Promise<Touched[]>;

/** Whom or what a change of a policy touches, as things are now. */
export function touchedBy(context: InWorkspace, change: PolicyChange): Promise<Touched[]> {
  return LOOKS[change.key](context, change);
}

const holding =
  (...roles: Role[]): Look =>
  async (context) => [await peopleWith(context, roles)];

const fromNowOn =
  (value: string): Look =>
  async () => [{ label: 'It touches', value }];

const LOOKS: Readonly<Record<PolicyKey, Look>> = {
  emailDomains: async ({ account, at, workspace }, { after: { emailDomains } }) => {
    if (!emailDomains) return [{ label: 'It touches', value: 'whoever is invited from now on' }];
    const place = { account: account.id, workspace: workspace.id };
    const invited = await invitedElsewhere(place, emailDomains, at);
    const members = await membersElsewhere(place, emailDomains);
    return [
      { label: 'Can no longer accept', value: named(invited, 'nobody who is invited') },
      { label: 'Are elsewhere and stay', value: named(members, 'no member') },
    ];
  },
  allowedTenants: async ({ account, workspace }, { after: { allowedTenants } }) => {
    if (!allowedTenants) return [{ label: 'It touches', value: 'everybody: all chats of the company count again' }];
    const outside = await membersFromOutside({ account: account.id, workspace: workspace.id }, allowedTenants);
    return [{ label: 'Can do nothing here any more', value: named(outside, 'no member') }];
  },
  whoMayInvite: async (context, { before, after }) => {
    const rank = ({ whoMayInvite = UNSET.whoMayInvite }: Policies) => INVITERS.indexOf(whoMayInvite);
    const [from, to] = [rank(before), rank(after)].toSorted((a, b) => a - b) as [number, number];
    const between = INVITERS.slice(from, to).flatMap((who) => LOWEST[who]);
    return [await peopleWith(context, between)];
  },
  joinDirectly: fromNowOn('colleagues of other workspaces who are invited from now on'),
  defaultRole: fromNowOn('whoever is invited from now on without a role'),
  defaultLicence: fromNowOn('whoever is invited from now on without a licence'),
  whoMayCreateChannels: holding('member'),
  meetingVisibility: fromNowOn('meetings from now on'),
  meetingSharing: fromNowOn('everybody who hosts meetings here'),
  meetingRetentionDays: async ({ account, at, workspace }, { after: { meetingRetentionDays: days } }) => {
    if (days === undefined) return [{ label: 'It touches', value: 'every meeting here: none is deleted any more' }];
    const before = new Date(at.getTime() - days * DAY_MS);
    const over = await meetingsBefore({ account: account.id, workspace: workspace.id, before });
    return [{ label: 'Deleted within the hour', value: over === 0 ? 'no meeting yet' : count(over, 'meeting') }];
  },
  ownersCapMinor: holding('owner'),
  retypeAboveMinor: holding('primaryOwner', 'owner'),
  twoPeopleAboveMinor: holding('primaryOwner', 'owner'),
  campaignApprovalAboveMinor: holding('member'),
  keyMaxAgeDays: touchedKeys,
};

/** Whom `members`, `admins` lets in that the next does not. */
const LOWEST: Readonly<Record<WhoMayInvite, Role[]>> = { members: ['member'], admins: ['admin'], owners: [] };

async function peopleWith({ account, workspace }: InWorkspace, roles: readonly Role[]): Promise<Touched> {
  const pages = await Promise.all(
    roles.map((role) => membersOf({ account: account.id, workspace: workspace.id, role, offset: 0, limit: NAMED })),
  );
  const names = pages.flatMap(({ members }) => members.map(({ person }) => person.name));
  const total = pages.reduce((sum, page) => sum + page.total, 0);
  return { label: 'It touches', value: named(names, 'nobody yet', total) };
}

async function touchedKeys(context: InWorkspace, { after: { keyMaxAgeDays } }: PolicyChange): Promise<Touched[]> {
  const { account, actor, at, workspace } = context;
  const keys = (await keysOf(account.id, workspace.id)).filter(
    (key) => !key.revokedAt && !(key.expiresAt && key.expiresAt <= at),
  );
  if (keyMaxAgeDays === undefined)
    return [
      {
        label: 'It touches',
        value: named(
          keys.map(({ name }) => name),
          'no key',
        ),
      },
    ];
  const ending = keys.flatMap((key) => {
    const end = keyEnd(key, keyMaxAgeDays);
    return end ? [{ name: key.name, end }] : [];
  });
  const over = ending.filter(({ end }) => end <= at).map(({ name }) => name);
  const zone = actor.timeZone ?? workspace.timeZone;
  const later = ending
    .filter(({ end }) => end > at)
    .map(({ name, end }) => `${name} on ${timeWords(end.toISOString(), 'date', zone)}`);
  return [
    { label: 'Stop working at once', value: named(over, 'no key') },
    { label: 'Stop later', value: named(later, 'no key') },
  ];
}

/** `total`: of all, where `names` are the first of them. */
function named(names: readonly string[], none: string, total = names.length): string {
  if (total === 0) return none;
  if (total === names.length) return listOf(names, 'and', NAMED);
  return `${names.slice(0, NAMED).join(', ')} and ${count(total - Math.min(names.length, NAMED), 'other')}`;
}
