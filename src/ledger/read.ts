import type { Collection, Filter } from 'mongodb';
import type { HistoryQuery, WalletId } from './entry.js';
import { BY_KIND, BY_REFERENCE, BY_SEQUENCE, LINEARIZABLE, type Line, READ } from './line.js';

export function lastLine(lines: Collection<Line>, wallet: WalletId): Promise<Line | undefined> {
  return lines.findOne({ w: wallet }, { ...READ, sort: { s: -1 } }).then((line) => line ?? undefined);
}

export function lineByKey(lines: Collection<Line>, wallet: WalletId, key: string): Promise<Line | undefined> {
  return lines.findOne({ _id: { w: wallet, k: key } }, READ).then((line) => line ?? undefined);
}

/** Lines that one look for a moment asks for. */
const PROBES = 256;

/**
 * The last line before a moment. `at` never falls along a chain, so it is found by looks at lines spread over what is
 * left: three looks among ten million. An index by time would cost every posting a fifth of its speed.
 */
export async function lineBefore(lines: Collection<Line>, wallet: WalletId, at: Date): Promise<Line | undefined> {
  const last = await lastLine(lines, wallet);
  if (!last || last.at < at) return last;
  let [before, notBefore] = [0, last.s];
  while (notBefore - before > 1) {
    const probes = spread(before, notBefore);
    const early = await lines.countDocuments(
      { w: wallet, s: { $in: probes }, at: { $lt: at } },
      { ...READ, hint: BY_SEQUENCE },
    );
    [before, notBefore] = [probes[early - 1] ?? before, probes[early] ?? notBefore];
  }
  return lines.findOne({ w: wallet, s: before }, READ).then((line) => line ?? undefined);
}

/** Sequence numbers between two others, evenly: at most so many, and at least the middle. */
function spread(above: number, below: number): number[] {
  const step = Math.ceil((below - above) / (PROBES + 1));
  return Array.from({ length: Math.ceil((below - above) / step) - 1 }, (_, i) => above + (i + 1) * step);
}

interface Key {
  wallet: WalletId;
  key: string;
}

/** Those of the keys that stand, at majority, in one query. */
export function linesByKeys(lines: Collection<Line>, keys: readonly Key[]): Promise<Line[]> {
  return lines.find(byKeys(keys), { ...READ, batchSize: keys.length + 1 }).toArray();
}

/** The same, seen by a primary that a majority confirmed as such while it looked. */
export function settledLines(lines: Collection<Line>, keys: readonly Key[]): Promise<Line[]> {
  return lines.find(byKeys(keys), { ...LINEARIZABLE, batchSize: keys.length + 1 }).toArray();
}

function byKeys(keys: readonly Key[]): Filter<Line> {
  return { _id: { $in: keys.map(({ wallet, key }) => ({ w: wallet, k: key })) } };
}

/** Whether no line follows the given one: a linearizable read finds what a stale one missed. It may take 100 ms. */
export async function isNewest(lines: Collection<Line>, wallet: WalletId, sequence: number): Promise<boolean> {
  return (await lines.findOne({ w: wallet, s: sequence + 1 }, LINEARIZABLE)) === null;
}

/** The last lines of many wallets in one query: the sort and the group together are a scan of distinct index keys. */
export function lastLines(lines: Collection<Line>, wallets: readonly WalletId[]): Promise<Line[]> {
  return lines
    .aggregate<{ last: Line }>(
      [
        { $match: { w: { $in: [...wallets] } } },
        { $sort: { w: -1, s: -1 } },
        { $group: { _id: '$w', last: { $first: '$$ROOT' } } },
      ],
      READ,
    )
    .map(({ last }) => last)
    .toArray();
}

/** A page under a filter that no index answers looks at so many lines, and says where to go on. */
const LOOKED_AT = 20_000;

/** Lines with a sequence above the one and below the other. */
interface Range {
  above: number;
  below: number;
}

/**
 * One page: newest first, or oldest first where the query goes `after` a line. A time is turned into sequence numbers
 * first: `at` never falls along a chain.
 */
export async function page(
  lines: Collection<Line>,
  wallet: WalletId,
  query: HistoryQuery,
): Promise<{ lines: Line[]; next?: number }> {
  const { limit, kind, resource, person, reference } = query;
  const forward = query.after !== undefined;
  const bounded = reference === undefined && (kind === 'usage' || resource !== undefined || person !== undefined);
  const wanted = await rangeOf(lines, wallet, query, bounded);
  const { above, below } = bounded ? looked(wanted, forward) : wanted;
  const found = await lines
    .find(
      {
        w: wallet,
        s: { $gt: above, $lt: below },
        ...(kind && { kind }),
        ...(resource !== undefined && { resource }),
        ...(person !== undefined && { person }),
        ...(reference !== undefined && { reference }),
      },
      READ,
    )
    .hint(indexFor(query))
    .sort({ s: forward ? 1 : -1 })
    .limit(limit + 1)
    .toArray();
  const last = found[limit - 1];
  if (found.length > limit && last) return { lines: found.slice(0, limit), next: last.s };
  const all = forward ? below >= wanted.below : above <= wanted.above;
  return { lines: found, ...(!all && { next: forward ? below - 1 : above + 1 }) };
}

function indexFor({ kind, reference }: HistoryQuery): typeof BY_REFERENCE | typeof BY_KIND | typeof BY_SEQUENCE {
  if (reference !== undefined) return BY_REFERENCE;
  return kind && kind !== 'usage' ? BY_KIND : BY_SEQUENCE;
}

/** `ends`: where the range goes on to the newest line, it is to end there. */
async function rangeOf(
  lines: Collection<Line>,
  wallet: WalletId,
  { before = Number.MAX_SAFE_INTEGER, after = 0, from, to }: HistoryQuery,
  ends: boolean,
): Promise<Range> {
  const [outside, end] = await Promise.all([
    from ? lineBefore(lines, wallet, from) : undefined,
    to ? lineBefore(lines, wallet, to) : ends ? lastLine(lines, wallet) : undefined,
  ]);
  const sequence = to || ends ? (end?.s ?? 0) : Number.MAX_SAFE_INTEGER;
  return { above: Math.max(after, outside?.s ?? 0), below: Math.min(before, sequence + 1) };
}

/** The part of a range that one page looks at. */
function looked({ above, below }: Range, forward: boolean): Range {
  return forward
    ? { above, below: Math.min(below, above + 1 + LOOKED_AT) }
    : { above: Math.max(above, below - 1 - LOOKED_AT), below };
}

export function crossings(lines: Collection<Line>, since: Date, limit: number): Promise<Line[]> {
  return lines
    .find({ 'alert.at': { $gte: since } }, READ)
    .sort({ 'alert.at': 1 })
    .limit(limit)
    .toArray();
}
