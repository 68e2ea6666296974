import mongoose, { type QueryFilter } from 'mongoose';
import { queueOf } from './notice.js';
import { OutboxModel, type OutboxRow } from './outbox-model.js';

const BATCH = 500;

/** Rows without a queue that may be sent yet, each by an index. */
const UNSENT: readonly QueryFilter<OutboxRow>[] = [
  { state: 'pending', rank: mongoose.trusted({ $in: [0, 1] }) },
  { state: 'sending', leaseUntil: mongoose.trusted({ $gt: new Date(0) }) },
  { state: 'unknown' },
  { state: 'dead' },
];

/** Gives rows from before there were queues theirs, without which nobody would send them; of every account. */
export async function fillQueues(mayGoOn: () => Promise<boolean>): Promise<void> {
  for (const which of UNSENT) {
    for (;;) {
      const rows = await OutboxModel.find({ ...which, queue: null }, { account: 1, to: 1 })
        .limit(BATCH)
        .lean<Pick<OutboxRow, '_id' | 'account' | 'to'>[]>();
      if (rows.length === 0) break;
      await OutboxModel.bulkWrite(
        rows.map(({ _id, account, to }) => ({
          updateOne: { filter: { _id, account }, update: { $set: { queue: queueOf({ account, to }) } } },
        })),
      );
      if (!(await mayGoOn())) return;
    }
  }
}
