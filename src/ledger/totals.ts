import type { Collection, Db, Document } from 'mongodb';
import { type Bucket, type Mark, type Sums, totalsOf } from './derived.js';
import { ENTRY_KINDS, type Minor, type Totals, type WalletId } from './entry.js';
import { BY_SEQUENCE, type Line, linesOf, READ } from './line.js';
import { lineBefore } from './moment.js';
import { atOneMoment } from './one-moment.js';
import { addSums, addTo, type Alike, decodeLabel, noSums, startOf } from './running-totals.js';

interface Group {
  _id: Alike & { credit: boolean };
  amountMinor: number;
}

type Derived = Omit<Bucket, '_id'>;

interface Period {
  from: Date;
  to: Date;
}

/**
 * Sums one wallet's lines from `from` on and before `to`: whole days and hours from the running totals, the lines of a
 * cut hour and the lines that are not in the running totals yet one by one. Costs days, not entries.
 */
export async function totals(db: Db, wallet: WalletId, from: Date, to: Date): Promise<Totals> {
  const lines = linesOf(db);
  const before = await lineBefore(db, wallet, from);
  const sums = noSums();
  const { mark, buckets } = await derivedOf(db, wallet, { from, to });
  for (const bucket of buckets) {
    if (bucket.firstAt >= from && bucket.lastAt < to) addSums(sums, bucket);
    else {
      const part = cut(bucket, { from, to });
      const [outside, end] = await Promise.all([lineBefore(db, wallet, part.from), lineBefore(db, wallet, part.to)]);
      await addLines(lines, sums, { w: wallet, s: { $gt: outside?.s ?? 0, $lte: Math.min(end?.s ?? 0, mark.s) } });
    }
  }
  // What is past the mark is not before it: for a time that is over there is nothing to look for.
  if (mark.at < to) await addLines(lines, sums, { w: wallet, s: { $gt: mark.s }, at: { $gte: from, $lt: to } });
  return toTotals(before?.balanceMinor ?? 0, sums);
}

/** The mark and the buckets as they were at one moment: a later mark with earlier buckets would lose lines. */
async function derivedOf(
  db: Db,
  wallet: WalletId,
  { from, to }: Period,
): Promise<{ mark: Pick<Mark, 's' | 'at'>; buckets: Derived[] }> {
  const [firstDay, endOfDays] = [dayFrom(from), startOf('day', to)];
  const hours: Document[] =
    firstDay < endOfDays
      ? [
          { u: 'day', t: { $gte: firstDay, $lt: endOfDays } },
          { u: 'hour', t: { $gte: startOf('hour', from), $lt: firstDay } },
          { u: 'hour', t: { $gte: endOfDays, $lt: to } },
        ]
      : [{ u: 'hour', t: { $gte: startOf('hour', from), $lt: to } }];
  const filter = { w: wallet, $or: [{ u: 'mark' as const }, ...hours] };
  const found = await atOneMoment(() =>
    totalsOf(db)
      .find(filter, { ...READ, readConcern: { level: 'snapshot' } })
      .toArray(),
  );
  const buckets: Derived[] = [];
  let mark: Pick<Mark, 's' | 'at'> = { s: 0, at: new Date(0) };
  for (const one of found) {
    if (one.u === 'mark') mark = one;
    else buckets.push(one);
  }
  return { mark, buckets };
}

/** The first whole day of a period. */
export function dayFrom(from: Date): Date {
  const day = startOf('day', from);
  return day < from ? new Date(day.getTime() + 86_400_000) : day;
}

/** The part of an hour that lies in the period. */
function cut({ t }: Derived, { from, to }: Period): Period {
  const end = new Date(t.getTime() + 3_600_000);
  return { from: t > from ? t : from, to: end < to ? end : to };
}

async function addLines(lines: Collection<Line>, sums: Sums, match: Document): Promise<void> {
  const alike = Object.fromEntries(
    ['kind', 'contra', 'resource', 'person', 'item'].map((field) => [field, `$${field}`]),
  );
  const groups = lines.aggregate<Group>(
    [
      { $match: match },
      {
        $group: {
          _id: { ...alike, credit: { $gt: ['$amountMinor', 0] } },
          amountMinor: { $sum: '$amountMinor' },
        },
      },
    ],
    { ...READ, hint: BY_SEQUENCE },
  );
  for await (const { _id, amountMinor } of groups) addTo(sums, _id, amountMinor);
}

export function toTotals(
  openingMinor: Minor,
  { inMinor, outMinor, byKind, byResource, byPerson, byItem }: Sums,
): Totals {
  const kinds = ENTRY_KINDS.flatMap((kind) => (byKind[kind] === undefined ? [] : [[kind, byKind[kind]] as const]));
  return {
    openingMinor,
    inMinor,
    outMinor,
    closingMinor: openingMinor + inMinor - outMinor,
    byKind: new Map(kinds),
    spendByResource: labelled(byResource),
    spendByPerson: labelled(byPerson),
    spendByItem: labelled(byItem),
  };
}

const labelled = (amounts: Record<string, Minor>): Map<string, Minor> =>
  new Map(Object.entries(amounts).map(([field, amountMinor]) => [decodeLabel(field), amountMinor]));
