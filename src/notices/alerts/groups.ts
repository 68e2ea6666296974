import mongoose from 'mongoose';
import { alertGroupCard } from '../../cards/notices/alert-group-card.js';
import { LEVELS } from '../../ledger/entry.js';
import type { Person } from '../../workspace/entities.js';
import { type Notice, type Recipient, recipientKey } from '../outbox/notice.js';
import { mayGet } from './limits.js';
import { type GroupMember, GroupModel, type GroupRow } from './group-model.js';
import type { Plan } from './plan.js';

/** So many alerts at once, or one soon after the other, to one recipient are one message. */
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

/** What comes to one recipient at once: new messages, and what owners are told directly. */
export function gather(plans: readonly Plan[]): Gathered[] {
  const lanes = new Map<string, { to: Recipient; plans: Plan[] }>();
  for (const plan of plans) {
    for (const to of [...plan.post, ...plan.owners.map(asRecipient)]) {
      const lane = lanes.get(recipientKey(to)) ?? { to, plans: [] };
      lanes.set(recipientKey(to), lane);
      lane.plans.push(plan);
    }
  }
  const many = [...lanes].filter(([, lane]) => lane.plans.length >= FROM);
  return many.map(([key, lane]) => ({ id: idOf(key, lane.plans[0]!), ...lane }));
}

const asRecipient = ({ id }: Person): Recipient => ({ person: id });

function idOf(lane: string, { workspace, next }: Plan): string {
  return `alerts:${workspace.id}:${next.revision}:${lane}`;
}

/** The plan without what these messages tell instead; it knows them. */
export function withoutGathered(plan: Plan, gathered: readonly Gathered[]): Plan {
  const shown = gathered.filter(({ plans }) => plans.includes(plan));
  if (shown.length === 0) return plan;
  const lanes = new Set(shown.map(({ to }) => recipientKey(to)));
  const isIn = (to: Recipient) => lanes.has(recipientKey(to));
  return {
    ...plan,
    post: plan.post.filter((to) => !isIn(to)),
    owners: plan.owners.filter((owner) => !isIn(asRecipient(owner))),
    informed: plan.owners.filter((owner) => isIn(asRecipient(owner))),
    next: knowing(
      plan,
      shown.map(({ id }) => id),
    ).next,
  };
}

function knowing(plan: Plan, groups: readonly string[]): Plan {
  return { ...plan, next: { ...plan.next, groups: [...plan.next.groups, ...groups] } };
}

/** Writes the message about several workspaces, in the surrounding transaction. */
export async function openGroup({ id, to, plans }: Gathered): Promise<Notice> {
  const { at, workspace } = plans[0]!;
  const { account } = workspace;
  const expiresAt = new Date(at.getTime() + KEEP_MS);
  const lane = recipientKey(to);
  const escalated = plans.some(({ post }) => !post.some((one) => recipientKey(one) === lane));
  const row: GroupRow = {
    ...{ _id: id, account, to, lane, openedAt: at, posted: true, revision: 1, members: plans.map(memberOf), expiresAt },
    ...(escalated && { escalated }),
  };
  await GroupModel.create([row]);
  return { ...noticeOf(row), anew: true };
}

/**
 * Shows a new alert in the message about several that its recipient got a moment ago, in the surrounding transaction:
 * where it is no worse than those, as nobody is notified of an edit. The third that is alone within that time opens one.
 */
export async function joinGroups(plan: Plan): Promise<{ plan: Plan; notices: Notice[] }> {
  if (plan.before.level !== 'ok') return { plan, notices: [] };
  const notices: Notice[] = [];
  const post: Recipient[] = [];
  const joined: string[] = [];
  for (const to of plan.post) {
    const shown = await joinPosted(plan, to);
    const row = shown ?? (await joinWaiting(plan, to));
    joined.push(row._id);
    if (shown) notices.push(noticeOf(shown));
    else if (row.members.length < FROM) post.push(to);
    else if (await mayGet(plan, to)) notices.push(await postTogether(row, plan.at));
  }
  return { plan: { ...knowing(plan, joined), post }, notices };
}

async function joinPosted(plan: Plan, to: Recipient): Promise<GroupRow | undefined> {
  const asBad = LEVELS.slice(LEVELS.indexOf(plan.next.level));
  return push(plan, to, { posted: true, 'members.level': mongoose.trusted({ $in: asBad }) });
}

/** Those that are too few for a message of their own wait for more. */
async function joinWaiting(plan: Plan, to: Recipient): Promise<GroupRow> {
  const waiting = await push(plan, to, { posted: false });
  if (waiting) return waiting;
  const { at, workspace } = plan;
  const lane = recipientKey(to);
  const row: GroupRow = {
    ...{ _id: idOf(lane, plan), account: workspace.account, to, lane, openedAt: at, posted: false, revision: 0 },
    ...{ members: [memberOf(plan)], expiresAt: new Date(at.getTime() + KEEP_MS) },
  };
  await GroupModel.create([row]);
  return row;
}

async function push(plan: Plan, to: Recipient, where: mongoose.QueryFilter<GroupRow>): Promise<GroupRow | undefined> {
  const { at, workspace } = plan;
  const row = await GroupModel.findOneAndUpdate(
    {
      account: workspace.account,
      lane: recipientKey(to),
      openedAt: mongoose.trusted({ $gt: new Date(at.getTime() - OPEN_MS) }),
      'members.workspace': mongoose.trusted({ $ne: workspace.id }),
      ...where,
    },
    { $push: { members: memberOf(plan) }, $inc: { revision: 1 } },
    { returnDocument: 'after', sort: { openedAt: -1 } },
  ).lean<GroupRow>();
  return row ?? undefined;
}

async function postTogether(row: GroupRow, at: Date): Promise<Notice> {
  await GroupModel.updateOne({ _id: row._id, account: row.account }, { $set: { posted: true, openedAt: at } });
  return { ...noticeOf(row), anew: true };
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
    if (row?.posted) notices.push(noticeOf(row));
  }
  return notices;
}

function noticeOf({ _id, account, to, revision, members, escalated = false }: GroupRow): Notice {
  const card = alertGroupCard(members, { escalated });
  return { id: `${_id}:${revision}`, account, to, card, subject: _id, revision, urgent: true };
}

function memberOf({ workspace, about, doing, next: { level, daysLeft, snooze } }: Plan): GroupMember {
  const { id, name, currency, status } = workspace;
  return {
    workspace: id,
    name,
    currency,
    level,
    balanceMinor: about.balanceMinor,
    ...(daysLeft !== undefined && { daysLeft }),
    ...(doing && { doing }),
    ...(snooze && { snoozed: true }),
    ...(status !== 'active' && { disabled: true }),
  };
}
