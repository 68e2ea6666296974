import type { WalletId } from './entry.js';
import type { Line } from './line.js';

/** Remembers the line this process last saw acknowledged, for as long as calls are waiting behind it. */
export interface Turn {
  last: Line | undefined;
}

/**
 * One call at a time per wallet within this process, in the order of the calls: for speed and for order alone. Other
 * processes write too; what keeps the chain right is the unique index.
 */
export function createTurns(): <T>(wallet: WalletId, work: (turn: Turn) => Promise<T>) => Promise<T> {
  const waiting = new Map<WalletId, { turn: Turn; tail: Promise<void>; calls: number }>();

  return async (wallet, work) => {
    const queue = waiting.get(wallet) ?? { turn: { last: undefined }, tail: Promise.resolve(), calls: 0 };
    waiting.set(wallet, queue);
    queue.calls += 1;
    const before = queue.tail;
    const { promise, resolve } = deferred();
    queue.tail = promise;
    await before;
    try {
      return await work(queue.turn);
    } finally {
      queue.calls -= 1;
      if (queue.calls === 0) waiting.delete(wallet);
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
