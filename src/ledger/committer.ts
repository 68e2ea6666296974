import { randomInt } from 'node:crypto';
import { type Collection, MongoError } from 'mongodb';
import { commitGroup } from './commit-group.js';
import type { WalletId } from './entry.js';
import type { Line } from './line.js';
import { type Append, waitFor, type Waiting } from './operation.js';
import { LedgerBusy } from './outcome.js';
import { type Bounds, createQueues, type Queues } from './queues.js';
import { createRecent, type Recent } from './recent.js';
import type { Turn } from './turn.js';

/** A larger group makes its first posting wait for its last without being cheaper. */
const MAX_GROUP = 1_000;
/** Groups of different wallets that are being written at once: while the database works on one, the next is made. */
const MAX_COMMITS = 4;
const BOUNDS: Bounds = { waiting: 20_000, perWallet: 10_000 };
const TURN_MS = 2_000;
/** With nothing to write for so long, the turn among the processes is given away. */
const REST_MS = 3;

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

export function createCommitter(lines: Collection<Line>, turn: Turn, bounds: Bounds = BOUNDS): Committer {
  const recent = createRecent();
  const queues = createQueues(bounds, wake);
  let commits = 0;
  let woken = false;

  function wake(): void {
    if (woken) return;
    woken = true;
    void startCommits();
  }

  /** After the running code, so that calls of one moment are one group; and where others write too, in our turn. */
  async function startCommits(): Promise<void> {
    await Promise.resolve();
    if (!turn.isOurs() && queues.hasReady() && !(await takeTurn())) return;
    woken = false;
    while (commits < MAX_COMMITS) {
      const group = queues.take(MAX_GROUP);
      if (group.length === 0) return;
      commits += 1;
      void commit(group);
    }
  }

  /** False while commits of our last turn are under way: the last of them wakes us. A turn that cannot be taken is done without. */
  async function takeTurn(): Promise<boolean> {
    if (commits > 0) {
      woken = false;
      return false;
    }
    try {
      await turn.give();
      if (await turn.take()) recent.forgetHeads();
    } catch (error) {
      if (!(error instanceof MongoError)) throw error;
    }
    return true;
  }

  async function commit(group: readonly Waiting[]): Promise<void> {
    const { undone, lost } = await commitGroup(lines, recent, group);
    commits -= 1;
    if (lost.size > 0) turn.lost();
    queues.putBack(undone);
    for (const wallet of new Set(group.map((waiting) => waiting.wallet))) {
      if (lost.has(wallet)) setTimeout(() => queues.resume(wallet), backOffMs(undone, wallet));
      else queues.resume(wallet);
    }
    wake();
    if (turn.isHeld()) setTimeout(() => void giveTurnAtRest(), REST_MS);
  }

  async function giveTurnAtRest(): Promise<void> {
    if (commits > 0 || queues.hasReady()) return;
    try {
      await turn.give();
    } catch (error) {
      if (!(error instanceof MongoError)) throw error;
    }
  }

  return {
    append: async (operation) => {
      const { waiting, answer } = waitFor(operation);
      queues.add([waiting]);
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
