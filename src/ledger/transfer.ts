import { strict as assert } from 'node:assert';
import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type ClientSession, type Collection, MongoError, type MongoClient } from 'mongodb';
import type { Committer } from './committer.js';
import type { Posting } from './entry.js';
import type { Transfer, Transferred } from './moves.js';
import { DUPLICATE_KEY } from './insert.js';
import { type Line, labelsOf, toEntry } from './line.js';
import { assertPosting, postingLine } from './next-line.js';
import { LedgerBusy, OutcomeUnknown } from './outcome.js';
import { idOf } from './operation.js';
import { isNewest, lastLines, linesByKeys, settledLines } from './read.js';
import { hashOfPosting } from './request-hash.js';

const MAX_TRIES = 50;
const MAX_COMMITS = 5;
const LIMIT_MS = 2_000;

/** The two lines of a transfer, from and to. */
interface Legs<T> {
  from: T;
  to: T;
}

interface Move {
  client: MongoClient;
  lines: Collection<Line>;
  recent: Committer['recent'];
  legs: Legs<Posting>;
  /** A commit of it was sent of which nobody could say what became of it. */
  unsettled: unknown[];
}

export type MakeTransfer = (transfer: Omit<Transfer, 'id'> & { key: string }) => Promise<Transferred>;

/** Writes the next line of two chains in one transaction, while this process writes nothing else to either. */
export function createTransfer(client: MongoClient, lines: Collection<Line>, committer: Committer): MakeTransfer {
  return async (transfer) => {
    assert(transfer.from !== transfer.to, 'a transfer goes to another wallet');
    assert(transfer.amountMinor > 0, 'a transfer is above zero');
    const legs = legsOf(transfer);
    assertPosting(legs.from);
    const move: Move = { client, lines, recent: committer.recent, legs, unsettled: [] };
    return committer.inTurn([transfer.from, transfer.to], () => moveInTurn(move));
  };
}

function legsOf(transfer: Omit<Transfer, 'id'> & { key: string }): Legs<Posting> {
  const { from, to, key, amountMinor, at } = transfer;
  const both = { key, kind: 'transfer', at, ...labelsOf(transfer) } as const;
  return {
    from: { ...both, wallet: from, amountMinor: -amountMinor, contra: `wallet:${to}` },
    to: { ...both, wallet: to, amountMinor, contra: `wallet:${from}` },
  };
}

async function moveInTurn(move: Move): Promise<Transferred> {
  const { recent, legs, unsettled } = move;
  const until = performance.now() + LIMIT_MS;
  try {
    for (let tries = 0; tries < MAX_TRIES && performance.now() < until; tries++) {
      const moved = await tryOnce(move);
      if (moved) return moved;
      await pause(randomInt(1, 3 + Math.min(tries * 3, 40)));
    }
    throw new LedgerBusy('other writers of the two wallets were faster');
  } catch (error) {
    if (unsettled.length === 0) throw error;
    throw new OutcomeUnknown(legs.from.wallet, legs.from.key, unsettled[0]);
  } finally {
    if (unsettled.length > 0) for (const { wallet } of [legs.from, legs.to]) recent.forgetHead(wallet);
  }
}

/** Undefined: somebody else wrote first, or nobody knows; try again under fresh last lines. */
async function tryOnce(move: Move): Promise<Transferred | undefined> {
  const { lines, legs } = move;
  const earlier = await earlierOf(move);
  if (earlier) return earlier;
  const heads = new Map((await lastLines(lines, [legs.from.wallet, legs.to.wallet])).map((line) => [line.w, line]));
  const [fromHead, toHead] = [heads.get(legs.from.wallet), heads.get(legs.to.wallet)];
  const from = postingLine(fromHead, legs.from, hashOfPosting(legs.from));
  const to = postingLine(toHead, legs.to, hashOfPosting(legs.to));
  if ('outcome' in to) return settleRefused(move, { wallet: legs.to.wallet, sequence: toHead?.s ?? 0 }, to);
  if ('outcome' in from) return settleRefused(move, { wallet: legs.from.wallet, sequence: fromHead?.s ?? 0 }, from);
  if (from.currency !== to.currency) return { outcome: 'otherCurrency' };
  return write(move, { from, to });
}

/** As in a posting: said only of the newest state, and the key goes before the funds. */
async function settleRefused(
  move: Move,
  under: { wallet: string; sequence: number },
  refused: Transferred,
): Promise<Transferred | undefined> {
  if (!(await isNewest(move.lines, under.wallet, under.sequence))) return undefined;
  return (await earlierOf(move)) ?? refused;
}

/** What the key was used for in either wallet. Both legs stand or neither does. */
async function earlierOf({ lines, legs, unsettled }: Move): Promise<Transferred | undefined> {
  const keys = [legs.from, legs.to];
  const found = await (unsettled.length > 0 ? settledLines(lines, keys) : linesByKeys(lines, keys));
  const [first] = found;
  if (!first) return undefined;
  const from = found.find(({ w, hash }) => w === legs.from.wallet && hash === hashOfPosting(legs.from));
  const to = found.find(({ w, hash }) => w === legs.to.wallet && hash === hashOfPosting(legs.to));
  if (!from || !to) return { outcome: 'conflict', first: toEntry(first) };
  return { outcome: unsettled.length > 0 ? 'posted' : 'duplicate', from: toEntry(from), to: toEntry(to) };
}

async function write(move: Move, legs: Legs<Line>): Promise<Transferred | undefined> {
  const { client, lines, recent, unsettled } = move;
  const session = client.startSession();
  let sent = false;
  try {
    session.startTransaction({ writeConcern: { w: 'majority', journal: true }, maxCommitTimeMS: LIMIT_MS });
    await lines.insertMany([legs.from, legs.to], { session, ordered: true });
    sent = true;
    await commit(session);
  } catch (error) {
    for (const line of [legs.from, legs.to]) recent.forgetHead(line.w);
    if (isLabelled(error, 'TransientTransactionError') || isDuplicate(error)) return undefined;
    if (!sent || !isLabelled(error, 'UnknownTransactionCommitResult')) throw error;
    unsettled.push(error);
    return undefined;
  } finally {
    // Aborts what was not committed.
    await session.endSession();
  }
  for (const line of [legs.from, legs.to]) {
    recent.rememberHead(line);
    recent.rememberLine(idOf(line.w, line._id.k), line);
  }
  return { outcome: 'posted', from: toEntry(legs.from), to: toEntry(legs.to) };
}

/** A commit of unknown result is sent again: the server takes it once. */
async function commit(session: ClientSession): Promise<void> {
  for (let sent = 1; ; sent++) {
    try {
      await session.commitTransaction();
      return;
    } catch (error) {
      if (sent >= MAX_COMMITS || !isLabelled(error, 'UnknownTransactionCommitResult')) throw error;
    }
  }
}

const isLabelled = (error: unknown, label: string): boolean =>
  error instanceof MongoError && error.hasErrorLabel(label);

const isDuplicate = (error: unknown): boolean => error instanceof MongoError && error.code === DUPLICATE_KEY;
