import type { AccountId, PersonId } from '../workspace/entities.js';
import { membership } from '../workspace/memberships.js';
import { countsStill } from '../workspace/members-among.js';
import type { Given } from './meeting.js';
import { type MeetingDoc, MeetingModel } from './meeting-model.js';

interface Merge {
  account: AccountId;
  from: PersonId;
  into: PersonId;
  at: Date;
}

/** Before two people become one, in the surrounding transaction: what `from` hosts and was given becomes that of `into`. */
export async function mergeMeetings(merge: Merge): Promise<void> {
  const { account, from, into } = merge;
  await MeetingModel.updateMany({ account, host: from }, { $set: { host: into }, $inc: { version: 1 } });
  const given = [{ 'collaborators.person': from }, { 'readers.person': from }];
  const docs = await MeetingModel.find({ account, $or: given }).lean<MeetingDoc[]>();
  for (const { _id, workspace, collaborators, readers } of docs) {
    const counts = await countingOf(merge, workspace);
    const change = { collaborators: moved(collaborators, merge, counts), readers: moved(readers, merge, counts) };
    await MeetingModel.updateOne({ account, workspace, _id }, { $set: change, $inc: { version: 1 } });
  }
}

async function countingOf({ account, from }: Merge, workspace: string): Promise<(since: Date) => boolean> {
  const held = await membership(account, workspace, from);
  return (since) => held !== undefined && countsStill(held, since);
}

/** What counted is given to `into` anew; what had ended stays ended. */
function moved(given: readonly Given[], { from, into, at }: Merge, counts: (since: Date) => boolean): Given[] {
  const theirs = given.find(({ person }) => person === from);
  if (!theirs) return [...given];
  const others = given.filter(({ person }) => person !== from);
  if (!counts(theirs.since)) return others;
  return [...others.filter(({ person }) => person !== into), { person: into, since: at }];
}
