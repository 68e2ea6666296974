import type { Db } from 'mongodb';
import type { HistoryQuery, WalletId } from './entry.js';
import { BY_KIND, BY_REFERENCE, BY_SEQUENCE, type Line, linesOf, READ } from './line.js';
import { lineBefore } from './moment.js';
import { lastLine } from './read.js';

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
export async function page(db: Db, wallet: WalletId, query: HistoryQuery): Promise<{ lines: Line[]; next?: number }> {
  const { limit, kind, resource, person, reference } = query;
  const forward = query.after !== undefined;
  const bounded = reference === undefined && (kind === 'usage' || resource !== undefined || person !== undefined);
  const wanted = await rangeOf(db, wallet, query, bounded);
  const { above, below } = bounded ? looked(wanted, forward) : wanted;
  const found = await linesOf(db)
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
  db: Db,
  wallet: WalletId,
  { before = Number.MAX_SAFE_INTEGER, after = 0, from, to }: HistoryQuery,
  ends: boolean,
): Promise<Range> {
  const [outside, end] = await Promise.all([
    from ? lineBefore(db, wallet, from) : undefined,
    to ? lineBefore(db, wallet, to) : ends ? lastLine(linesOf(db), wallet) : undefined,
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
