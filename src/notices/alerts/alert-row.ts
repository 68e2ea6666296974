import mongoose from 'mongoose';
import { isDuplicateKey } from '../../mongo.js';
import type { AccountId, Workspace, WorkspaceId } from '../../workspace/entities.js';
import { AlertModel, type AlertRow } from './alert-model.js';

/** How the workspace's alert stands; a workspace that had none yet is looked after from then on. */
export async function alertRow({ account, id }: Workspace, at: Date): Promise<AlertRow> {
  const row = await alertOf(account, id);
  if (row) return row;
  await insert([firstRow(account, id, at)]);
  return AlertModel.findOne({ _id: id, account }).lean<AlertRow>().orFail();
}

/** Undefined where it was never looked at. */
export async function alertOf(account: AccountId, workspace: WorkspaceId): Promise<AlertRow | undefined> {
  return (await AlertModel.findOne({ _id: workspace, account }).lean<AlertRow>()) ?? undefined;
}

/** Has these workspaces looked after, from then on; those that are already are left alone. Resolves with how many are new. */
export async function enrol(fresh: readonly { account: AccountId; id: WorkspaceId; lookAt: Date }[]): Promise<number> {
  const known = new Set(
    await AlertModel.distinct('_id', { _id: mongoose.trusted({ $in: fresh.map(({ id }) => id) }) }),
  );
  const rows = fresh.filter(({ id }) => !known.has(id)).map(({ account, id, lookAt }) => firstRow(account, id, lookAt));
  return rows.length === 0 ? 0 : insert(rows);
}

/** Rows that somebody else wrote meanwhile are there as well; resolves with how many were written here. */
async function insert(rows: readonly AlertRow[]): Promise<number> {
  try {
    return (await AlertModel.insertMany(rows, { ordered: false })).length;
  } catch (error) {
    if (isDuplicateKey(error)) return 0;
    throw error;
  }
}

function firstRow(account: AccountId, _id: WorkspaceId, lookAt: Date): AlertRow {
  return { _id, account, revision: 0, episode: 0, level: 'ok', posted: 'ok', groups: [], lookAt };
}

/** Rows to be looked at, of every account, the longest due first. */
export function dueRows(at: Date, limit: number): Promise<AlertRow[]> {
  return AlertModel.find({ lookAt: mongoose.trusted({ $lte: at }) })
    .sort({ lookAt: 1 })
    .limit(limit)
    .lean<AlertRow[]>();
}

/** Replaces what was read, if nobody changed it since; in the surrounding transaction, where there is one. */
export async function replace(before: AlertRow, next: AlertRow): Promise<boolean> {
  const { _id, account, revision } = before;
  return (await AlertModel.replaceOne({ _id, account, revision }, next)).matchedCount === 1;
}

/**
 * Has the messages of an alert that goes on brought up to date at the next look, in the surrounding transaction: something
 * else changed that they show.
 */
export async function lookAgain(account: AccountId, workspace: WorkspaceId): Promise<void> {
  await AlertModel.updateOne(
    { _id: workspace, account, level: mongoose.trusted({ $ne: 'ok' }) },
    { $set: { stale: true, lookAt: AT_ONCE }, $inc: { revision: 1 } },
  );
}

/** Has the workspace looked at by the next sweep, in the surrounding transaction: what it is alerted for has changed. */
export async function lookSoon(account: AccountId, workspace: WorkspaceId): Promise<void> {
  await AlertModel.updateOne({ _id: workspace, account }, { $set: { lookAt: AT_ONCE }, $inc: { revision: 1 } });
}

const AT_ONCE = new Date(0);

/** Nothing can be said of it now: its turn comes again then. */
export async function postpone({ _id, account }: Pick<AlertRow, '_id' | 'account'>, until: Date): Promise<void> {
  await AlertModel.updateOne({ _id, account }, { $set: { lookAt: until } });
}
