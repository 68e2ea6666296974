import { strict as assert } from 'node:assert';
import type { Collection, Db } from 'mongodb';
import { type Append, createAppend, repeatOf } from './append.js';
import { inGroups } from '../in-groups.js';
import type { Entry, Ledger, WalletId } from './entry.js';
import { type Line, linesOf, toEntry, toHead } from './line.js';
import {
  assertKey,
  assertPosting,
  assertThresholds,
  firstLine,
  OPENING_KEY,
  type Opening,
  postingLine,
  settingsLine,
} from './next-line.js';
import { crossings, lastLine, lastLines, lineByKey, page } from './read.js';
import { hashOfPosting, hashOfRequest } from './request-hash.js';
import { totals } from './totals.js';

/**
 * The money of all workspaces in this database, as one chain of immutable lines per wallet.
 * Its indexes must stand (`ensureLedgerIndexes`). Calls do not join a surrounding transaction.
 */
export function createLedger(db: Db): Ledger {
  const lines = linesOf(db);
  const append = createAppend(lines);
  const lastLineOf = inGroups((wallets: readonly WalletId[]) => lastLineOfEach(lines, wallets));
  return {
    open: (opening) => open(lines, append, opening),
    async post(posting) {
      assertPosting(posting);
      const { wallet, key, request } = posting;
      const hash = request === undefined ? hashOfPosting(posting) : hashOfRequest(request);
      return append({ wallet, key, hash, next: (last) => last && postingLine(last, posting, hash) });
    },
    async earlier({ wallet, key, request }) {
      const line = await lineByKey(lines, wallet, key);
      return line && repeatOf(line, hashOfRequest(request));
    },
    async setThresholds(change) {
      assertKey(change.key);
      assertThresholds(change.thresholds);
      const hash = hashOfRequest({ settings: change.thresholds });
      return append({
        wallet: change.wallet,
        key: change.key,
        hash,
        next: (last) => last && settingsLine(last, change, hash),
      });
    },
    async head(wallet) {
      const last = await lastLineOf(wallet);
      return last && toHead(last);
    },
    async heads(wallets) {
      const last = await lastLines(lines, wallets);
      return new Map(last.map((line) => [line.w, toHead(line)]));
    },
    async entry(wallet, key) {
      const line = await lineByKey(lines, wallet, key);
      return line && toEntry(line);
    },
    async history(wallet, query) {
      const found = await page(lines, wallet, query);
      return { entries: found.lines.map(toEntry), more: found.more };
    },
    totals: (wallet, from, to) => totals(lines, wallet, from, to),
    async crossingsSince(since, limit) {
      return (await crossings(lines, since, limit)).map(toEntry);
    },
  };
}

/** For many at once, each wallet is read once. */
async function lastLineOfEach(
  lines: Collection<Line>,
  wallets: readonly WalletId[],
): Promise<readonly (Line | undefined)[]> {
  const [first, ...others] = new Set(wallets);
  if (first && others.length === 0) {
    const only = await lastLine(lines, first);
    return wallets.map(() => only);
  }
  const found = new Map((await lastLines(lines, [...new Set(wallets)])).map((line) => [line.w, line]));
  return wallets.map((wallet) => found.get(wallet));
}

async function open(lines: Collection<Line>, append: Append, opening: Opening): Promise<Entry> {
  const { wallet, account, currency } = opening;
  const hash = hashOfRequest({ opened: { account, currency } });
  const posted = await append({ wallet, key: OPENING_KEY, hash, next: () => firstLine(opening, hash) });
  assert(
    posted.outcome === 'posted' || posted.outcome === 'duplicate',
    `wallet ${wallet} stands already, for another account or currency`,
  );
  return posted.entry;
}
