import type { Collection, Db, Filter } from 'mongodb';
import type { EntryKind, Minor, WalletId } from './entry.js';
import { type Line, linesOf } from './line.js';
import { verifyDerived } from './verify-derived.js';
import { type Finding, findingsOf, type Holds } from './verify-chain.js';

/** A broken ledger could have a finding per line: the rest says nothing new. */
const MAX_FINDINGS = 1_000;

export interface Verified {
  entries: number;
  wallets: number;
  findings: readonly Finding[];
}

/**
 * Reads every chain (or those of one account) from its first line and proves the invariants of README.md. It streams:
 * memory grows with transfers, reversals and one wallet's holds, not with entries.
 */
export async function verifyLedger(db: Db, { account }: { account?: string } = {}): Promise<Verified> {
  const lines = linesOf(db);
  const ids = account === undefined ? undefined : await walletsOf(lines, account);
  const scope: Filter<Line> = ids ? { w: { $in: ids } } : {};
  const findings: Finding[] = [];
  const sums = createSums();
  const reversed: Parameters<typeof danglingReversals>[1][number][] = [];
  let entries = 0;
  let wallets = 0;
  let before: Line | undefined;
  let holds: Holds = new Map();
  for await (const line of lines.find(scope).sort({ w: 1, s: 1 })) {
    if (before?.w !== line.w) {
      if (before) sums.close(before);
      before = undefined;
      holds = new Map();
      wallets += 1;
    }
    entries += 1;
    if (findings.length < MAX_FINDINGS) findings.push(...findingsOf(before, line, holds));
    if (line.reverses !== undefined) {
      const { w: wallet, s: sequence, kind, amountMinor } = line;
      reversed.push({ wallet, sequence, key: line.reverses, kind, amountMinor });
    }
    sums.add(line);
    before = line;
  }
  if (before) sums.close(before);
  findings.push(...sums.findings(), ...(await danglingReversals(lines, reversed)), ...(await verifyDerived(db, ids)));
  return { entries, wallets, findings };
}

function walletsOf(lines: Collection<Line>, account: string): Promise<WalletId[]> {
  return lines
    .find({ account })
    .map((line) => line.w)
    .toArray();
}

/**
 * Per currency: what the wallets hold at the end, against what their contra accounts gave. And per transfer: both legs,
 * each naming the other wallet, come to nothing.
 */
function createSums() {
  const byCurrency = new Map<string, bigint>();
  const transfers = new Map<string, bigint>();
  const add = (to: Map<string, bigint>, key: string, amountMinor: number) => {
    if (Number.isSafeInteger(amountMinor)) to.set(key, (to.get(key) ?? 0n) + BigInt(amountMinor));
  };
  return {
    add(line: Line): void {
      add(byCurrency, line.currency, -line.amountMinor);
      if (!line.contra.startsWith('wallet:')) return;
      const pair = [line.w, line.contra.slice('wallet:'.length)].sort().join(' and ');
      add(transfers, `${line._id.k} of ${pair}`, line.amountMinor);
    },
    close(last: Line): void {
      add(byCurrency, last.currency, last.balanceMinor);
    },
    findings(): Finding[] {
      return [
        ...[...byCurrency].map(([key, sum]) => ({ rule: 'zeroSum' as const, key, sum })),
        ...[...transfers].map(([key, sum]) => ({ rule: 'transfer' as const, key, sum })),
      ]
        .filter(({ sum }) => sum !== 0n)
        .map(({ rule, key, sum }) => ({ rule, detail: `${key}: ${sum} too much` }));
    },
  };
}

async function danglingReversals(
  lines: Collection<Line>,
  reversed: readonly { wallet: WalletId; sequence: number; key: string; kind: EntryKind; amountMinor: Minor }[],
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { wallet, sequence, key, kind, amountMinor } of reversed) {
    const original = await lines.findOne({ _id: { w: wallet, k: key } });
    if (!original || original.s >= sequence) {
      findings.push({ rule: 'reversal', wallet, sequence, detail: `takes back ${key}, which is not there` });
    } else if (kind === 'reversal' && !takesBack(original.amountMinor, amountMinor)) {
      findings.push({
        rule: 'reversal',
        wallet,
        sequence,
        detail: `${amountMinor} takes back ${original.amountMinor}`,
      });
    }
  }
  return findings;
}

/** The other way, and no more than there was. */
function takesBack(amountMinor: Minor, backMinor: Minor): boolean {
  return Math.sign(backMinor) === -Math.sign(amountMinor) && Math.abs(backMinor) <= Math.abs(amountMinor);
}
