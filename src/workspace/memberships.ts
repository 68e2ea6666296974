import mongoose from 'mongoose';
import { inTransaction } from '../mongo.js';
import { activate, lockMemberships, placesOf, settleActive } from './active.js';
import { writeAudit } from './audit.js';
import type { AuditAction } from './audit-entry.js';
import {
  type AccountId,
  type Membership,
  type Person,
  type PersonId,
  type Role,
  type Workspace,
  type WorkspaceId,
} from './entities.js';
import { fold } from './fold.js';
import { approval, type Departure, type MemberChange } from './member-change.js';
import { peopleByIds } from './people.js';
import { type PersonDoc, PersonModel, toPerson } from './person-model.js';
import { assertRank, memberOf, ownMembership, refusePrimaryOwner, usableWorkspace } from './rank.js';
import { type MembershipDoc, MembershipModel, toMembership, toWorkspace } from './workspace-model.js';

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
  const memberships = await MembershipModel.find({ account, workspace, ...(role && { role }) }).lean<MembershipDoc[]>();
  const byPerson = new Map(memberships.map((membership) => [membership.person, toMembership(membership)]));
  const among = { account, _id: mongoose.trusted({ $in: [...byPerson.keys()] }), ...(search && containing(search)) };
  const [total, people] = await Promise.all([
    PersonModel.countDocuments(among),
    PersonModel.find(among).sort({ foldedName: 1, _id: 1 }).skip(offset).limit(limit).lean<PersonDoc[]>(),
  ]);
  const members = people.flatMap((doc) => {
    const membership = byPerson.get(doc._id);
    return membership ? [{ person: toPerson(doc), membership }] : [];
  });
  return { members, total };
}

function containing(search: string): { $or: object[] } {
  const literal = fold(search).replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const found = mongoose.trusted({ $regex: literal, $options: 'i' });
  return { $or: [{ foldedName: found }, { email: found }] };
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
    const places = await placesOf(account, person);
    const before = places.find(({ membership }) => membership.active)?.membership.workspace;
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
export function changeRole(change: MemberChange & { role: Role }): Promise<{ before: Role; after: Membership }> {
  const { account, workspace, person, by, role, at } = change;
  return inTransaction(async () => {
    const target = await memberOf(change);
    if (target.role === 'primaryOwner') await refusePrimaryOwner(target);
    await assertRank(change, target, role);
    const after = toMembership({ ...target, role });
    if (target.role === role) return { before: role, after };
    await MembershipModel.updateOne({ account, workspace, person }, { $set: { role } });
    const detail = { from: target.role, to: role, ...approval(change) };
    await writeAudit({ account, workspace, by, action: 'member.roleChanged', person, detail, at });
    return { before: target.role, after };
  });
}

/** Unlinks a member: their seat is free, and where they were active there another workspace becomes active. */
export function removeMember(change: MemberChange & { reason?: string }): Promise<Departure> {
  return inTransaction(async () => {
    const target = await memberOf(change);
    if (target.role === 'primaryOwner') await refusePrimaryOwner(target);
    await assertRank(change, target);
    return depart(target, 'member.removed', change);
  });
}

/** As removeMember, by oneself. A suspended member may leave too. */
export function leaveWorkspace(leaving: {
  account: AccountId;
  workspace: WorkspaceId;
  person: PersonId;
  at: Date;
}): Promise<Departure> {
  return inTransaction(async () => {
    const target = await memberOf(leaving);
    if (target.role === 'primaryOwner') await refusePrimaryOwner(target);
    return depart(target, 'member.left', { ...leaving, by: leaving.person });
  });
}

async function depart(
  target: MembershipDoc,
  action: AuditAction,
  change: MemberChange & { reason?: string },
): Promise<Departure> {
  const { account, workspace, person, by, reason, at } = change;
  await lockMemberships(account, person);
  await MembershipModel.deleteOne({ account, workspace, person });
  const active = await settleActive(account, person);
  const detail = { role: target.role, ...(reason && { reason }), ...approval(change) };
  await writeAudit({ account, workspace, by, action, person, detail, at });
  return { before: toMembership(target), ...(active && { active: toWorkspace(active) }) };
}
