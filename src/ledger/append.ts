import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Collection, MongoServerError } from 'mongodb';
import type { Posted, Repeat, WalletId } from './entry.js';
import { LINEARIZABLE, type Line, toEntry } from './line.js';
import { OutcomeUnknown, WalletBusy } from './outcome.js';
import { lastLine, lineByKey } from './read.js';
import { createTurns, type Turn } from './turns.js';

const MAX_LOST_RACES = 100;
const MAX_UNKNOWN = 4;
const DUPLICATE_KEY = 11_000;

/** One operation on one wallet: what to write under whichever line is the last one then. */
export interface Operation {
  wallet: WalletId;
  key: string;
  hash: string;
  /** Pure: it is asked again for every try. Undefined where the operation needs a wallet that is not there. */
  next: (last: Line | undefined) => Line | 'insufficient' | undefined;
}

export type Append = (operation: Operation) => Promise<Posted>;

/** What an earlier line with the same key makes of a request. */
export function repeatOf(earlier: Line, hash: string): Repeat {
  return earlier.hash === hash
    ? { outcome: 'duplicate', entry: toEntry(earlier) }
    : { outcome: 'conflict', first: toEntry(earlier) };
}

/** Builds on the last line seen at majority; inserting the next sequence number is the compare-and-swap. */
export function createAppend(lines: Collection<Line>): Append {
  const inTurn = createTurns();
  return (operation) =>
    inTurn(operation.wallet, (turn, call) => appendInTurn({ lines, operation, turn, call, unsettled: [] }));
}

/** One call's tries. `unsettled` are inserts of which nobody could say what became of them. */
interface Attempt {
  lines: Collection<Line>;
  operation: Operation;
  turn: Turn;
  call: number;
  unsettled: Line[];
}

async function appendInTurn(attempt: Attempt): Promise<Posted> {
  const { operation, turn } = attempt;
  try {
    for (let lost = 0; lost <= MAX_LOST_RACES; lost++) {
      const posted = await tryOnce(attempt);
      if (posted) return posted;
      turn.last = undefined;
      if (lost > 0) await pause(randomInt(1, 2 + Math.min(lost * 2, 30)));
    }
    throw new WalletBusy(operation.wallet);
  } catch (error) {
    turn.last = undefined;
    if (attempt.unsettled.length === 0 || error instanceof OutcomeUnknown) throw error;
    throw new OutcomeUnknown(operation.wallet, operation.key, error);
  }
}

/** Undefined: somebody else wrote first, or nobody knows; try again under a fresh last line. */
async function tryOnce(attempt: Attempt): Promise<Posted | undefined> {
  const { lines, operation, turn } = attempt;
  const last = turn.last ?? (await lastLine(lines, operation.wallet));
  const line = operation.next(last);
  if (line === undefined || line === 'insufficient') return settleWithoutLine(attempt, last);
  try {
    await lines.insertOne(line);
    turn.last = line;
    return { outcome: 'posted', entry: toEntry(line) };
  } catch (error) {
    if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return settleDuplicate(attempt);
    attempt.unsettled.push(line);
    return settleUnknown(attempt, error);
  }
}

/** There is no wallet, or too little in it: both may be said only of the newest state, and the key goes before the funds. */
async function settleWithoutLine(attempt: Attempt, last: Line | undefined): Promise<Posted | undefined> {
  const { lines, operation } = attempt;
  if (!(await isNewest(attempt, last?.s ?? 0))) return undefined;
  if (!last) return { outcome: 'unknownWallet' };
  const earlier = await lineByKey(lines, operation.wallet, operation.key);
  if (earlier) return outcomeOf(attempt, earlier);
  return {
    outcome: 'insufficient',
    balanceMinor: last.balanceMinor,
    availableMinor: last.balanceMinor - last.heldMinor,
  };
}

/**
 * A linearizable read finds the line that a stale one missed. It may take 100 ms: a call that was waiting already when
 * another looked relies on that look.
 */
async function isNewest({ lines, operation, turn, call }: Attempt, sequence: number): Promise<boolean> {
  if (turn.newest?.sequence === sequence && call <= turn.newest.calls) return true;
  const { calls } = turn;
  const newer = await lines.findOne({ w: operation.wallet, s: sequence + 1 }, LINEARIZABLE);
  turn.newest = newer ? undefined : { sequence, calls };
  return newer === null;
}

/** Either the key or the sequence number was taken: only the key, read at majority, tells which. */
async function settleDuplicate(attempt: Attempt): Promise<Posted | undefined> {
  const earlier = await lineByKey(attempt.lines, attempt.operation.wallet, attempt.operation.key);
  return earlier && outcomeOf(attempt, earlier);
}

/** The insert broke off. Found: it stands. Not found: trying again is safe, as key and sequence number still guard it. */
async function settleUnknown(attempt: Attempt, error: unknown): Promise<Posted | undefined> {
  const { lines, operation, unsettled } = attempt;
  const found = await lines.findOne({ _id: { w: operation.wallet, k: operation.key } }, LINEARIZABLE);
  if (found) return outcomeOf(attempt, found);
  if (unsettled.length >= MAX_UNKNOWN) throw new OutcomeUnknown(operation.wallet, operation.key, error);
  return undefined;
}

function outcomeOf({ unsettled, operation }: Attempt, found: Line): Posted {
  const ours = unsettled.some(
    (line) => line.s === found.s && line.at.getTime() === found.at.getTime() && line.hash === found.hash,
  );
  return ours ? { outcome: 'posted', entry: toEntry(found) } : repeatOf(found, operation.hash);
}
