import { LedgerBusy } from './outcome.js';
import type { WalletId } from './entry.js';
import type { Waiting } from './operation.js';

/** Somebody who wants the wallet to stand still for a while, in turn with the postings. */
interface Reservation {
  begin: () => void;
}

interface Queue {
  items: (Waiting | Reservation)[];
  /** In a group, reserved or paused: nothing is taken from it. */
  stopped: boolean;
}

export interface Bounds {
  /** Operations waiting in this process, and of these in one wallet. */
  waiting: number;
  perWallet: number;
}

/** Operations that wait, per wallet in the order of the calls. */
export interface Queues {
  /** All or none: throws LedgerBusy where too much is waiting. */
  add: (waiting: readonly Waiting[]) => void;
  /** The next operations, of wallets that nobody is writing; these wallets then stand still until `resume`. */
  take: (max: number) => Waiting[];
  /** What was taken and is not done goes to the front again, in the order in which it was taken. */
  putBack: (waiting: readonly Waiting[]) => void;
  resume: (wallet: WalletId) => void;
  /** Waits its turn in the wallet, then stops it until `resume`; `signal` ends the waiting. */
  reserve: (wallet: WalletId, signal: AbortSignal) => Promise<void>;
  hasReady: () => boolean;
}

export function createQueues(bounds: Bounds, wake: () => void): Queues {
  const queues = new Map<WalletId, Queue>();
  /** Wallets with something to take, in the order in which they are served. */
  const ready = new Set<WalletId>();
  let size = 0;

  function queueOf(wallet: WalletId): Queue {
    const queue = queues.get(wallet) ?? { items: [], stopped: false };
    queues.set(wallet, queue);
    return queue;
  }

  /** A reservation that is first stops the wallet; a queue with nothing in it is forgotten. */
  function serve(wallet: WalletId, queue: Queue): void {
    if (queue.stopped) return;
    const [first] = queue.items;
    if (!first) queues.delete(wallet);
    else if ('begin' in first) {
      queue.items.shift();
      queue.stopped = true;
      ready.delete(wallet);
      first.begin();
    } else if (!ready.has(wallet)) {
      ready.add(wallet);
      wake();
    }
  }

  function add(waiting: readonly Waiting[]): void {
    if (size + waiting.length > bounds.waiting) throw new LedgerBusy(`${size} postings are waiting`);
    const counts = new Map<WalletId, number>();
    for (const { wallet } of waiting) counts.set(wallet, (counts.get(wallet) ?? 0) + 1);
    for (const [wallet, count] of counts) {
      const before = queues.get(wallet)?.items.length ?? 0;
      if (before + count > bounds.perWallet) throw new LedgerBusy(`${before} postings are waiting for ${wallet}`);
    }
    size += waiting.length;
    for (const one of waiting) queueOf(one.wallet).items.push(one);
    for (const wallet of counts.keys()) serve(wallet, queueOf(wallet));
  }

  function take(max: number): Waiting[] {
    const taken: Waiting[] = [];
    for (const wallet of ready) {
      if (taken.length >= max) break;
      const queue = queueOf(wallet);
      ready.delete(wallet);
      queue.stopped = true;
      const count = leading(queue.items, max - taken.length);
      for (const item of queue.items.splice(0, count)) if (!('begin' in item)) taken.push(item);
    }
    size -= taken.length;
    return taken;
  }

  function putBack(waiting: readonly Waiting[]): void {
    size += waiting.length;
    for (const one of waiting.toReversed()) queueOf(one.wallet).items.unshift(one);
  }

  function resume(wallet: WalletId): void {
    const queue = queueOf(wallet);
    queue.stopped = false;
    serve(wallet, queue);
  }

  function reserve(wallet: WalletId, signal: AbortSignal): Promise<void> {
    const queue = queueOf(wallet);
    const { reservation, begun } = createReservation(queue, signal, () => serve(wallet, queue));
    queue.items.push(reservation);
    serve(wallet, queue);
    return begun;
  }

  return { add, take, putBack, resume, reserve, hasReady: () => ready.size > 0 };
}

/** How many operations come before the first reservation. */
function leading(items: readonly (Waiting | Reservation)[], max: number): number {
  let count = 0;
  for (const item of items) {
    if (count >= max || 'begin' in item) break;
    count += 1;
  }
  return count;
}

/** Something to stand in a queue that begins in turn, or leaves it when `signal` says so. */
function createReservation(
  queue: Queue,
  signal: AbortSignal,
  serve: () => void,
): { reservation: Reservation; begun: Promise<void> } {
  let begin = () => {};
  const begun = new Promise<void>((resolve, reject) => {
    const giveUp = () => {
      queue.items = queue.items.filter((item) => item !== reservation);
      serve();
      reject(new LedgerBusy('a wallet did not come free in time'));
    };
    begin = () => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    };
    signal.addEventListener('abort', giveUp, { once: true });
  });
  const reservation: Reservation = { begin };
  return { reservation, begun };
}
