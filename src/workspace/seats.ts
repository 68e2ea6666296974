import mongoose from 'mongoose';
import type { Minor } from '../ledger/entry.js';
import { refuse } from '../refusal.js';
import { type AccountDoc, AccountModel } from './account-model.js';
import {
  type Account,
  type AccountId,
  LICENCES,
  type Licence,
  type PersonId,
  ROLES,
  type WorkspaceId,
} from './entities.js';
import { holders } from './permissions.js';
import { type PersonDoc, PersonModel } from './person-model.js';
import { nextPlan, planPriceMinor } from './plans.js';
import { type MembershipDoc, MembershipModel } from './workspace-model.js';

const NAMES_AT_MOST = 3;

type Seats = Record<Licence, number>;

const perLicence = (number: (licence: Licence) => number): Seats =>
  Object.fromEntries(LICENCES.map((licence) => [licence, number(licence)])) as Seats;

/** Distinct people per licence over the whole account. Suspended people keep their seat. */
export async function seatsUsed(account: AccountId): Promise<Seats> {
  const doc = await AccountModel.findOne({ _id: account }, { seatsUsed: 1 }).lean<Pick<AccountDoc, 'seatsUsed'>>();
  return doc?.seatsUsed ?? countSeats(account);
}

/** The same, counted anew: it reads every membership. */
export async function countSeats(account: AccountId): Promise<Seats> {
  const groups = await MembershipModel.aggregate<{ _id: Licence; used: number }>([
    { $match: { account } },
    { $group: { _id: { licence: '$licence', person: '$person' } } },
    { $group: { _id: '$_id.licence', used: { $sum: 1 } } },
  ]);
  const used = new Map(groups.map((group) => [group._id, group.used]));
  return perLicence((licence) => used.get(licence) ?? 0);
}

/**
 * Changes these people's memberships and keeps the account's count of seats, in the surrounding transaction. Whoever
 * changes memberships otherwise leaves the count wrong.
 */
export async function keepingCount<T>(
  account: AccountId,
  people: readonly PersonId[],
  change: () => Promise<T>,
): Promise<T> {
  const before = await seatsOf(account, people);
  const result = await change();
  const after = await seatsOf(account, people);
  const doc = await AccountModel.findOne({ _id: account }).lean<AccountDoc>().orFail();
  const known = doc.seatsUsed;
  const used = known
    ? perLicence((licence) => known[licence] + after[licence] - before[licence])
    : await countSeats(account);
  await AccountModel.updateOne({ _id: account }, { $set: { seatsUsed: used }, $inc: { seatChanges: 1 } });
  return result;
}

/** How many seats these people hold together. */
async function seatsOf(account: AccountId, people: readonly PersonId[]): Promise<Seats> {
  const held = await MembershipModel.find({ account, person: mongoose.trusted({ $in: [...people] }) }).lean<
    MembershipDoc[]
  >();
  const pairs = new Set(held.map(({ licence, person }) => `${licence} ${person}`));
  return perLicence((licence) => [...pairs].filter((pair) => pair.startsWith(`${licence} `)).length);
}

/** How many people more could get a seat of that licence. */
export async function seatsFree({ id, seats }: Account, licence: Licence): Promise<number> {
  return Math.max(0, seats[licence] - (await seatsUsed(id))[licence]);
}

/** What a larger plan would have of a licence, and cost a month. */
export interface NextPlan {
  plan: string;
  seats: number;
  priceMinor?: Minor;
  currency: string;
}

/** Undefined where no plan has more. */
export function nextPlanOf(
  { plan, currency }: Pick<Account, 'plan' | 'currency'>,
  licence: Licence,
): NextPlan | undefined {
  const next = nextPlan(plan, licence);
  const priceMinor = next && planPriceMinor(next.plan, currency);
  return next && { ...next, currency, ...(priceMinor !== undefined && { priceMinor }) };
}

interface Wanted {
  account: AccountId;
  workspace: WorkspaceId;
  licence: Licence;
  /** Nobody yet, for an invitation by e-mail. */
  person?: PersonId;
}

/** Refuses where the licence has no free seat and the person holds none yet: who could free one, what more would cost. */
export async function assertSeatFree(wanted: Wanted): Promise<void> {
  const { account, licence, person } = wanted;
  if (person && (await MembershipModel.exists({ account, licence, person }))) return;
  const doc = await AccountModel.findOne({ _id: account }).lean<AccountDoc>().orFail();
  const used = (await seatsUsed(account))[licence];
  const seats = doc.seats[licence];
  if (used < seats) return;
  const next = nextPlanOf(doc, licence);
  const couldFree = await namesOfWhoCouldFree(wanted);
  refuse({ kind: 'noSeat', licence, used, seats, plan: doc.plan, couldFree, ...(next && { next }) });
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
