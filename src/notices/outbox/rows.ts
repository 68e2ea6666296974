import mongoose from 'mongoose';
import { inTransaction } from '../../mongo.js';
import type { MessageRef } from '../../chat/port.js';
import type { Next } from './after-failure.js';
import { MessageModel, type MessageRow, OutboxModel, type OutboxRow } from './outbox-model.js';
import { threadKey } from './notice.js';

/** How long a claim holds: longer than any send may take. */
export const LEASE_MS = 60_000;
const KEEP_SENT_MS = 30 * 86_400_000;
const KEEP_MESSAGES_MS = 400 * 86_400_000;
const DUPLICATE_KEY = 11_000;

const later = (at: Date, ms: number) => new Date(at.getTime() + ms);

/** When a sent row goes away by itself. */
export const keptUntil = (at: Date) => later(at, KEEP_SENT_MS);

/** The queues that hold something due of that rank, of every account; what has none yet waits: see fill-queues.ts. */
export async function dueQueues(rank: number, at: Date): Promise<string[]> {
  const queue = mongoose.trusted({ $gt: '' });
  return OutboxModel.distinct('queue', { state: 'pending', rank, queue, dueAt: mongoose.trusted({ $lte: at }) });
}

/** What is due of one queue, at most one row of each lane and none of the closed lanes. */
export async function dueRows(of: {
  queue: string;
  rank: number;
  closed: readonly string[];
  limit: number;
  at: Date;
}): Promise<OutboxRow[]> {
  const { queue, rank, closed, limit, at } = of;
  const rows = await OutboxModel.find({
    state: 'pending',
    rank,
    queue,
    dueAt: mongoose.trusted({ $lte: at }),
    ...(closed.length > 0 && { lane: mongoose.trusted({ $nin: [...closed] }) }),
  })
    .sort({ dueAt: 1, queuedAt: 1, revision: 1, _id: 1 })
    .limit(limit)
    .lean<OutboxRow[]>();
  const first = new Map<string, OutboxRow>();
  for (const row of rows) if (!first.has(row.lane)) first.set(row.lane, row);
  return [...first.values()];
}

/** Takes the row in hand, or undefined where another dispatcher has it or another row of its thread. */
export async function claim(row: OutboxRow, at: Date): Promise<OutboxRow | undefined> {
  try {
    const claimed = await OutboxModel.findOneAndUpdate(
      { _id: row._id, account: row.account, state: 'pending', fence: row.fence },
      { $set: { state: 'sending', leaseUntil: later(at, LEASE_MS) }, $inc: { fence: 1 } },
      { returnDocument: 'after' },
    ).lean<OutboxRow>();
    return claimed ?? undefined;
  } catch (error) {
    if (error instanceof mongoose.mongo.MongoServerError && error.code === DUPLICATE_KEY) return undefined;
    throw error;
  }
}

/**
 * Writes a claimed row's delivery down, with the messages that now show its subject. What was mailed is not kept: its
 * link opens an invitation. False: the claim was lost.
 */
export async function writeSent(row: OutboxRow, refs: readonly MessageRef[], at: Date): Promise<boolean> {
  return inTransaction(async () => {
    const held = await OutboxModel.updateOne(holding(row), {
      $set: {
        state: 'sent',
        endedAt: at,
        expiresAt: keptUntil(at),
        doubtful: false,
        ...('email' in row.to && { 'card.parts': [] }),
      },
      $unset: { leaseUntil: '' },
    });
    if (held.matchedCount === 0) return false;
    if (row.thread !== undefined && refs.length > 0) {
      await MessageModel.updateOne(
        { _id: row.thread, account: row.account },
        {
          $set: { refs: [...refs], revision: row.revision, expiresAt: later(at, KEEP_MESSAGES_MS) },
          $setOnInsert: { subject: row.subject, to: row.to },
        },
        { upsert: true },
      );
    }
    return true;
  });
}

/** Writes down what becomes of a claimed row that was not delivered. False: the claim was lost. */
export async function writeNext(row: OutboxRow, next: Next, at: Date): Promise<boolean> {
  const change =
    next.state === 'pending'
      ? { dueAt: next.dueAt, doubtful: next.doubtful ?? row.doubtful ?? false, failingSince: row.failingSince ?? at }
      : { endedAt: at };
  const written = await OutboxModel.updateOne(holding(row), {
    $set: { state: next.state, failure: next.failure, ...change },
    $inc: { tries: next.state === 'pending' && next.counted ? 1 : 0 },
    $unset: { leaseUntil: '' },
  });
  return written.matchedCount === 1;
}

/** What a claimed row's second send is known to be: `copy` where the first may have arrived. Also on the row in hand. */
export async function writeLookedUp(row: OutboxRow, copy: boolean): Promise<void> {
  await OutboxModel.updateOne(holding(row), { $set: { doubtful: false, copy } });
  Object.assign(row, { doubtful: false, copy });
}

/** Puts a claimed row back as it was: its turn has not come yet. */
export async function putBack(row: OutboxRow): Promise<void> {
  await OutboxModel.updateOne(holding(row), { $set: { state: 'pending' }, $unset: { leaseUntil: '' } });
}

/** Rows in the hand of a dispatcher that died or was frozen, of every account. */
export async function expiredRows(at: Date, limit: number): Promise<OutboxRow[]> {
  return OutboxModel.find({ state: 'sending', leaseUntil: mongoose.trusted({ $lte: at }) })
    .limit(limit)
    .lean<OutboxRow[]>();
}

/** What the recipient already sees of the row's subject. */
export async function messageOf(row: OutboxRow): Promise<MessageRow | undefined> {
  if (row.thread === undefined) return undefined;
  return (await MessageModel.findOne({ _id: row.thread, account: row.account }).lean<MessageRow>()) ?? undefined;
}

/** The message in whose thread the row belongs, where it is shown to the same recipient. */
export async function messageAbove({ account, lane, under }: OutboxRow): Promise<MessageRef | undefined> {
  if (under === undefined) return undefined;
  const shown = await MessageModel.findOne({ _id: threadKey(under, lane), account }).lean<MessageRow>();
  return shown?.refs.at(-1);
}

function holding(row: OutboxRow) {
  return { _id: row._id, account: row.account, fence: row.fence, state: 'sending' as const };
}
