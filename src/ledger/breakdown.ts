import type { Db } from 'mongodb';
import type { Breakdown, BreakdownQuery, WalletId } from './entry.js';
import { BY_SEQUENCE, linesOf, READ } from './line.js';
import { lineBefore } from './moment.js';

interface Group {
  _id: string | null;
  spentMinor: number;
  quantity: number;
}

/**
 * What was charged to one wallet from `from` on and before `to`, summed up by one label. The running totals know no two
 * labels of one line together, so the lines themselves are read, by the server.
 */
export async function breakdown(db: Db, wallet: WalletId, query: BreakdownQuery): Promise<Breakdown[]> {
  const { from, to, resource, item, person, by, zone } = query;
  const [outside, end] = await Promise.all([lineBefore(db, wallet, from), lineBefore(db, wallet, to)]);
  const groups = await linesOf(db)
    .aggregate<Group>(
      [
        {
          $match: {
            w: wallet,
            s: { $gt: outside?.s ?? 0, $lte: end?.s ?? 0 },
            contra: 'revenue',
            ...(resource !== undefined && { resource }),
            ...(item !== undefined && { item }),
            ...(person !== undefined && { person }),
          },
        },
        {
          $group: {
            _id: by === 'day' ? { $dateToString: { date: '$at', format: '%Y-%m-%d', timezone: zone } } : `$${by}`,
            spentMinor: { $sum: { $subtract: [0, '$amountMinor'] } },
            quantity: { $sum: { $ifNull: ['$quantity', 0] } },
          },
        },
        { $sort: by === 'day' ? { _id: 1 } : { spentMinor: -1, _id: 1 } },
      ],
      { ...READ, hint: BY_SEQUENCE },
    )
    .toArray();
  return groups.map(({ _id, ...sums }) => ({ ...(_id !== null && { label: _id }), ...sums }));
}
