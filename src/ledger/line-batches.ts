import { type ClientSession, type Db, type Document, Long } from 'mongodb';
import type { WalletId } from './entry.js';
import { BY_SEQUENCE, type Line } from './line.js';

/** A line of a chain, by its wallet and sequence number. */
export interface Place {
  w: WalletId;
  s: number;
}

interface Answer {
  /** Of the cursor; zero at its end. */
  id: Long;
  lines: Line[];
}

/**
 * Lines at majority, in the order of wallet and sequence number: of the given wallets, or of all `from` a line on
 * (with it). While one batch is worked on, the next is under way. The commands are sent by hand because the driver's
 * cursor takes three times as long to decode what they answer.
 */
export async function* lineBatches(
  db: Db,
  of: { wallets?: readonly WalletId[]; from?: Place; size: number },
): AsyncGenerator<Line[]> {
  const session = db.client.startSession({ causalConsistency: false });
  let next: Promise<Answer> | undefined;
  try {
    next = ask(db, session, findCommand(of));
    while (next) {
      const { id, lines }: Answer = await next;
      next = id.isZero() ? undefined : ask(db, session, { getMore: id, collection: 'entries', batchSize: of.size });
      yield lines;
    }
  } finally {
    await close(db, session, next);
  }
}

/** Without a limit of time: the server would count it over the whole of the reading. */
function findCommand({ wallets, from, size }: Parameters<typeof lineBatches>[1]): Document {
  return {
    find: 'entries',
    filter: wallets ? { w: { $in: [...wallets] } } : {},
    sort: BY_SEQUENCE,
    hint: BY_SEQUENCE,
    ...(from && { min: { w: from.w, s: from.s } }),
    batchSize: size,
    readConcern: { level: 'majority' },
  };
}

function ask(db: Db, session: ClientSession, command: Document): Promise<Answer> {
  const answer = db.command(command, { session }).then(({ cursor }) => ({
    id: cursor.id instanceof Long ? cursor.id : Long.fromNumber(cursor.id),
    lines: cursor.firstBatch ?? cursor.nextBatch,
  }));
  // The reader may still be at work on the batch before: it meets a rejection when it comes back for this one.
  answer.catch(() => undefined);
  return answer;
}

/** Gives the cursor back where the reader left before its end. */
async function close(db: Db, session: ClientSession, next: Promise<Answer> | undefined): Promise<void> {
  try {
    const unread = await next;
    if (unread && !unread.id.isZero()) await db.command({ killCursors: 'entries', cursors: [unread.id] }, { session });
  } finally {
    await session.endSession();
  }
}
