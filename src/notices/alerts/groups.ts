import { alertGroupCard } from '../../cards/notices/alert-group-card.js';
import { type Notice, type Recipient, recipientKey } from '../outbox/notice.js';
import { type GroupMember, GroupModel, type GroupRow } from './group-model.js';
import type { Plan } from './plan.js';

/** So many alerts at once to one recipient are one message. */
const FROM = 3;
/** As long as the outbox knows the message. */
const KEEP_MS = 400 * 86_400_000;

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
  const row: GroupRow = { _id: id, account, to, revision: 1, members: plans.map(memberOf), expiresAt };
  await GroupModel.create([row]);
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
