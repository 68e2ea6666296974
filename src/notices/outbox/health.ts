import mongoose from 'mongoose';
import { OutboxModel, type OutboxRow } from './outbox-model.js';

export interface OutboxHealth {
  /** How long the longest-waiting due row has waited; 0 where none waits. */
  oldestDueMs: number;
  unknown: number;
  dead: number;
}

/** How the outbox of all accounts does, for metrics and the watchdog. */
export async function outboxHealth(at: Date): Promise<OutboxHealth> {
  const due = { state: 'pending' as const, dueAt: mongoose.trusted({ $lte: at }) };
  const [oldest, unknown, dead] = await Promise.all([
    OutboxModel.findOne(due).sort({ queuedAt: 1 }).lean<OutboxRow>(),
    OutboxModel.countDocuments({ state: 'unknown' }),
    OutboxModel.countDocuments({ state: 'dead' }),
  ]);
  return { oldestDueMs: oldest ? waitedMs(oldest, at) : 0, unknown, dead };
}

function waitedMs({ queuedAt, dueAt }: OutboxRow, at: Date): number {
  return Math.max(0, at.getTime() - Math.max(queuedAt.getTime(), dueAt.getTime()));
}
