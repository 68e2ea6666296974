import type { Collection, Db } from 'mongodb';
import { type Bucket, totalsOf } from './derived.js';
import type { WalletId } from './entry.js';
import { BY_SEQUENCE, type Line, linesOf, READ } from './line.js';
import { lastLine } from './read.js';
import { startOf } from './running-totals.js';

/** Lines that one look for a moment asks for. */
const PROBES = 256;

/** The line looked for is this one or a later one, and before the other. */
interface Bounds {
  from: number;
  before: number;
}

/**
 * The last line before a moment. `at` never falls along a chain, so it is found by looks at lines spread over what is
 * left: three looks among ten million. An index by time would cost every posting a fifth of its speed. The running
 * totals say between which lines its hour lies; where they are wrong or missing, the whole chain is looked at.
 */
export async function lineBefore(db: Db, wallet: WalletId, at: Date): Promise<Line | undefined> {
  const lines = linesOf(db);
  const [last, hint] = await Promise.all([lastLine(lines, wallet), hourOf(db, wallet, at)]);
  if (!last || last.at < at) return last;
  const hinted = hint && (await search(lines, wallet, at, { from: hint.from, before: hint.before ?? last.s }));
  const found = hinted ?? (await search(lines, wallet, at, { from: 0, before: last.s }));
  return found?.line;
}

/** Between which lines the moment lies, as far as the running totals tell. */
async function hourOf(db: Db, wallet: WalletId, at: Date): Promise<{ from: number; before?: number } | undefined> {
  const hour = startOf('hour', at);
  const totals = totalsOf(db);
  const [mark, hours] = await Promise.all([
    totals.findOne({ _id: { w: wallet, u: 'mark' } }, READ),
    totals
      .find({ w: wallet, u: 'hour', t: { $lte: hour } }, { ...READ, projection: { t: 1, lastS: 1 } })
      .sort({ t: -1 })
      .limit(2)
      .toArray(),
  ]);
  if (mark?.u !== 'mark') return undefined;
  const buckets = hours.filter((one): one is Bucket & { _id: Bucket['_id'] } => 't' in one);
  const own = buckets.find(({ t }) => t.getTime() === hour.getTime());
  const from = buckets.find(({ t }) => t < hour)?.lastS ?? 0;
  if (at <= hour) return mark.at >= hour ? { from, before: from + 1 } : { from };
  const ended = mark.at.getTime() >= hour.getTime() + 3_600_000;
  return ended ? { from, before: (own?.lastS ?? from) + 1 } : { from };
}

/** Undefined where the line is not within the bounds. */
async function search(
  lines: Collection<Line>,
  wallet: WalletId,
  at: Date,
  bounds: Bounds,
): Promise<{ line: Line | undefined } | undefined> {
  let { from, before } = bounds;
  while (before - from > 1) {
    const probes = spread(from, before);
    const early = await lines.countDocuments(
      { w: wallet, s: { $in: probes }, at: { $lt: at } },
      { ...READ, hint: BY_SEQUENCE },
    );
    [from, before] = [probes[early - 1] ?? from, probes[early] ?? before];
  }
  const around = await lines.find({ w: wallet, s: { $in: [from, from + 1] } }, READ).toArray();
  const line = around.find(({ s }) => s === from);
  const next = around.find(({ s }) => s === from + 1);
  const isIt = (from === 0 || (line && line.at < at)) && (!next || next.at >= at);
  return isIt ? { line } : undefined;
}

/** Sequence numbers between two others, evenly: at most so many, and at least the middle. */
function spread(above: number, below: number): number[] {
  const step = Math.ceil((below - above) / (PROBES + 1));
  return Array.from({ length: Math.ceil((below - above) / step) - 1 }, (_, i) => above + (i + 1) * step);
}
