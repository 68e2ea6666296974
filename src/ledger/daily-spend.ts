import type { Db, Document } from 'mongodb';
import { type Mark, totalsOf } from './derived.js';
import type { Minor, WalletId } from './entry.js';
import { BY_SEQUENCE, linesOf, READ } from './line.js';
import { atOneMoment } from './one-moment.js';
import type { DailySpendQuery } from './spend-query.js';

interface Day {
  /** As `2026-11-16`; null: the mark. */
  _id: string | null;
  usageMinor: number;
}

/**
 * What one wallet's usage took, by day, above zero. Read from the hours of the running totals, and line by line past the
 * mark: it costs days, not entries. In zones of half hours the hour that midnight cuts counts where it began.
 */
export async function dailySpend(
  db: Db,
  wallet: WalletId,
  { from, to, zone }: DailySpendQuery,
): Promise<Map<string, Minor>> {
  const dayOf = (field: string) => ({ $dateToString: { date: field, format: '%Y-%m-%d', timezone: zone } });
  const projected = await atOneMoment(() =>
    totalsOf(db)
      .aggregate<Day & Partial<Pick<Mark, 's' | 'at'>>>(
        [
          { $match: { w: wallet, $or: [{ u: 'mark' }, { u: 'hour', t: { $gte: from, $lt: to } }] } },
          {
            $group: {
              _id: { $cond: [{ $eq: ['$u', 'mark'] }, null, dayOf('$t')] },
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
  const mark = projected.find(({ _id }) => _id === null);
  const past = { w: wallet, s: { $gt: mark?.s ?? 0 }, kind: 'usage', at: { $gte: from, $lt: to } };
  const unprojected = mark?.at && mark.at >= to ? [] : await daysOfLines(db, past, dayOf('$at'));
  const days = new Map<string, Minor>();
  for (const { _id, usageMinor } of [...projected, ...unprojected]) {
    if (_id !== null && usageMinor !== 0) days.set(_id, (days.get(_id) ?? 0) - usageMinor);
  }
  return days;
}

function daysOfLines(db: Db, match: Document, day: Document): Promise<Day[]> {
  return linesOf(db)
    .aggregate<Day>([{ $match: match }, { $group: { _id: day, usageMinor: { $sum: '$amountMinor' } } }], {
      ...READ,
      hint: BY_SEQUENCE,
    })
    .toArray();
}
