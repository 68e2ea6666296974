import type { AccountId } from '../workspace/entities.js';
import { MessageModel, OutboxModel, type OutboxRow } from './models.js';
import { type Notice, type Recipient, recipientKey, threadKey } from './notice.js';

export type { Notice, Recipient } from './notice.js';

/** Writes the notices; inside a transaction they are sent only if it commits. Writing the same id again changes nothing. */
export async function enqueue(notices: readonly Notice[]): Promise<void> {
  if (notices.length === 0) return;
  const queuedAt = new Date();
  await OutboxModel.bulkWrite(
    notices.map((notice) => {
      const { _id, account, ...rest } = toRow(notice, queuedAt);
      return { updateOne: { filter: { _id, account }, update: { $setOnInsert: rest }, upsert: true } };
    }),
  );
}

/** Who has got a notice of the subject, or is about to: those whose card is to be kept up to date. */
export async function recipientsOf(account: AccountId, subject: string): Promise<Recipient[]> {
  const rows = await OutboxModel.find({ account, subject }, { to: 1, lane: 1, state: 1 }).lean<OutboxRow[]>();
  const messages = await MessageModel.find({ account, subject }, { to: 1 }).lean<Pick<OutboxRow, 'to'>[]>();
  const reached = [...rows.filter((row) => row.state !== 'dead'), ...messages];
  return [...new Map(reached.map(({ to }) => [recipientKey(to), to])).values()];
}

function toRow(notice: Notice, queuedAt: Date): OutboxRow {
  const { id, notBefore, revision = 0, urgent, ...rest } = notice;
  const lane = recipientKey(notice.to);
  return {
    _id: id,
    ...rest,
    lane,
    revision,
    ...(notice.subject !== undefined && { thread: threadKey(notice.subject, lane) }),
    rank: urgent ? 0 : 1,
    state: 'pending',
    queuedAt,
    dueAt: notBefore ?? DUE_AT_ONCE,
    fence: 0,
    tries: 0,
    copy: false,
  };
}

const DUE_AT_ONCE = new Date(0);
