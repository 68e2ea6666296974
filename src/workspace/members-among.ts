import mongoose from 'mongoose';
import type { AccountId, Membership, PersonId, WorkspaceId } from './entities.js';
import type { MemberPage } from './memberships.js';
import { type PersonDoc, PersonModel, toPerson } from './person-model.js';
import { type MembershipDoc, MembershipModel, toMembership } from './workspace-model.js';

/**
 * Whether what somebody was given inside a workspace is theirs still: it ends with the membership that it was given in,
 * so that whoever leaves and comes back does not find old doors open.
 */
export function countsStill(membership: Pick<Membership, 'joinedAt'>, since: Date): boolean {
  return since >= membership.joinedAt;
}

/** Of these people, each with the time since when, a page of those for whom it counts still: by name. */
export async function membersAmong(query: {
  account: AccountId;
  workspace: WorkspaceId;
  given: ReadonlyMap<PersonId, Date>;
  offset: number;
  limit: number;
}): Promise<MemberPage> {
  const { account, workspace, given, offset, limit } = query;
  const people = mongoose.trusted({ $in: [...given.keys()] });
  const memberships = await MembershipModel.find({ account, workspace, person: people }).lean<MembershipDoc[]>();
  const counting = memberships.filter((membership) => countsStill(membership, given.get(membership.person)!));
  const byPerson = new Map(counting.map((membership) => [membership.person, toMembership(membership)]));
  const named = await PersonModel.find({ account, _id: mongoose.trusted({ $in: [...byPerson.keys()] }) })
    .sort({ foldedName: 1, _id: 1 })
    .skip(offset)
    .limit(limit)
    .lean<PersonDoc[]>();
  const members = named.map((doc) => ({ person: toPerson(doc), membership: byPerson.get(doc._id)! }));
  return { members, total: byPerson.size };
}
