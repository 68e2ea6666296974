import type { Collection, Filter } from 'mongodb';
import type { WalletId } from './entry.js';
import { LINEARIZABLE, type Line, READ } from './line.js';

export function lastLine(lines: Collection<Line>, wallet: WalletId): Promise<Line | undefined> {
  return lines.findOne({ w: wallet }, { ...READ, sort: { s: -1 } }).then((line) => line ?? undefined);
}

export function lineByKey(lines: Collection<Line>, wallet: WalletId, key: string): Promise<Line | undefined> {
  return lines.findOne({ _id: { w: wallet, k: key } }, READ).then((line) => line ?? undefined);
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

/** The line that left a hold as it is, at majority. */
export function newestOfHold(lines: Collection<Line>, wallet: WalletId, hold: string): Promise<Line | undefined> {
  const newestFirst = { ...READ, sort: { 'hold.line': -1 } } as const;
  return lines.findOne({ w: wallet, 'hold.id': hold }, newestFirst).then((line) => line ?? undefined);
}

/** Whether no line of the hold follows the given one, by a linearizable read as `isNewest`. */
export async function isNewestOfHold(
  lines: Collection<Line>,
  wallet: WalletId,
  hold: string,
  line: number,
): Promise<boolean> {
  return (await lines.findOne({ w: wallet, 'hold.id': hold, 'hold.line': line + 1 }, LINEARIZABLE)) === null;
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
      // In one answer: without it the server gives 101, and is asked again for the rest.
      { ...READ, batchSize: wallets.length + 1 },
    )
    .map(({ last }) => last)
    .toArray();
}

export function crossings(lines: Collection<Line>, since: Date, limit: number): Promise<Line[]> {
  return lines
    .find({ 'alert.at': { $gte: since } }, READ)
    .sort({ 'alert.at': 1 })
    .limit(limit)
    .toArray();
}
