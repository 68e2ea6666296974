import { strict as assert } from 'node:assert';
import type { Collection, Db } from 'mongodb';
import { inGroups } from '../in-groups.js';
import { breakdown } from './breakdown.js';
import { createCommitter } from './committer.js';
import { dailySpend, dailySpendOfMany } from './daily-spend.js';
import type { Entry, Ledger, NotPosted, Posting, WalletId } from './entry.js';
import { firstUses } from './first-uses.js';
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
import { type Append, type Operation, repeatOf, waitFor } from './operation.js';
import { page } from './history.js';
import { lineBefore } from './moment.js';
import type { Moves } from './moves.js';
import type { Bounds } from './queues.js';
import { createReverse } from './reverse.js';
import { createTransfer } from './transfer.js';
import { chargeLine } from './hold-lines.js';
import { createHolds } from './holds.js';
import { crossings, lastLine, lastLines, lineByKey } from './read.js';
import { hashOfPosting, hashOfRequest } from './request-hash.js';
import { statements } from './statements.js';
import type { TurnFailed } from './take-turns.js';
import { totals } from './totals.js';
import { createTurn } from './turn.js';

/**
 * The money of all workspaces in this database, as one chain of immutable lines per wallet.
 * Its indexes must stand (`ensureLedgerIndexes`). Calls do not join a surrounding transaction. `bounds`: how much may wait;
 * `turnFailed`: told of a turn among processes that could not be taken or given, which costs speed alone.
 */
export function createLedger(db: Db, bounds?: Bounds, turnFailed?: TurnFailed): Ledger & Moves {
  const lines = linesOf(db);
  const committer = createCommitter(lines, createTurn(db), bounds, turnFailed);
  const { append, accept } = committer;
  const post: Ledger['post'] = async (posting) => append(operationOf(posting));
  const transfer = createTransfer(db.client, lines, committer);
  const holds = createHolds(lines, append);
  const lastLineOf = inGroups((wallets: readonly WalletId[]) => lastLineOfEach(lines, wallets));
  return {
    open: (opening) => open(lines, append, opening),
    post,
    transfer: ({ id, ...more }) => transfer({ ...more, key: `x:${id}` }),
    reverse: createReverse(lines, post, transfer),
    ...holds,
    async postMany(postings) {
      const operations = postings.map((posting) => waitFor(operationOf(posting)));
      accept(operations.map(({ waiting }) => waiting));
      return Promise.allSettled(operations.map(({ answer }) => answer));
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
        next: (last) => settingsLine(last, change, hash),
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
      const { lines: found, next } = await page(db, wallet, query);
      return { entries: found.map(toEntry), more: next !== undefined, ...(next !== undefined && { next }) };
    },
    totals: (wallet, from, to) => totals(db, wallet, from, to),
    statements: (query) => statements(db, query),
    dailySpend: (wallet, query) => dailySpend(db, wallet, query),
    dailySpendOfMany: (wallets, query) => dailySpendOfMany(db, wallets, query),
    firstUses: (wallets) => firstUses(db, wallets),
    breakdown: (wallet, query) => breakdown(db, wallet, query),
    async balanceBefore(wallet, at) {
      return (await lineBefore(db, wallet, at))?.balanceMinor;
    },
    async crossingsSince(since, limit) {
      return (await crossings(lines, since, limit)).map(toEntry);
    },
  };
}

/** A posting as an operation of the committer. Throws where it is a mistake of the calling code. */
export function operationOf(posting: Posting): Operation<NotPosted> {
  assertPosting(posting);
  const { wallet, key, request, hold } = posting;
  const hash = request === undefined ? hashOfPosting(posting) : hashOfRequest(request);
  if (hold !== undefined) {
    return { wallet, key, hash, hold, next: (last, before) => chargeLine(last, before, posting, hash) };
  }
  return { wallet, key, hash, next: (last) => postingLine(last, posting, hash) };
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
  const earlier = await lineByKey(lines, wallet, OPENING_KEY);
  const opened = earlier
    ? repeatOf(earlier, hash)
    : await append<never>({ wallet, key: OPENING_KEY, hash, next: () => firstLine(opening, hash) });
  assert(opened.outcome !== 'conflict', `wallet ${wallet} stands already, for another account or currency`);
  return opened.entry;
}
