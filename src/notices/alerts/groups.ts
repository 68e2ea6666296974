import mongoose from 'mongoose';
import { alertGroupCard } from '../../cards/notices/alert-group-card.js';
import { LEVELS } from '../../ledger/entry.js';
import { type Notice, type Recipient, recipientKey } from '../outbox/notice.js';
import { type GroupMember, GroupModel, type GroupRow } from './group-model.js';
import type { Plan } from './plan.js';

/** So many alerts at once to one recipient are one message. */
const FROM = 3;
/** As long as the outbox knows the message. */
const KEEP_MS = 400 * 86_400_000;
/** Whoever runs low so soon after others is shown with them: each would be one message more. */
const OPEN_MS = 5 * 60_000;

/** Alerts of several workspaces that one recipient would get at once. */
export interface Gathered {
  id: string;
  to: Recipient;
  plans: readonly Plan[];
}

/** The posts that come to one recipient at once, and the plans without them; they know which message shows them instead. */
export function gather(plans: readonly Plan[]): { gathered: Gathered[]; plans: Plan[] } {
  const lanes = new Map<string, { to: Recipient; plans: Plan[] }>();
  for (const plan of plans) {
    for (const to of plan.post) {
      const lane = lanes.get(recipientKey(to)) ?? { to, plans: [] };
      lanes.set(recipientKey(to), lane);
      lane.plans.push(plan);
    }
  }
  const many = [...lanes].filter(([, lane]) => lane.plans.length >= FROM);
  const gathered = many.map(([key, lane]) => ({ id: idOf(key, lane.plans), ...lane }));
  return { gathered, plans: plans.map((plan) => withoutGathered(plan, gathered)) };
}

function idOf(lane: string, [first]: readonly Plan[]): string {
  const { workspace, next } = first!;
  return `alerts:${workspace.id}:${next.revision}:${lane}`;
}

function withoutGathered(plan: Plan, gathered: readonly Gathered[]): Plan {
  const shown = gathered.filter(({ plans }) => plans.includes(plan));
  if (shown.length === 0) return plan;
  const lanes = new Set(shown.map(({ to }) => recipientKey(to)));
  return {
    ...plan,
    post: plan.post.filter((to) => !lanes.has(recipientKey(to))),
    next: { ...plan.next, groups: [...plan.next.groups, ...shown.map(({ id }) => id)] },
  };
}

/** Writes the message about several workspaces, in the surrounding transaction. */
export async function openGroup({ id, to, plans }: Gathered): Promise<Notice> {
  const { at, workspace } = plans[0]!;
  const { account } = workspace;
  const expiresAt = new Date(at.getTime() + KEEP_MS);
  const lane = recipientKey(to);
  const row = { _id: id, account, to, lane, openedAt: at, revision: 1, members: plans.map(memberOf), expiresAt };
  await GroupModel.create([row]);
  return { ...noticeOf(row), anew: true };
}

/**
 * Shows a new alert in the message about several that its recipient got a moment ago, in the surrounding transaction:
 * where it is no worse than those, as nobody is notified of an edit.
 */
export async function joinGroups(plan: Plan): Promise<{ plan: Plan; notices: Notice[] }> {
  const notices: Notice[] = [];
  const post: Recipient[] = [];
  const joined: string[] = [];
  for (const to of plan.post) {
    const row = plan.before.level === 'ok' ? await join(plan, to) : undefined;
    if (row) {
      joined.push(row._id);
      notices.push(noticeOf(row));
    } else post.push(to);
  }
  if (joined.length === 0) return { plan, notices };
  return { plan: { ...plan, post, next: { ...plan.next, groups: [...plan.next.groups, ...joined] } }, notices };
}

async function join(plan: Plan, to: Recipient): Promise<GroupRow | undefined> {
  const { at, next, workspace } = plan;
  const asBad = LEVELS.slice(LEVELS.indexOf(next.level));
  const row = await GroupModel.findOneAndUpdate(
    {
      account: workspace.account,
      lane: recipientKey(to),
      openedAt: mongoose.trusted({ $gt: new Date(at.getTime() - OPEN_MS) }),
      'members.workspace': mongoose.trusted({ $ne: workspace.id }),
      'members.level': mongoose.trusted({ $in: asBad }),
    },
    { $push: { members: memberOf(plan) }, $inc: { revision: 1 } },
    { returnDocument: 'after', sort: { openedAt: -1 } },
  ).lean<GroupRow>();
  return row ?? undefined;
}

/** Brings the messages about several workspaces up to date that showed this one before, in the surrounding transaction. */
export async function updateGroups(plan: Plan): Promise<Notice[]> {
  if (!plan.card) return [];
  const notices: Notice[] = [];
  for (const id of plan.before.groups) {
    const row = await GroupModel.findOneAndUpdate(
      { _id: id, account: plan.workspace.account, 'members.workspace': plan.workspace.id },
      { $set: { 'members.$': memberOf(plan) }, $inc: { revision: 1 } },
      { returnDocument: 'after' },
    ).lean<GroupRow>();
    if (row) notices.push(noticeOf(row));
  }
  return notices;
}

function noticeOf({ _id, account, to, revision, members }: GroupRow): Notice {
  const card = alertGroupCard(members);
  return { id: `${_id}:${revision}`, account, to, card, subject: _id, revision, urgent: true };
}

function memberOf({ workspace: { id, name, currency }, about, next: { level, daysLeft } }: Plan): GroupMember {
  return {
    workspace: id,
    name,
    currency,
    level,
    balanceMinor: about.balanceMinor,
    ...(daysLeft !== undefined && { daysLeft }),
  };
}
