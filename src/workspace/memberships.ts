import mongoose from 'mongoose';
import { inTransaction } from '../mongo.js';
import { activate, AT_ONCE, lockMemberships, placesOf, settleActive } from './active.js';
import { writeAudit } from './audit.js';
import {
  type AccountId,
  type Membership,
  type Person,
  type PersonId,
  type Role,
  type Workspace,
  type WorkspaceId,
} from './entities.js';
import { foldedPattern } from './fold.js';
import { approval, type Departure, type MemberChange, type Undoable } from './member-change.js';
import { keepForUndo } from './member-changes.js';
import { memberEvent } from './member-events.js';
import { peopleByIds } from './people.js';
import { changeableMember, memberOf, ownMembership, refusePrimaryOwner, usableWorkspace } from './rank.js';
import { keepingCount } from './seats.js';
import {
  type MembershipDoc,
  MembershipModel,
  toMembership,
  toWorkspace,
  type WorkspaceDoc,
  WorkspaceModel,
} from './workspace-model.js';

/** A person's place in one workspace. */
export interface Seat {
  workspace: Workspace;
  membership: Membership;
}

export interface MemberPage {
  members: { person: Person; membership: Membership }[];
  /** Of all pages. */
  total: number;
}

/** All of the person's memberships, suspended ones too, the first joined first. */
export async function membershipsOf(account: AccountId, person: PersonId): Promise<Seat[]> {
  const places = await placesOf(account, person);
  return places.map(({ workspace, membership }) => ({
    workspace: toWorkspace(workspace),
    membership: toMembership(membership),
  }));
}

/** Where the person is suspended. */
export async function suspendedIn(account: AccountId, person: PersonId): Promise<WorkspaceId[]> {
  const docs = await MembershipModel.find({ account, person, suspended: true }).lean<MembershipDoc[]>();
  return docs.map(({ workspace }) => workspace);
}

/** What the person is in those of these workspaces that they may use. */
export async function rolesIn(
  account: AccountId,
  person: PersonId,
  workspaces: readonly WorkspaceId[],
): Promise<ReadonlyMap<WorkspaceId, Role>> {
  if (workspaces.length === 0) return new Map();
  const among = { account, person, suspended: false, workspace: mongoose.trusted({ $in: [...workspaces] }) };
  const docs = await MembershipModel.find(among).batchSize(AT_ONCE).lean<MembershipDoc[]>();
  return new Map(docs.map(({ workspace, role }) => [workspace, role]));
}

/** The person's place in that workspace, a suspended one too. */
export async function seatIn(account: AccountId, person: PersonId, workspace: WorkspaceId): Promise<Seat | undefined> {
  const held = await membership(account, workspace, person);
  const doc = held && (await WorkspaceModel.findOne({ account, _id: workspace }).lean<WorkspaceDoc>());
  return doc ? { workspace: toWorkspace(doc), membership: held } : undefined;
}

export async function membership(
  account: AccountId,
  workspace: WorkspaceId,
  person: PersonId,
): Promise<Membership | undefined> {
  const doc = await MembershipModel.findOne({ account, workspace, person }).lean<MembershipDoc>();
  return doc ? toMembership(doc) : undefined;
}

/** One page of a workspace's members, by name. `search` is part of a name or of an e-mail address. */
export async function membersOf(query: {
  account: AccountId;
  workspace: WorkspaceId;
  role?: Role;
  search?: string;
  offset: number;
  limit: number;
}): Promise<MemberPage> {
  const { account, workspace, role, search, offset, limit } = query;
  const among = { account, workspace, ...(role && { role }), ...(search && containing(search)) };
  const docs = await MembershipModel.find(among)
    .sort({ foldedName: 1, person: 1 })
    .skip(offset)
    .limit(limit)
    .lean<MembershipDoc[]>();
  const isLast = docs.length > 0 && docs.length < limit;
  const total = isLast ? offset + docs.length : await MembershipModel.countDocuments(among);
  const people = await peopleByIds(
    account,
    docs.map(({ person }) => person),
  );
  const members = docs.flatMap((doc) => {
    const person = people.get(doc.person);
    return person ? [{ person, membership: toMembership(doc) }] : [];
  });
  return { members, total };
}

function containing(search: string): object {
  return { searched: mongoose.trusted({ $regex: foldedPattern(search) }) };
}

/** Who has one of these roles in the workspace and may use it: suspended people are left out. The first joined first. */
export async function holdersOf(account: AccountId, workspace: WorkspaceId, roles: readonly Role[]): Promise<Person[]> {
  const memberships = await MembershipModel.find({
    account,
    workspace,
    role: mongoose.trusted({ $in: [...roles] }),
    suspended: false,
  })
    .sort({ joinedAt: 1, _id: 1 })
    .lean<MembershipDoc[]>();
  const ids: PersonId[] = memberships.map(({ person }) => person);
  const people = await peopleByIds(account, ids);
  return ids.flatMap((id) => people.get(id) ?? []);
}

/** Makes another of the person's workspaces the active one. Refuses where they are no member, suspended, or it is disabled. */
export function switchActive(to: {
  account: AccountId;
  person: PersonId;
  workspace: WorkspaceId;
  at: Date;
}): Promise<{ before?: WorkspaceId; after: Seat }> {
  const { account, person, workspace: target, at } = to;
  return inTransaction(async () => {
    await lockMemberships(account, person);
    const active = await MembershipModel.findOne({ account, person, active: true }).lean<MembershipDoc>();
    const before = active?.workspace;
    const membership = await ownMembership(to);
    const workspace = await usableWorkspace(to);
    if (before !== target) {
      await activate(membership);
      await writeAudit({ account, workspace: target, by: person, action: 'member.switched', person, at });
    }
    const after = { workspace: toWorkspace(workspace), membership: { ...toMembership(membership), active: true } };
    return { ...(before && { before }), after };
  });
}

/**
 * Gives a member another role. Refuses by the rank guard, and to touch the primary owner, who hands over instead.
 * Giving the role that they have changes nothing.
 */
export function changeRole(
  change: MemberChange & { role: Role },
): Promise<{ before: Role; after: Membership; undo?: Undoable }> {
  const { account, workspace, person, by, role, at } = change;
  return inTransaction(async () => {
    const target = await changeableMember(change, role);
    const after = toMembership({ ...target, role });
    if (target.role === role) return { before: role, after };
    await MembershipModel.updateOne({ account, workspace, person }, { $set: { role } });
    const detail = { from: target.role, to: role, ...approval(change) };
    await writeAudit({ account, workspace, by, action: 'member.roleChanged', person, detail, at });
    await memberEvent(target, 'member.roleChanged', at, { role, was: target.role });
    const undo = await keepForUndo(change, { what: 'role', before: target, after: { role } });
    return { before: target.role, after, undo };
  });
}

/**
 * Unlinks a member: their seat is free, and where they were active there another workspace becomes active. Refuses by
 * the rank guard, and the primary owner. `handedTo` got what they held there.
 */
export function removeMember(change: MemberChange & Parting): Promise<Departure> {
  return inTransaction(async () => {
    const target = await changeableMember(change);
    const gone = await depart(target, 'member.removed', change);
    const movedTo = target.active && gone.active ? { movedTo: gone.active.id } : {};
    const handedTo = change.handedTo && { handedTo: change.handedTo };
    const undo = await keepForUndo(change, { what: 'removal', before: target, ...movedTo, ...handedTo });
    return { ...gone, undo };
  });
}

/** As removeMember, by oneself. A suspended member may leave too. */
export function leaveWorkspace(
  leaving: Omit<MemberChange, 'by' | 'approvedBy'> & Pick<Parting, 'handedTo'>,
): Promise<Departure> {
  return inTransaction(async () => {
    const target = await memberOf(leaving);
    if (target.role === 'primaryOwner') await refusePrimaryOwner(target, leaving.person);
    return depart(target, 'member.left', { ...leaving, by: leaving.person });
  });
}

interface Parting {
  reason?: string;
  handedTo?: PersonId;
}

async function depart(
  target: MembershipDoc,
  action: 'member.removed' | 'member.left',
  change: MemberChange & Parting,
): Promise<Departure> {
  const { account, workspace, person, by, reason, handedTo, at } = change;
  await lockMemberships(account, person);
  await keepingCount(account, [person], () => MembershipModel.deleteOne({ account, workspace, person }));
  const active = await settleActive(account, person);
  const detail = { role: target.role, ...(reason && { reason }), ...(handedTo && { handedTo }), ...approval(change) };
  await writeAudit({ account, workspace, by, action, person, detail, at });
  await memberEvent(target, action, at);
  return { before: toMembership(target), ...(active && { active: toWorkspace(active) }) };
}
