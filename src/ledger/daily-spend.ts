import type { Db, Document } from 'mongodb';
import { type Mark, totalsOf } from './derived.js';
import type { Minor, WalletId } from './entry.js';
import { BY_SEQUENCE, linesOf, READ } from './line.js';
import { atOneMoment } from './one-moment.js';
import type { DailySpendQuery } from './spend-query.js';

interface Day {
  /** `day` as `2026-11-16`; null: the mark. */
  _id: { w: WalletId; day: string | null };
  usageMinor: number;
}

/**
 * What one wallet's usage took, by day, above zero. Read from the hours of the running totals, and line by line past the
 * mark: it costs days, not entries. In zones of half hours the hour that midnight cuts counts where it began.
 */
export async function dailySpend(db: Db, wallet: WalletId, query: DailySpendQuery): Promise<Map<string, Minor>> {
  return (await dailySpendOfMany(db, [wallet], query)).get(wallet)!;
}

/** The same of many wallets, in as many reads as of one. */
export async function dailySpendOfMany(
  db: Db,
  wallets: readonly WalletId[],
  { from, to, zone }: DailySpendQuery,
): Promise<Map<WalletId, Map<string, Minor>>> {
  const dayOf = (field: string) => ({ $dateToString: { date: field, format: '%Y-%m-%d', timezone: zone } });
  const projected = await atOneMoment(() =>
    totalsOf(db)
      .aggregate<Day & Partial<Pick<Mark, 's' | 'at'>>>(
        [
          { $match: { w: { $in: [...wallets] }, $or: [{ u: 'mark' }, { u: 'hour', t: { $gte: from, $lt: to } }] } },
          {
            $group: {
              _id: { w: '$w', day: { $cond: [{ $eq: ['$u', 'mark'] }, null, dayOf('$t')] } },
              usageMinor: { $sum: '$byKind.usage' },
              s: { $max: '$s' },
              at: { $max: '$at' },
            },
          },
        ],
        { ...READ, readConcern: { level: 'snapshot' } },
      )
      .toArray(),
  );
  const marks = new Map(projected.flatMap((one) => (one._id.day === null ? [[one._id.w, one] as const] : [])));
  const past = wallets.flatMap((w) => {
    const mark = marks.get(w);
    return mark?.at && mark.at >= to
      ? []
      : [{ w, s: { $gt: mark?.s ?? 0 }, kind: 'usage', at: { $gte: from, $lt: to } }];
  });
  const unprojected =
    past.length === 0 ? [] : await daysOfLines(db, { w: { $in: past.map(({ w }) => w) }, $or: past }, dayOf('$at'));
  const spent = new Map(wallets.map((wallet) => [wallet, new Map<string, Minor>()]));
  for (const { _id, usageMinor } of [...projected, ...unprojected]) {
    const days = spent.get(_id.w)!;
    if (_id.day !== null && usageMinor !== 0) days.set(_id.day, (days.get(_id.day) ?? 0) - usageMinor);
  }
  return spent;
}

function daysOfLines(db: Db, match: Document, day: Document): Promise<Day[]> {
  return linesOf(db)
    .aggregate<Day>([{ $match: match }, { $group: { _id: { w: '$w', day }, usageMinor: { $sum: '$amountMinor' } } }], {
      ...READ,
      hint: BY_SEQUENCE,
    })
    .toArray();
}
