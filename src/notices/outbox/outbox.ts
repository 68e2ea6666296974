import { DUE_AT_ONCE, OutboxModel, type OutboxRow } from './outbox-model.js';
import { type Notice, queueOf, recipientKey, threadKey } from './notice.js';

export type { Notice } from './notice.js';

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

function toRow(notice: Notice, queuedAt: Date): OutboxRow {
  const { id, notBefore, revision = 0, urgent, ...rest } = notice;
  const lane = recipientKey(notice.to);
  return {
    _id: id,
    ...rest,
    lane,
    queue: queueOf(notice),
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
