import type { Touched } from '../cards/policies/policy-cards.js';
import {
  elsewhereTouched,
  keysEnded,
  keysTouched,
  meetingsTouched,
  MOST_TOUCHED_NAMED,
  outsideTouched,
  peopleTouched,
  TOUCHES,
} from '../cards/policies/policy-impact-words.js';
import { meetingsBefore } from '../meetings/retention.js';
import { keyEnd } from '../usage/key-age.js';
import { keysOf } from '../usage/keys.js';
import { INVITERS, type Policies, type PolicyKey, type Role, type WhoMayInvite } from '../workspace/entities.js';
import { membersOf } from '../workspace/memberships.js';
import { UNSET } from '../workspace/policy-rows.js';
import { invitedElsewhere, membersElsewhere, membersFromOutside } from '../workspace/policy-touch.js';
import type { InWorkspace } from './command.js';

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

const always =
  (touched: Touched): Look =>
  async () => [touched];

const LOOKS: Readonly<Record<PolicyKey, Look>> = {
  emailDomains: async ({ account, at, workspace }, { after: { emailDomains } }) => {
    if (!emailDomains) return [TOUCHES.invited];
    const place = { account: account.id, workspace: workspace.id };
    const invited = await invitedElsewhere(place, emailDomains, at);
    const members = await membersElsewhere(place, emailDomains);
    return elsewhereTouched({ invited, members });
  },
  allowedTenants: async ({ account, workspace }, { after: { allowedTenants } }) => {
    if (!allowedTenants) return [TOUCHES.everybody];
    const outside = await membersFromOutside({ account: account.id, workspace: workspace.id }, allowedTenants);
    return [outsideTouched(outside)];
  },
  whoMayInvite: async (context, { before, after }) => {
    const rank = ({ whoMayInvite = UNSET.whoMayInvite }: Policies) => INVITERS.indexOf(whoMayInvite);
    const [from, to] = [rank(before), rank(after)].toSorted((a, b) => a - b) as [number, number];
    const between = INVITERS.slice(from, to).flatMap((who) => LOWEST[who]);
    return [await peopleWith(context, between)];
  },
  joinDirectly: always(TOUCHES.colleagues),
  defaultRole: always(TOUCHES.withoutRole),
  defaultLicence: always(TOUCHES.withoutLicence),
  whoMayCreateChannels: holding('member'),
  meetingVisibility: always(TOUCHES.newMeetings),
  meetingSharing: always(TOUCHES.hosts),
  meetingRetentionDays: async ({ account, at, workspace }, { after: { meetingRetentionDays: days } }) => {
    if (days === undefined) return [TOUCHES.everyMeeting];
    const before = new Date(at.getTime() - days * DAY_MS);
    const over = await meetingsBefore({ account: account.id, workspace: workspace.id, before });
    return [meetingsTouched(over)];
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
    roles.map((role) =>
      membersOf({ account: account.id, workspace: workspace.id, role, offset: 0, limit: MOST_TOUCHED_NAMED }),
    ),
  );
  const names = pages.flatMap(({ members }) => members.map(({ person }) => person.name));
  const total = pages.reduce((sum, page) => sum + page.total, 0);
  return peopleTouched(names, total);
}

async function touchedKeys(context: InWorkspace, { after: { keyMaxAgeDays } }: PolicyChange): Promise<Touched[]> {
  const { account, actor, at, workspace } = context;
  const keys = (await keysOf(account.id, workspace.id)).filter(
    (key) => !key.revokedAt && !(key.expiresAt && key.expiresAt <= at),
  );
  if (keyMaxAgeDays === undefined) return [keysTouched(keys.map(({ name }) => name))];
  const ending = keys.flatMap((key) => {
    const end = keyEnd(key, keyMaxAgeDays);
    return end ? [{ name: key.name, end }] : [];
  });
  return keysEnded({
    over: ending.filter(({ end }) => end <= at).map(({ name }) => name),
    later: ending.filter(({ end }) => end > at),
    zone: actor.timeZone ?? workspace.timeZone,
  });
}
