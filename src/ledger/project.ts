import { type AnyBulkWriteOperation, type ClientSession, type Db, MongoError } from 'mongodb';
import { type Bucket, type Mark, type OpenHold, openHoldsOf, totalsOf } from './derived.js';
import type { WalletId } from './entry.js';
import { DUPLICATE_KEY } from './insert.js';
import { BY_SEQUENCE, type Line, linesOf, READ } from './line.js';
import { type Part, partsOf } from './running-totals.js';

const LINES = 5_000;
const WALLETS = 500;

/**
 * Brings the running totals and open holds of every wallet up to its newest lines until the time is up, beginning with
 * the wallets behind `after`. Resolves with the lines it added, and where the time was up with the wallet it came to.
 */
export async function projectAll(
  db: Db,
  timeIsUp: () => boolean,
  after?: WalletId,
): Promise<{ added: number; cameTo?: WalletId }> {
  let added = 0;
  let cameTo = after;
  for (;;) {
    const chunk = await nextWallets(db, cameTo);
    for (const wallet of await behind(db, chunk)) {
      if (timeIsUp()) return { added, ...(cameTo !== undefined && { cameTo }) };
      added += await projectWallet(db, wallet, timeIsUp);
      cameTo = wallet;
    }
    if (chunk.length < WALLETS) return { added };
    cameTo = chunk.at(-1);
    if (timeIsUp()) return { added, ...(cameTo !== undefined && { cameTo }) };
  }
}

/** Each wallet has one first line, and the index leads from one to the next. */
function nextWallets(db: Db, after: WalletId | undefined): Promise<WalletId[]> {
  return linesOf(db)
    .find({ s: 1, ...(after !== undefined && { w: { $gt: after } }) }, { ...READ, projection: { w: 1 } })
    .hint(BY_SEQUENCE)
    .sort({ w: 1 })
    .limit(WALLETS)
    .map(({ w }) => w)
    .toArray();
}

/** Those of the wallets whose newest line is past their mark. */
async function behind(db: Db, wallets: readonly WalletId[]): Promise<WalletId[]> {
  if (wallets.length === 0) return [];
  const heads = await linesOf(db)
    .aggregate<{ _id: WalletId; s: number }>(
      [
        { $match: { w: { $in: [...wallets] } } },
        { $sort: { w: -1, s: -1 } },
        { $group: { _id: '$w', s: { $first: '$s' } } },
      ],
      READ,
    )
    .toArray();
  const marks = new Map<WalletId, number>();
  for await (const mark of totalsOf(db).find({ w: { $in: [...wallets] }, u: 'mark' }, READ))
    if (mark.u === 'mark') marks.set(mark.w, mark.s);
  const seen = new Map(heads.map(({ _id, s }) => [_id, s]));
  return wallets.filter((wallet) => (seen.get(wallet) ?? 0) > (marks.get(wallet) ?? 0));
}

/** Adds one wallet's new lines, each exactly once, whoever else does the same at the same time. */
export async function projectWallet(db: Db, wallet: WalletId, timeIsUp: () => boolean = () => false): Promise<number> {
  let added = 0;
  for (;;) {
    if (added > 0 && timeIsUp()) return added;
    const mark = await markOf(db, wallet);
    const lines = await linesOf(db)
      .find({ w: wallet, s: { $gt: mark } }, READ)
      .sort({ s: 1 })
      .limit(LINES)
      .toArray();
    if (lines.length === 0 || !(await advance(db, wallet, mark, lines))) return added;
    added += lines.length;
  }
}

export async function markOf(db: Db, wallet: WalletId): Promise<number> {
  const mark = await totalsOf(db).findOne({ _id: { w: wallet, u: 'mark' } }, READ);
  return mark?.u === 'mark' ? mark.s : 0;
}

/** The mark, the buckets and the open holds move together; moving the mark is the compare-and-swap. False: another was faster. */
async function advance(db: Db, wallet: WalletId, mark: number, lines: readonly Line[]): Promise<boolean> {
  try {
    return await db.client.withSession((session) =>
      session.withTransaction(
        async () => {
          if (!(await moveMark(db, wallet, mark, lines.at(-1)!, session))) return false;
          await totalsOf(db).bulkWrite(
            partsOf(lines).map((part) => toUpsert(wallet, part)),
            { session, ordered: false },
          );
          const holds = holdWrites(wallet, lines);
          if (holds.length > 0) await openHoldsOf(db).bulkWrite(holds, { session });
          return true;
        },
        { writeConcern: { w: 'majority', journal: true } },
      ),
    );
  } catch (error) {
    if (error instanceof MongoError && error.code === DUPLICATE_KEY) return false;
    throw error;
  }
}

async function moveMark(db: Db, w: WalletId, from: number, { s, at }: Line, session: ClientSession): Promise<boolean> {
  const id: Mark['_id'] = { w, u: 'mark' };
  if (from === 0) {
    await totalsOf(db).insertOne({ _id: id, w, u: 'mark', s, at }, { session });
    return true;
  }
  const moved = await totalsOf(db).updateOne({ _id: id, s: from }, { $set: { s, at } }, { session });
  return moved.matchedCount === 1;
}

function toUpsert(w: WalletId, { u, t, firstAt, lastAt, lastS, ...sums }: Part): AnyBulkWriteOperation<Bucket | Mark> {
  const id: Bucket['_id'] = { w, u, t };
  const increments: Record<string, number> = {};
  for (const [field, value] of Object.entries(sums)) {
    if (typeof value === 'number') increments[field] = value;
    else for (const [label, amountMinor] of Object.entries(value)) increments[`${field}.${label}`] = amountMinor;
  }
  const update = { $setOnInsert: { w, u, t }, $min: { firstAt }, $max: { lastAt, lastS }, $inc: increments };
  return { updateOne: { filter: { _id: id }, update, upsert: true } };
}

function holdWrites(w: WalletId, lines: readonly Line[]): AnyBulkWriteOperation<OpenHold>[] {
  const newest = new Map(lines.flatMap(({ hold }) => (hold ? [[hold.id, hold]] : [])));
  return [...newest.values()].map(({ id, state, remainingMinor, expiresAt }) => {
    const filter = { _id: { w, h: id } };
    if (state !== 'open') return { deleteOne: { filter } };
    const replacement = { w, remainingMinor, ...(expiresAt && { expiresAt }) };
    return { replaceOne: { filter, replacement, upsert: true } };
  });
}

/** Throws the derived state of a wallet away and makes it anew from its lines. */
export async function rebuildWallet(db: Db, wallet: WalletId): Promise<void> {
  await totalsOf(db).deleteMany({ w: wallet });
  await openHoldsOf(db).deleteMany({ w: wallet });
  await projectWallet(db, wallet);
}
