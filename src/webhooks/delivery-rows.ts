import mongoose from 'mongoose';
import type { AccountId, WorkspaceId } from '../workspace/entities.js';
import { DeliveryModel, type DeliveryRow } from './delivery-model.js';

/** How long a claim holds: longer than any try may take. */
export const LEASE_MS = 60_000;

const later = (at: Date, ms: number) => new Date(at.getTime() + ms);

/** Events that are due, of every account, the oldest first: at most one of each workspace, so that each goes in order. */
export async function dueDeliveries(at: Date, limit: number): Promise<DeliveryRow[]> {
  const rows = await DeliveryModel.find({ state: 'pending', dueAt: mongoose.trusted({ $lte: at }) })
    .sort({ dueAt: 1, queuedAt: 1, _id: 1 })
    .limit(limit)
    .lean<DeliveryRow[]>();
  const first = new Map<WorkspaceId, DeliveryRow>();
  for (const row of rows) if (!first.has(row.workspace)) first.set(row.workspace, row);
  return [...first.values()];
}

/** Takes the row in hand, or undefined where another process has it. */
export async function claimDelivery(row: DeliveryRow, at: Date): Promise<DeliveryRow | undefined> {
  const claimed = await DeliveryModel.findOneAndUpdate(
    { _id: row._id, account: row.account, workspace: row.workspace, state: 'pending', fence: row.fence },
    { $set: { state: 'sending', leaseUntil: later(at, LEASE_MS) }, $inc: { fence: 1 } },
    { returnDocument: 'after' },
  ).lean<DeliveryRow>();
  return claimed ?? undefined;
}

/** Writes down what becomes of a claimed row. False: the claim was lost, or the endpoint was removed. */
export async function writeBack(
  row: DeliveryRow,
  change: Partial<Pick<DeliveryRow, 'state' | 'dueAt' | 'tries' | 'lastTryAt' | 'lastMet'>>,
): Promise<boolean> {
  const { _id, account, workspace, fence } = row;
  const written = await DeliveryModel.updateOne(
    { _id, account, workspace, state: 'sending', fence },
    { $set: change, $unset: { leaseUntil: '' } },
  );
  return written.matchedCount === 1;
}

/**
 * Rows in the hand of a process that died or froze, of every account: they go again, as receivers tell a repeat by its
 * `webhook-id`. Resolves with how many.
 */
export async function recoverDeliveries(at: Date): Promise<number> {
  const recovered = await DeliveryModel.updateMany(
    { state: 'sending', leaseUntil: mongoose.trusted({ $lte: at }) },
    { $set: { state: 'pending', dueAt: at }, $unset: { leaseUntil: '' }, $inc: { fence: 1 } },
  );
  return recovered.modifiedCount;
}

interface Of {
  account: AccountId;
  workspace: WorkspaceId;
}

/** The workspace's other events wait at least until then. */
export async function putOff({ account, workspace }: Of, until: Date): Promise<void> {
  await DeliveryModel.updateMany({ account, workspace, state: 'pending' }, { $max: { dueAt: until } });
}

/** What was not tried yet, as something before it did not arrive, goes at once; what was tried keeps its own time. */
export async function bringForward({ account, workspace }: Of, at: Date): Promise<void> {
  await DeliveryModel.updateMany({ account, workspace, state: 'pending', tries: 0 }, { $min: { dueAt: at } });
}

/** The endpoint is on again: what waits goes at once, with all its tries. Resolves with how many there are. */
export async function startAfresh({ account, workspace }: Of, at: Date): Promise<number> {
  const started = await DeliveryModel.updateMany(
    { account, workspace, state: 'pending' },
    { $set: { dueAt: at, tries: 0 } },
  );
  return started.matchedCount;
}

/** The endpoint was removed, and its log with it. */
export async function removeAll({ account, workspace }: Of): Promise<void> {
  await DeliveryModel.deleteMany({ account, workspace });
}
