import type { Db } from 'mongodb';
import { type Mark, totalsOf } from './derived.js';
import type { WalletId } from './entry.js';
import { BY_SEQUENCE, linesOf, READ } from './line.js';

/** A wallet's mark, with the hour in which it was first charged, where it was. */
type Marked = Pick<Mark, 'w' | 's'> & { first: { t: Date }[] };

/**
 * When each of these wallets was first charged; those that never were are left out. Read from the running totals, to the
 * hour, and from the lines that are not in them yet: two reads, however many the wallets.
 */
export async function firstUses(db: Db, wallets: readonly WalletId[]): Promise<Map<WalletId, Date>> {
  if (wallets.length === 0) return new Map();
  const totals = totalsOf(db);
  const firstHour = [
    { $match: { u: 'hour', 'byKind.usage': { $exists: true } } },
    { $sort: { t: 1 } },
    { $limit: 1 },
    { $project: { _id: 0, t: 1 } },
  ];
  const marks = await totals
    .aggregate<Marked>(
      [
        { $match: { w: { $in: [...wallets] }, u: 'mark' } },
        {
          $lookup: {
            from: totals.collectionName,
            as: 'first',
            localField: 'w',
            foreignField: 'w',
            pipeline: firstHour,
          },
        },
        { $project: { w: 1, s: 1, first: 1 } },
      ],
      READ,
    )
    .toArray();
  const uses = new Map(marks.flatMap(({ w, first: [hour] }) => (hour ? [[w, hour.t] as const] : [])));
  const projected = new Map(marks.map(({ w, s }) => [w, s]));
  const past = wallets.flatMap((w) => (uses.has(w) ? [] : [{ w, s: { $gt: projected.get(w) ?? 0 }, kind: 'usage' }]));
  if (past.length === 0) return uses;
  const unprojected = linesOf(db).aggregate<{ _id: WalletId; at: Date }>(
    [{ $match: { w: { $in: past.map(({ w }) => w) }, $or: past } }, { $group: { _id: '$w', at: { $min: '$at' } } }],
    { ...READ, hint: BY_SEQUENCE },
  );
  for await (const { _id, at } of unprojected) uses.set(_id, at);
  return uses;
}
