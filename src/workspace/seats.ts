import mongoose from 'mongoose';
import { refuse } from '../refusal.js';
import { type AccountDoc, AccountModel } from './account-model.js';
import { type AccountId, LICENCES, type Licence, type PersonId, ROLES, type WorkspaceId } from './entities.js';
import { holders } from './permissions.js';
import { type PersonDoc, PersonModel } from './person-model.js';
import { type MembershipDoc, MembershipModel } from './workspace-model.js';

const NAMES_AT_MOST = 3;

/** Distinct people per licence over the whole account. Suspended people keep their seat. */
export async function seatsUsed(account: AccountId): Promise<Record<Licence, number>> {
  const groups = await MembershipModel.aggregate<{ _id: Licence; used: number }>([
    { $match: { account } },
    { $group: { _id: { licence: '$licence', person: '$person' } } },
    { $group: { _id: '$_id.licence', used: { $sum: 1 } } },
  ]);
  const used = new Map(groups.map((group) => [group._id, group.used]));
  return Object.fromEntries(LICENCES.map((licence) => [licence, used.get(licence) ?? 0])) as Record<Licence, number>;
}

interface Wanted {
  account: AccountId;
  workspace: WorkspaceId;
  licence: Licence;
  /** Nobody yet, for an invitation by e-mail. */
  person?: PersonId;
}

/** Refuses where the licence has no free seat and the person holds none yet: names who could free one. */
export async function assertSeatFree(wanted: Wanted): Promise<void> {
  const { account, licence, person } = wanted;
  if (person && (await MembershipModel.exists({ account, licence, person }))) return;
  const doc = await AccountModel.findOne({ _id: account }).lean<AccountDoc>().orFail();
  const used = (await seatsUsed(account))[licence];
  const seats = doc.seats[licence];
  if (used < seats) return;
  refuse({ kind: 'noSeat', licence, used, seats, plan: doc.plan, couldFree: await namesOfWhoCouldFree(wanted) });
}

/**
 * As assertSeatFree, in the transaction that is about to take the seat: whoever takes one writes the account's
 * document, so of two who count the same free seat one has to count again.
 */
export async function takeSeat(wanted: Wanted & { person: PersonId }): Promise<void> {
  await AccountModel.updateOne({ _id: wanted.account }, { $inc: { seatChanges: 1 } });
  await assertSeatFree(wanted);
}

/** Names of those who may unlink somebody, the highest first. */
async function namesOfWhoCouldFree({ account, workspace }: Wanted): Promise<string[]> {
  const names: string[] = [];
  for (const role of ROLES.toReversed().filter((role) => holders('unlinkMember').includes(role))) {
    const held = await MembershipModel.find({ account, workspace, role, suspended: false }).lean<MembershipDoc[]>();
    const people = await PersonModel.find({ account, _id: mongoose.trusted({ $in: held.map(({ person }) => person) }) })
      .sort({ foldedName: 1 })
      .limit(NAMES_AT_MOST)
      .lean<PersonDoc[]>();
    names.push(...people.map(({ name }) => name));
  }
  return names.slice(0, NAMES_AT_MOST);
}
