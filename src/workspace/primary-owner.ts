import { refuse } from '../refusal.js';
import { lockMemberships } from './active.js';
import type { AccountId, PersonId, WorkspaceId } from './entities.js';
import { nameOf, workspaceName } from './rank.js';
import { type MembershipDoc, MembershipModel } from './workspace-model.js';

interface Place {
  account: AccountId;
  workspace: WorkspaceId;
}

/** Who the primary owner is: there is always exactly one. */
export async function primaryOwnerOf({ account, workspace }: Place): Promise<PersonId> {
  const found = await MembershipModel.findOne({ account, workspace, role: 'primaryOwner' })
    .lean<MembershipDoc>()
    .orFail();
  return found.person;
}

/**
 * Moves primary ownership in the surrounding transaction; whoever had it becomes an owner. The new one must be a member
 * there as they are expected to be, and not suspended.
 * @throws Refusal handoverGone where `from` has it no more; notAnOwner where `to` is not such a member any more
 */
export async function movePrimaryOwnership(
  move: Place & { from: PersonId; to: PersonId; expected?: 'owner' },
): Promise<void> {
  const { account, workspace, from, to, expected } = move;
  const place = { account, workspace };
  for (const person of [from, to].toSorted()) await lockMemberships(account, person);
  // The one before the other: never are there two, by the unique index.
  const former = await MembershipModel.updateOne(
    { ...place, person: from, role: 'primaryOwner' },
    { $set: { role: 'owner' } },
  );
  if (former.matchedCount === 0) refuse({ kind: 'handoverGone', why: 'changed' });
  const next = await MembershipModel.updateOne(
    { ...place, person: to, suspended: false, ...(expected && { role: expected }) },
    { $set: { role: 'primaryOwner' } },
  );
  if (next.matchedCount === 0) await refuseNotOwner(place, to);
}

/** The one whom it was meant for is no owner there, or suspended. */
export async function refuseNotOwner({ account, workspace }: Place, person: PersonId): Promise<never> {
  const named = { name: await nameOf(account, person), workspaceName: await workspaceName({ account, workspace }) };
  return refuse({ kind: 'notAnOwner', person, workspace, ...named });
}
