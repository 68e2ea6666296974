import type { AccountId, PersonId } from './entities.js';
import { refuse } from '../refusal.js';
import mongoose from 'mongoose';
import { PersonModel } from './person-model.js';
import { type MembershipDoc, MembershipModel, type WorkspaceDoc, WorkspaceModel } from './workspace-model.js';

/** A membership with its workspace, as stored. */
export interface Place {
  workspace: WorkspaceDoc;
  membership: MembershipDoc;
}

/** More than a person's memberships: what is found comes in one answer. */
export const AT_ONCE = 1_000;

/** The person's memberships, the first joined first. */
export async function placesOf(account: AccountId, person: PersonId): Promise<Place[]> {
  const memberships = await MembershipModel.find({ account, person })
    .sort({ joinedAt: 1, _id: 1 })
    .batchSize(AT_ONCE)
    .lean<MembershipDoc[]>();
  const ids = memberships.map(({ workspace }) => workspace);
  const workspaces = await WorkspaceModel.find({ account, _id: mongoose.trusted({ $in: ids }) })
    .batchSize(AT_ONCE)
    .lean<WorkspaceDoc[]>();
  const byId = new Map(workspaces.map((workspace) => [workspace._id, workspace]));
  return memberships.flatMap((membership) => {
    const workspace = byId.get(membership.workspace);
    return workspace ? [{ workspace, membership }] : [];
  });
}

/**
 * Before a change of the person's memberships: of two such changes at once, the later sees what the earlier did.
 * Refuses somebody of another account.
 */
export async function lockMemberships(account: AccountId, person: PersonId): Promise<void> {
  const { matchedCount } = await PersonModel.updateOne({ account, _id: person }, { $inc: { moves: 1 } });
  if (matchedCount === 0) refuse({ kind: 'otherAccount', name: 'This person' });
}

/** Moves the person to this membership. */
export async function activate({ account, person, _id }: MembershipDoc): Promise<void> {
  await MembershipModel.updateMany({ account, person, active: true }, { $set: { active: false } });
  await MembershipModel.updateOne({ account, _id }, { $set: { active: true } });
}

/**
 * Sees to it that a person with memberships has an active one, and a usable one where there is any: who is suspended
 * or removed where they are active moves to where they joined last. Returns where they are active now.
 */
export async function settleActive(account: AccountId, person: PersonId): Promise<WorkspaceDoc | undefined> {
  const places = await placesOf(account, person);
  const now = places.find(({ membership }) => membership.active);
  if (now && isUsable(now)) return now.workspace;
  const next = places.findLast(isUsable) ?? now ?? places.at(-1);
  if (next && next !== now) await activate(next.membership);
  return next?.workspace;
}

const isUsable = ({ workspace, membership }: Place): boolean => !membership.suspended && workspace.status === 'active';
