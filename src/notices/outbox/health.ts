import mongoose from 'mongoose';
import { DUE_AT_ONCE, OutboxModel, type OutboxRow } from './outbox-model.js';

export interface OutboxHealth {
  /** How long the longest-waiting due row has waited; 0 where none waits. */
  oldestDueMs: number;
  /** Rows that are due and not sent, at most MOST_COUNTED. */
  due: number;
  unknown: number;
  dead: number;
}

const MOST_COUNTED = 100_000;

/** How the outbox of all accounts does, for metrics and the watchdog. */
export async function outboxHealth(at: Date): Promise<OutboxHealth> {
  const oldest = (dueAt: object | Date) =>
    OutboxModel.findOne({ state: 'pending', dueAt }).sort({ dueAt: 1, queuedAt: 1 }).lean<OutboxRow>();
  const [atOnce, timed, due, unknown, dead] = await Promise.all([
    oldest(DUE_AT_ONCE),
    oldest(mongoose.trusted({ $gt: DUE_AT_ONCE, $lte: at })),
    OutboxModel.countDocuments({ state: 'pending', dueAt: mongoose.trusted({ $lte: at }) }, { limit: MOST_COUNTED }),
    OutboxModel.countDocuments({ state: 'unknown' }),
    OutboxModel.countDocuments({ state: 'dead' }),
  ]);
  const waits = [atOnce?.queuedAt, timed?.dueAt].map((since) => (since ? at.getTime() - since.getTime() : 0));
  return { oldestDueMs: Math.max(0, ...waits), due, unknown, dead };
}
