import type { WalletId } from './entry.js';
import type { Line } from './line.js';

/** What the calls waiting for one wallet in this process pass on to each other; gone when none waits. */
export interface Turn {
  /** The line last acknowledged, where nothing has gone wrong since. */
  last: Line | undefined;
  /** How many calls have come so far. */
  calls: number;
  /** The last linearizable look: this line was the newest, at a moment when so many calls had come. */
  newest: { sequence: number; calls: number } | undefined;
}

/**
 * One call at a time per wallet within this process, in the order of the calls: for speed and for order alone. Other
 * processes write too; what keeps the chain right is the unique index. `call` is the number of the call among `turn.calls`.
 */
export function createTurns(): <T>(wallet: WalletId, work: (turn: Turn, call: number) => Promise<T>) => Promise<T> {
  const queues = new Map<WalletId, { turn: Turn; tail: Promise<void>; waiting: number }>();

  return async (wallet, work) => {
    const queue = queues.get(wallet) ?? {
      turn: { last: undefined, calls: 0, newest: undefined },
      tail: Promise.resolve(),
      waiting: 0,
    };
    queues.set(wallet, queue);
    queue.waiting += 1;
    queue.turn.calls += 1;
    const call = queue.turn.calls;
    const before = queue.tail;
    const { promise, resolve } = deferred();
    queue.tail = promise;
    await before;
    try {
      return await work(queue.turn, call);
    } finally {
      queue.waiting -= 1;
      if (queue.waiting === 0) queues.delete(wallet);
      resolve();
    }
  };
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
