import { randomInt } from 'node:crypto';
import type { Collection } from 'mongodb';
import { commitGroup } from './commit-group.js';
import type { WalletId } from './entry.js';
import { LANES, laneOf } from './lanes.js';
import type { Line } from './line.js';
import { type Append, waitFor, type Waiting } from './operation.js';
import { LedgerBusy } from './outcome.js';
import { type Bounds, createQueues, type Queues } from './queues.js';
import { createRecent, type Recent } from './recent.js';
import { createTurnTaking, type TurnFailed } from './take-turns.js';
import type { Turn } from './turn.js';

/** A larger group makes its first posting wait for its last without being cheaper. */
const MAX_GROUP = 1_000;
/** Groups of different wallets that are being written at once: while the database works on one, the next is made. */
const MAX_COMMITS = 4;
const BOUNDS: Bounds = { waiting: 20_000, perWallet: 10_000 };
const TURN_MS = 2_000;

/**
 * Writes what is posted to this process in groups: a posting that comes while nothing is being written goes at once,
 * what comes meanwhile gathers. One wallet is in one group at a time. Other processes write the same wallets too; what
 * keeps a chain right is its unique index, not this.
 */
export interface Committer {
  append: Append;
  /** Like `append`, for operations that all are taken or, with LedgerBusy, all are not. */
  accept: (waiting: readonly Waiting[]) => void;
  /** Runs `work` while this process writes nothing else to these wallets. Rejects with LedgerBusy after 2 s of waiting. */
  inTurn: <T>(wallets: readonly WalletId[], work: () => Promise<T>) => Promise<T>;
  recent: Recent;
}

export function createCommitter(
  lines: Collection<Line>,
  turn: Turn,
  bounds: Bounds = BOUNDS,
  turnFailed: TurnFailed = (error) => process.emitWarning(String(error)),
): Committer {
  const recent = createRecent();
  const queues = createQueues(bounds, wake);
  /** Groups under way, and how many of their wallets are in each lane. */
  let commits = 0;
  const busy = Array.from({ length: LANES }, () => 0);
  const isBusy = (lane: number) => busy[lane] !== 0;
  const takeTurns = createTurnTaking({ turn, queues, isBusy, recent, turnFailed, startCommits });
  let woken = false;

  /** After the running code, so that calls of one moment are one group. */
  function wake(): void {
    if (woken) return;
    woken = true;
    queueMicrotask(() => {
      woken = false;
      startCommits();
    });
  }

  function startCommits(): void {
    while (commits < MAX_COMMITS) {
      const group = queues.take(MAX_GROUP, turn.isOurs);
      if (group.length === 0) break;
      void commit(group);
    }
    takeTurns();
  }

  async function commit(group: readonly Waiting[]): Promise<void> {
    const wallets = new Set(group.map(({ wallet }) => wallet));
    const count = (by: number) => {
      commits += by;
      for (const wallet of wallets) busy[laneOf(wallet)]! += by;
    };
    count(1);
    const { undone, lost, tellStored } = await commitGroup(lines, recent, group);
    count(-1);
    queues.putBack(undone);
    if (lost.size > 0) turn.lost();
    for (const wallet of wallets) {
      if (lost.has(wallet)) setTimeout(() => queues.resume(wallet), backOffMs(undone, wallet));
      else queues.resume(wallet);
    }
    startCommits();
    // What is told makes the callers run: the next group is sent before that.
    if (commits > 0) setImmediate(tellStored);
    else tellStored();
  }

  return {
    append(operation) {
      const { waiting, answer } = waitFor(operation);
      try {
        queues.add([waiting]);
      } catch (error) {
        waiting.fail(error);
      }
      return answer;
    },
    accept: (waiting) => queues.add(waiting),
    inTurn: (wallets, work) => inTurnOf(queues, wallets, work),
    recent,
  };
}
/** In the order of the ids, so that two of them never wait for each other. */
async function inTurnOf<T>(queues: Queues, wallets: readonly WalletId[], work: () => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(TURN_MS);
  const reserved: WalletId[] = [];
  try {
    for (const wallet of [...wallets].sort()) {
      if (signal.aborted) throw new LedgerBusy('the wallets did not come free in time');
      await queues.reserve(wallet, signal);
      reserved.push(wallet);
    }
    return await work();
  } finally {
    for (const wallet of reserved) queues.resume(wallet);
  }
}

/** A loser lets the others finish; the longer it loses, the longer. */
function backOffMs(undone: readonly Waiting[], wallet: WalletId): number {
  const lost = Math.max(...undone.filter((waiting) => waiting.wallet === wallet).map((waiting) => waiting.lost), 1);
  return randomInt(1, 3 + Math.min(lost * 3, 60));
}
