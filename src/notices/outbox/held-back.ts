import { plainText } from '../../cards/plain-text.js';
import type { AccountId, WorkspaceId } from '../../workspace/entities.js';
import { OutboxModel, type OutboxRow } from './outbox-model.js';
import { keptUntil } from './rows.js';

/** A notice that waits for the operator. */
export interface HeldBack {
  id: string;
  account: AccountId;
  workspace?: WorkspaceId;
  /** `channel:slack:T02:C1` */
  to: string;
  failure: string;
  since: Date;
  says: string;
}

/** Notices that were given up, of every account, the oldest first: for the operator alone. */
export function listDead(limit: number): Promise<HeldBack[]> {
  return heldBack('dead', limit);
}

/** Notices of which nobody knows whether they arrived, of every account, the oldest first: for the operator alone. */
export function listUnknown(limit: number): Promise<HeldBack[]> {
  return heldBack('unknown', limit);
}

/** Sends a dead notice again, with all its tries. False: there is no such dead notice. */
export async function retryDead(id: string, at: Date): Promise<boolean> {
  return reopen(id, 'dead', at);
}

/** Sends all dead notices again, or one account's; resolves with how many. */
export async function retryAllDead(account: AccountId | undefined, at: Date): Promise<number> {
  const { modifiedCount } = await OutboxModel.updateMany(
    { state: 'dead', ...(account !== undefined && { account }) },
    reopened(at),
  );
  return modifiedCount;
}

/** How many are dead or of unknown fate, of every account. */
export function countHeldBack(state: 'dead' | 'unknown'): Promise<number> {
  return OutboxModel.countDocuments({ state });
}

/** The operator has looked: it arrived, or it is to be sent again. False: there is no such unknown notice. */
export async function resolveUnknown(id: string, as: 'arrived' | 'sendAgain', at: Date): Promise<boolean> {
  if (as === 'sendAgain') return reopen(id, 'unknown', at);
  const written = await OutboxModel.updateOne(
    { _id: id, state: 'unknown' },
    { $set: { state: 'sent', endedAt: at, expiresAt: keptUntil(at), failure: 'the operator says it arrived' } },
  );
  return written.matchedCount === 1;
}

async function reopen(id: string, from: 'dead' | 'unknown', at: Date): Promise<boolean> {
  const written = await OutboxModel.updateOne({ _id: id, state: from }, reopened(at));
  return written.matchedCount === 1;
}

function reopened(at: Date) {
  return {
    $set: { state: 'pending' as const, dueAt: at, tries: 0, doubtful: false },
    $unset: { endedAt: '', failingSince: '' },
  };
}

async function heldBack(state: 'dead' | 'unknown', limit: number): Promise<HeldBack[]> {
  const rows = await OutboxModel.find({ state }).sort({ endedAt: 1 }).limit(limit).lean<OutboxRow[]>();
  return rows.map((row) => ({
    id: row._id,
    account: row.account,
    ...(row.workspace !== undefined && { workspace: row.workspace }),
    to: row.lane,
    failure: row.failure ?? '',
    since: row.endedAt ?? row.queuedAt,
    says: plainText(row.card),
  }));
}
