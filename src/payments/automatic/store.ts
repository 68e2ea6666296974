import mongoose from 'mongoose';
import { inTransaction, isDuplicateKey } from '../../mongo.js';
import type { AccountId, WorkspaceId } from '../../workspace/entities.js';
import type { Automatic } from './automatic.js';
import { AutomaticModel, type AutomaticRow } from './models.js';

interface Of {
  account: AccountId;
  workspace: WorkspaceId;
}

/** Automatic payments as they were read. */
export interface Read {
  automatic: Automatic;
  version: number;
  checkAt?: Date | undefined;
}

/** Undefined where nobody ever set any. */
export async function automaticOf(of: Of): Promise<Automatic | undefined> {
  return (await read(of))?.automatic;
}

async function read({ account, workspace }: Of): Promise<Read | undefined> {
  const row = await AutomaticModel.findOne({ _id: workspace, account }).lean<AutomaticRow>();
  return row ? toRead(row) : undefined;
}

/** What the sweep is to look at, of every account, the longest due first. */
export async function dueForCheck(at: Date, limit: number): Promise<Read[]> {
  const rows = await AutomaticModel.find({ checkAt: mongoose.trusted({ $lte: at }) })
    .sort({ checkAt: 1 })
    .limit(limit)
    .lean<AutomaticRow[]>();
  return rows.map(toRead);
}

/** Those of these workspaces whose auto top-up is on. */
export async function watching(workspaces: readonly WorkspaceId[]): Promise<Read[]> {
  const rows = await AutomaticModel.find({
    _id: mongoose.trusted({ $in: [...workspaces] }),
    checkAt: mongoose.trusted({ $exists: true }),
    below: mongoose.trusted({ $exists: true }),
  }).lean<AutomaticRow[]>();
  return rows.map(toRead);
}

/** What becomes of automatic payments: all of them anew, and when to look next. */
export interface Next {
  automatic: Automatic;
  checkAt?: Date | undefined;
}

/**
 * Changes what was read, if nobody else has since; false where somebody has. Inside a transaction it joins that one.
 */
export async function replace({ automatic: { account, workspace }, version }: Read, next: Next): Promise<boolean> {
  const replaced = await AutomaticModel.replaceOne({ _id: workspace, account, version }, toRow(next, version + 1));
  return replaced.matchedCount === 1;
}

/**
 * Reads and changes in one transaction; `change` may run more than once, and answers undefined to leave all as it is.
 * What it writes besides stands or falls with the change.
 */
export async function amend(
  of: Of,
  change: (now: Automatic | undefined) => Promise<Next | undefined>,
): Promise<Automatic | undefined> {
  const once = () =>
    inTransaction(async () => {
      const now = await read(of);
      const next = await change(now?.automatic);
      if (!next) return now?.automatic;
      if (!now) await AutomaticModel.create([toRow(next, 1)]);
      else if (!(await replace(now, next))) throw new Error('automatic payments changed within a transaction');
      return next.automatic;
    });
  try {
    return await once();
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return once();
  }
}

/** Says when to look again at those where nothing is to be done; one that changed since is left alone. */
export async function lookAgain(looked: readonly { read: Read; at: Date }[]): Promise<void> {
  if (looked.length === 0) return;
  await AutomaticModel.bulkWrite(
    looked.map(({ read: { automatic, version }, at }) => ({
      updateOne: {
        filter: { _id: automatic.workspace, account: automatic.account, version },
        update: { $set: { checkAt: at } },
      },
    })),
  );
}

function toRead({ _id, version, checkAt, ...rest }: AutomaticRow): Read {
  return { automatic: { workspace: _id, ...rest }, version, checkAt };
}

function toRow({ automatic: { workspace, ...rest }, checkAt }: Next, version: number): AutomaticRow {
  return { _id: workspace, ...rest, version, ...(checkAt && { checkAt }) };
}
