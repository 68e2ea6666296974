import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';
import { LookModel } from './look-model.js';

/** Looks so close to each other are one: whoever sees the balance and asks why means the look before. */
const TOGETHER_MS = 30 * 60_000;
/** Looks this close are not even written down: most are, and a write costs several reads. */
const SAME_MS = 60_000;

/** Notes that a person looks at a balance; resolves with when they did before this time, if ever. */
export async function noteLook(look: {
  account: AccountId;
  workspace: WorkspaceId;
  person: PersonId;
  at: Date;
}): Promise<Date | undefined> {
  const { account, workspace, person, at } = look;
  const own = { _id: `${workspace}:${person}`, account, workspace, person };
  const known = await LookModel.findOne(own).lean();
  if (known && at.getTime() - known.lastAt.getTime() < SAME_MS) return known.beforeAt ?? undefined;
  const apart = new Date(at.getTime() - TOGETHER_MS);
  const beforeAt = { $cond: [{ $lt: ['$lastAt', apart] }, { $ifNull: ['$lastAt', null] }, '$beforeAt'] };
  const noted = await LookModel.findOneAndUpdate(own, [{ $set: { beforeAt, lastAt: at } }], {
    upsert: true,
    returnDocument: 'after',
    updatePipeline: true,
  }).lean();
  return noted?.beforeAt ?? undefined;
}
