import type { Collection, Filter } from 'mongodb';
import type { Minor, WalletId } from './entry.js';
import { type Line, READ } from './line.js';
import { linesByKeys } from './read.js';
import type { Finding } from './verify-chain.js';

const AT_ONCE = 500;

const idOf = (wallet: WalletId, key: string): string => `${wallet} ${key}`;
const holdIdOf = (wallet: WalletId, hold: string, line: number): string => `${wallet} ${line} ${hold}`;

/** Finds the line before in its hold for each of the lines that go on with one: its number is unique in the hold. */
export async function holdLinesBefore(
  lines: Collection<Line>,
  batch: readonly Line[],
): Promise<(line: Line) => Line | undefined> {
  const found = new Map<string, Line>();
  const add = (line: Line) => line.hold && found.set(holdIdOf(line.w, line.hold.id, line.hold.line), line);
  batch.forEach(add);
  const missing: Filter<Line>[] = [];
  for (const { w, hold } of batch) {
    if (!hold || hold.line === 1 || found.has(holdIdOf(w, hold.id, hold.line - 1))) continue;
    missing.push({ w, 'hold.id': hold.id, 'hold.line': hold.line - 1 });
  }
  for (const some of inParts(missing)) (await lines.find({ $or: [...some] }, READ).toArray()).forEach(add);
  return ({ w, s, hold }) => {
    const before = hold && found.get(holdIdOf(w, hold.id, hold.line - 1));
    return before && before.s < s ? before : undefined;
  };
}

/** What is wrong between the lines and those that they name: the other legs of transfers, and what reversals take back. */
export async function relatedFindings(lines: Collection<Line>, batch: readonly Line[]): Promise<Finding[]> {
  const named = batch.filter((line) => line.reverses !== undefined || otherWallet(line) !== undefined);
  const findings: Finding[] = [];
  for (const some of inParts(named)) {
    const keys = some.flatMap((line) => [
      ...(line.reverses === undefined ? [] : [{ wallet: line.w, key: line.reverses }]),
      ...legsNamed(line),
    ]);
    const found = new Map((await linesByKeys(lines, keys)).map((line) => [idOf(line.w, line._id.k), line]));
    for (const line of some) findings.push(...legFindings(line, found), ...reversalFindings(line, found));
  }
  return findings;
}

function* inParts<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let i = 0; i < all.length; i += AT_ONCE) yield all.slice(i, i + AT_ONCE);
}

function otherWallet({ contra }: Line): WalletId | undefined {
  return contra.startsWith('wallet:') ? contra.slice('wallet:'.length) : undefined;
}

function legsNamed(line: Line): { wallet: WalletId; key: string }[] {
  const other = otherWallet(line);
  return other === undefined ? [] : [{ wallet: other, key: line._id.k }];
}

/** Both legs have one key and name each other. Two that do not cancel are one finding, of the first wallet's. */
function legFindings(line: Line, found: ReadonlyMap<string, Line>): Finding[] {
  const other = otherWallet(line);
  if (other === undefined) return [];
  const leg = found.get(idOf(other, line._id.k));
  const place = { rule: 'transfer', wallet: line.w, sequence: line.s } as const;
  if (!leg || leg.contra !== `wallet:${line.w}`) {
    return [{ ...place, detail: `${line._id.k} has no other leg in ${other}` }];
  }
  const cancels = leg.amountMinor === -line.amountMinor && leg.currency === line.currency;
  if (cancels || other < line.w) return [];
  const legs = `${line.amountMinor} ${line.currency} and ${leg.amountMinor} ${leg.currency}`;
  return [{ ...place, detail: `the legs of ${line._id.k} are ${legs}` }];
}

function reversalFindings(line: Line, found: ReadonlyMap<string, Line>): Finding[] {
  const { reverses, kind, amountMinor } = line;
  if (reverses === undefined) return [];
  const place = { rule: 'reversal', wallet: line.w, sequence: line.s } as const;
  const original = found.get(idOf(line.w, reverses));
  if (!original || original.s >= line.s) return [{ ...place, detail: `takes back ${reverses}, which is not there` }];
  if (kind !== 'reversal' || takesBack(original.amountMinor, amountMinor)) return [];
  return [{ ...place, detail: `${amountMinor} takes back ${original.amountMinor}` }];
}

/** The other way, and no more than there was. */
function takesBack(amountMinor: Minor, backMinor: Minor): boolean {
  return Math.sign(backMinor) === -Math.sign(amountMinor) && Math.abs(backMinor) <= Math.abs(amountMinor);
}
