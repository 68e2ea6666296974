import type { Collection, Db } from 'mongodb';
import type { WalletId } from './entry.js';
import { type Line, linesOf } from './line.js';
import { lineBatches, type Place } from './line-batches.js';
import { createChainCheck, type Finding } from './verify-chain.js';
import { verifyDerived } from './verify-derived.js';
import { holdLinesBefore, relatedFindings } from './verify-related.js';

/** A broken ledger could have a finding per line: the rest says nothing new. */
const MAX_FINDINGS = 1_000;
/** Checked without a break, beside other work; larger ones are no faster. */
const BATCH = 500;

export interface Verified {
  entries: number;
  wallets: number;
  findings: readonly Finding[];
}

/**
 * Reads every chain (or those of one account) from its first line and proves the invariants of README.md, while
 * others write. What it keeps in memory does not grow with the entries.
 */
export async function verifyLedger(db: Db, { account }: { account?: string } = {}): Promise<Verified> {
  const wallets = account === undefined ? undefined : await walletsOf(linesOf(db), account);
  const run = createRun(linesOf(db));
  for await (const batch of lineBatches(db, { size: BATCH, ...(wallets && { wallets }) })) await run.take(batch);
  const chains = run.end();
  const findings = [...chains.findings, ...(await verifyDerived(db, wallets))];
  return { ...chains, findings: findings.slice(0, MAX_FINDINGS) };
}

export interface VerifiedSlice extends Verified {
  /** The last line that was proven; absent where it was the last of all. */
  stoppedAt?: Place;
}

/** The same for some of the entries, going on behind `after`, until so many are proven or the time is up. */
export async function verifySlice(
  db: Db,
  of: { after?: Place; entries: number; timeIsUp: () => boolean },
): Promise<VerifiedSlice> {
  const { after } = of;
  const run = createRun(linesOf(db), after);
  const seen = new Set<WalletId>();
  let last: Line | undefined;
  let stopped = false;
  for await (const batch of lineBatches(db, { size: BATCH, ...(after && { from: after }) })) {
    await run.take(batch);
    for (const line of batch) seen.add(line.w);
    last = batch.at(-1) ?? last;
    stopped = run.entries() >= of.entries || of.timeIsUp();
    if (stopped) break;
  }
  const chains = run.end();
  const findings = [...chains.findings, ...(await verifyDerived(db, [...seen]))];
  return { ...chains, findings, ...(stopped && last && { stoppedAt: { w: last.w, s: last.s } }) };
}

function walletsOf(lines: Collection<Line>, account: string): Promise<WalletId[]> {
  return lines
    .find({ account })
    .map((line) => line.w)
    .toArray();
}

/** Proves lines as they come, in order. Behind `after`, that line comes first and counts as proven. */
function createRun(lines: Collection<Line>, after?: Place) {
  const check = createChainCheck();
  const sums = createSums();
  const findings: Finding[] = [];
  let before: Line | undefined;
  let [entries, wallets] = [0, 0];

  function begin(line: Line): boolean {
    if (line.w !== after?.w || line.s !== after.s) return false;
    sums.open(line);
    before = line;
    return true;
  }

  return {
    entries: () => entries,
    async take(batch: readonly Line[]): Promise<void> {
      const holdBefore = await holdLinesBefore(lines, batch);
      for (const line of batch) {
        if (entries === 0 && !before && begin(line)) continue;
        if (before?.w !== line.w) {
          if (before) sums.close(before);
          before = undefined;
          wallets += 1;
        }
        entries += 1;
        if (findings.length < MAX_FINDINGS) findings.push(...check(before, line, holdBefore(line)?.hold));
        sums.add(line);
        before = line;
      }
      if (findings.length < MAX_FINDINGS) findings.push(...(await relatedFindings(lines, batch)));
    },
    end(): Verified {
      if (before) sums.close(before);
      return { entries, wallets, findings: [...findings, ...sums.findings()] };
    },
  };
}

/** Per currency: what the wallets hold at the end, against what their contra accounts gave. */
function createSums() {
  const byCurrency = new Map<string, bigint>();
  let [currency, minor] = ['', 0];
  /** Summed as numbers as long as that is exact. */
  const flush = () => {
    if (minor !== 0) byCurrency.set(currency, (byCurrency.get(currency) ?? 0n) + BigInt(minor));
    minor = 0;
  };
  const add = (of: string, amountMinor: number) => {
    if (!Number.isSafeInteger(amountMinor)) return;
    if (of !== currency || !Number.isSafeInteger(minor + amountMinor)) flush();
    currency = of;
    minor += amountMinor;
  };
  return {
    open: (line: Line): void => add(line.currency, -line.balanceMinor),
    add: (line: Line): void => add(line.currency, -line.amountMinor),
    close: (last: Line): void => add(last.currency, last.balanceMinor),
    findings(): Finding[] {
      flush();
      return [...byCurrency]
        .filter(([, sum]) => sum !== 0n)
        .map(([key, sum]) => ({ rule: 'zeroSum', detail: `${key}: ${sum} too much` }));
    },
  };
}
