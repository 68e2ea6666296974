import type { Db, Document, WithId } from 'mongodb';
import { type Bucket, type Mark, totalsOf } from './derived.js';
import type { Minor, Statement, StatementQuery, WalletId } from './entry.js';
import { BY_SEQUENCE, type Line, linesOf, READ } from './line.js';
import { atOneMoment } from './one-moment.js';
import { lastLines } from './read.js';
import { addSums, addTo, type Alike, noSums, startOf } from './running-totals.js';
import { dayFrom, toTotals } from './totals.js';

type Derived = Omit<Bucket, '_id'>;

/** What is known of one wallet, read together with all others. */
interface Known {
  mark?: Pick<Mark, 's'>;
  buckets: Derived[];
  last?: Line;
  unprojected: { of: Alike; amountMinor: Minor; after: boolean }[];
}

interface Group {
  _id: Alike & { w: WalletId; credit: boolean; after: boolean };
  amountMinor: Minor;
}

/**
 * One period of many wallets in a handful of reads, however many they are. Each is reckoned from its opening balance
 * forwards and from its newest line backwards; where the two do not meet, or a border cuts an hour, or lines came in
 * between, the wallet is left out, and its own `totals` tell.
 */
export async function statements(db: Db, query: StatementQuery): Promise<Map<WalletId, Statement>> {
  const known = await knownOf(db, query);
  const found = new Map<WalletId, Statement>();
  for (const [wallet, openingMinor] of query.openings) {
    const of = known.get(wallet);
    const statement = of && statementOf(of, openingMinor, query);
    if (statement) found.set(wallet, statement);
  }
  return found;
}

function statementOf(
  { buckets, last, unprojected }: Known,
  openingMinor: Minor,
  { from, to }: StatementQuery,
): Statement | undefined {
  if (!last) return undefined;
  const inside = noSums();
  let laterMinor = 0;
  for (const bucket of buckets) {
    if (bucket.firstAt >= to) laterMinor += bucket.inMinor - bucket.outMinor;
    else if (bucket.firstAt >= from && bucket.lastAt < to) addSums(inside, bucket);
    else return undefined;
  }
  for (const { of, amountMinor, after } of unprojected) {
    if (after) laterMinor += amountMinor;
    else addTo(inside, of, amountMinor);
  }
  const totals = toTotals(openingMinor, inside);
  return totals.closingMinor + laterMinor === last.balanceMinor
    ? { ...totals, balanceMinor: last.balanceMinor }
    : undefined;
}

/** The running totals first: a newest line that is read after them has all of theirs before it. */
async function knownOf(db: Db, query: StatementQuery): Promise<Map<WalletId, Known>> {
  const wallets = [...query.openings.keys()];
  const known = new Map<WalletId, Known>(wallets.map((wallet) => [wallet, { buckets: [], unprojected: [] }]));
  for (const one of await derivedOf(db, wallets, query)) {
    const of = known.get(one.w)!;
    if (one.u === 'mark') of.mark = one;
    else of.buckets.push(one);
  }
  for (const last of await lastLines(linesOf(db), wallets)) known.get(last.w)!.last = last;
  for (const { _id, amountMinor } of await unprojectedOf(db, known, query)) {
    known.get(_id.w)!.unprojected.push({ of: _id, amountMinor, after: _id.after });
  }
  return known;
}

/** Whole days of the period, and the hours before, after and since. */
function derivedOf(
  db: Db,
  wallets: readonly WalletId[],
  { from, to }: StatementQuery,
): Promise<WithId<Bucket | Mark>[]> {
  const [firstDay, endOfDays] = [dayFrom(from), startOf('day', to)];
  const parts: Document[] =
    firstDay < endOfDays
      ? [
          { u: 'day', t: { $gte: firstDay, $lt: endOfDays } },
          { u: 'hour', t: { $gte: startOf('hour', from), $lt: firstDay } },
          { u: 'hour', t: { $gte: endOfDays } },
        ]
      : [{ u: 'hour', t: { $gte: startOf('hour', from) } }];
  return atOneMoment(() =>
    totalsOf(db)
      .find(
        { w: { $in: [...wallets] }, $or: [{ u: 'mark' }, ...parts] },
        { ...READ, readConcern: { level: 'snapshot' } },
      )
      .toArray(),
  );
}

/** Lines that are not in the running totals yet, up to the newest that is gone by. */
async function unprojectedOf(
  db: Db,
  known: ReadonlyMap<WalletId, Known>,
  { from, to }: StatementQuery,
): Promise<Group[]> {
  const runs = [...known].flatMap(([w, { mark, last }]) => {
    const s = { $gt: mark?.s ?? 0, $lte: last?.s ?? 0 };
    return s.$gt < s.$lte ? [{ w, s, at: { $gte: from } }] : [];
  });
  if (runs.length === 0) return [];
  const match = { w: { $in: runs.map(({ w }) => w) }, $or: runs };
  const alike = Object.fromEntries(
    ['w', 'kind', 'contra', 'resource', 'person', 'item'].map((field) => [field, `$${field}`]),
  );
  const of = { ...alike, credit: { $gt: ['$amountMinor', 0] }, after: { $gte: ['$at', to] } };
  return linesOf(db)
    .aggregate<Group>([{ $match: match }, { $group: { _id: of, amountMinor: { $sum: '$amountMinor' } } }], {
      ...READ,
      hint: BY_SEQUENCE,
    })
    .toArray();
}
