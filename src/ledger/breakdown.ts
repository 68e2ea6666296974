import type { Db } from 'mongodb';
import type { Breakdown, WalletId } from './entry.js';
import { BY_SEQUENCE, linesOf, READ } from './line.js';
import { lineBefore } from './moment.js';
import type { BreakdownQuery } from './spend-query.js';

interface Group {
  _id: string | null;
  spentMinor: number;
  quantity: number;
}

/** What the server sums up in one answer, which must come within its time, however long the period is. */
const LINES_AT_ONCE = 200_000;

/**
 * What was charged to one wallet from `from` on and before `to`, summed up by one label. The running totals know no two
 * labels of one line together, so the lines themselves are read, by the server.
 */
export async function breakdown(db: Db, wallet: WalletId, query: BreakdownQuery): Promise<Breakdown[]> {
  const [outside, end] = await Promise.all([lineBefore(db, wallet, query.from), lineBefore(db, wallet, query.to)]);
  const last = end?.s ?? 0;
  const groups = new Map<string | null, Group>();
  for (let after = outside?.s ?? 0; after < last; after += LINES_AT_ONCE) {
    const part = await sumsOf(db, wallet, query, { after, upTo: Math.min(after + LINES_AT_ONCE, last) });
    for (const { _id, spentMinor, quantity } of part) {
      const before = groups.get(_id) ?? { spentMinor: 0, quantity: 0 };
      const [spent, volume] = [before.spentMinor + spentMinor, before.quantity + quantity];
      groups.set(_id, { _id, spentMinor: spent, quantity: volume });
    }
  }
  return [...groups.values()]
    .sort(query.by === 'day' ? byLabel : byAmount)
    .map(({ _id, ...sums }) => ({ ...(_id !== null && { label: _id }), ...sums }));
}

const byLabel = (a: Group, b: Group): number => ((a._id ?? '') < (b._id ?? '') ? -1 : 1);
const byAmount = (a: Group, b: Group): number => b.spentMinor - a.spentMinor || byLabel(a, b);

/** Of the lines after one sequence number and up to another. */
function sumsOf(
  db: Db,
  wallet: WalletId,
  { resource, item, person, by, zone }: BreakdownQuery,
  { after, upTo }: { after: number; upTo: number },
): Promise<Group[]> {
  const match = {
    w: wallet,
    s: { $gt: after, $lte: upTo },
    contra: 'revenue',
    ...(resource !== undefined && { resource }),
    ...(item !== undefined && { item }),
    ...(person !== undefined && { person }),
  };
  const group = {
    _id: by === 'day' ? { $dateToString: { date: '$at', format: '%Y-%m-%d', timezone: zone } } : `$${by}`,
    spentMinor: { $sum: { $subtract: [0, '$amountMinor'] } },
    quantity: { $sum: { $ifNull: ['$quantity', 0] } },
  };
  return linesOf(db)
    .aggregate<Group>([{ $match: match }, { $group: group }], { ...READ, hint: BY_SEQUENCE })
    .toArray();
}
