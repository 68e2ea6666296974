import mongoose from 'mongoose';
import { isDuplicateKey } from '../../mongo.js';
import { MigrationModel } from './migration-model.js';

/** Longer than a part of a migration takes. */
const LEASE_MS = 60_000;
const FREE = new Date(0);

const leased = (at: Date) => new Date(at.getTime() + LEASE_MS);

export async function isDone(id: string): Promise<boolean> {
  return (await MigrationModel.exists({ _id: id, doneAt: mongoose.trusted({ $ne: null }) })) !== null;
}

/** Those of them that were done after that time. */
export function doneSince(ids: readonly string[], since: Date): Promise<string[]> {
  return MigrationModel.distinct('_id', {
    _id: mongoose.trusted({ $in: [...ids] }),
    doneAt: mongoose.trusted({ $gt: since }),
  });
}

/** The fence of whoever takes it now; undefined where another process is at it, or it is done. */
export async function take(id: string, at: Date): Promise<number | undefined> {
  try {
    const row = await MigrationModel.findOneAndUpdate(
      { _id: id, doneAt: mongoose.trusted({ $exists: false }), leaseUntil: mongoose.trusted({ $lte: at }) },
      { $set: { leaseUntil: leased(at) }, $inc: { fence: 1 } },
      { upsert: true, returnDocument: 'after' },
    ).orFail();
    return row.fence;
  } catch (error) {
    if (isDuplicateKey(error)) return undefined;
    throw error;
  }
}

/** Lengthens the lease. False: another process has taken over. */
export async function keep(id: string, fence: number, at: Date): Promise<boolean> {
  return change(id, fence, { leaseUntil: leased(at) });
}

export async function finish(id: string, fence: number, at: Date): Promise<boolean> {
  return change(id, fence, { doneAt: at });
}

/** Others need not wait for the lease of a run that failed. */
export async function giveBack(id: string, fence: number): Promise<void> {
  await change(id, fence, { leaseUntil: FREE });
}

async function change(id: string, fence: number, set: { leaseUntil: Date } | { doneAt: Date }): Promise<boolean> {
  const { matchedCount } = await MigrationModel.updateOne({ _id: id, fence, doneAt: null }, { $set: set });
  return matchedCount === 1;
}
