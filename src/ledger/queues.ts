import type { WalletId } from './entry.js';
import { LANES, laneOf } from './lanes.js';
import type { Waiting } from './operation.js';
import { LedgerBusy } from './outcome.js';

/** Somebody who wants the wallet to stand still for a while, in turn with the postings. */
interface Reservation {
  begin: () => void;
}

interface Queue {
  wallet: WalletId;
  lane: number;
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
  /** The next operations, of wallets of open lanes that nobody is writing; these wallets then stand still until `resume`. */
  take: (max: number, isOpen: (lane: number) => boolean) => Waiting[];
  /** What was taken and is not done goes to the front again, in the order in which it was taken. */
  putBack: (waiting: readonly Waiting[]) => void;
  resume: (wallet: WalletId) => void;
  /** Waits its turn in the wallet, then stops it until `resume`; `signal` ends the waiting. */
  reserve: (wallet: WalletId, signal: AbortSignal) => Promise<void>;
  /** Whether the lane has something to take. */
  isReady: (lane: number) => boolean;
}

export function createQueues(bounds: Bounds, wake: () => void): Queues {
  const queues = new Map<WalletId, Queue>();
  /** Per lane the wallets with something to take, in the order in which they are served. */
  const ready = Array.from({ length: LANES }, () => new Set<Queue>());
  let size = 0;
  let firstLane = 0;

  function queueOf(wallet: WalletId): Queue {
    const known = queues.get(wallet);
    if (known) return known;
    const queue: Queue = { wallet, lane: laneOf(wallet), items: [], stopped: false };
    queues.set(wallet, queue);
    return queue;
  }

  /** A reservation that is first stops the wallet; a queue with nothing in it is forgotten. */
  function serve(queue: Queue): void {
    if (queue.stopped) return;
    const [first] = queue.items;
    if (!first) queues.delete(queue.wallet);
    else if ('begin' in first) {
      queue.items.shift();
      queue.stopped = true;
      ready[queue.lane]!.delete(queue);
      first.begin();
    } else {
      ready[queue.lane]!.add(queue);
      wake();
    }
  }

  function add(waiting: readonly Waiting[]): void {
    refuseTooMany(waiting, bounds, { size, of: (wallet) => queues.get(wallet)?.items.length ?? 0 });
    size += waiting.length;
    for (const one of waiting) {
      const queue = queueOf(one.wallet);
      // What follows a first one that waits changes nothing about when the wallet is served.
      if (queue.items.push(one) === 1) serve(queue);
    }
  }

  /** Begins with another lane each time, so that a full one does not keep the others waiting. */
  function take(max: number, isOpen: (lane: number) => boolean): Waiting[] {
    const taken: Waiting[] = [];
    firstLane = (firstLane + 1) % LANES;
    for (let i = 0; i < LANES; i++) {
      const lane = (firstLane + i) % LANES;
      if (ready[lane]!.size === 0 || !isOpen(lane)) continue;
      for (const queue of ready[lane]!) {
        if (taken.length >= max) break;
        ready[lane]!.delete(queue);
        queue.stopped = true;
        takeLeading(queue, taken, max);
      }
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
    serve(queue);
  }

  function reserve(wallet: WalletId, signal: AbortSignal): Promise<void> {
    const queue = queueOf(wallet);
    const { reservation, begun } = createReservation(queue, signal, () => serve(queue));
    queue.items.push(reservation);
    serve(queue);
    return begun;
  }

  return { add, take, putBack, resume, reserve, isReady: (lane) => ready[lane]!.size > 0 };
}

function refuseTooMany(
  waiting: readonly Waiting[],
  bounds: Bounds,
  now: { size: number; of: (wallet: WalletId) => number },
): void {
  if (now.size + waiting.length > bounds.waiting) throw new LedgerBusy(`${now.size} postings are waiting`);
  const counts = new Map<WalletId, number>();
  for (const { wallet } of waiting) {
    const count = (counts.get(wallet) ?? now.of(wallet)) + 1;
    if (count > bounds.perWallet) throw new LedgerBusy(`too many postings are waiting for ${wallet}`);
    if (waiting.length > 1) counts.set(wallet, count);
  }
}

/** Moves what comes before the first reservation to `taken`, until that has `max`. */
function takeLeading(queue: Queue, taken: Waiting[], max: number): void {
  let count = 0;
  for (const item of queue.items) {
    if (taken.length >= max || 'begin' in item) break;
    taken.push(item);
    count += 1;
  }
  queue.items = count === queue.items.length ? [] : queue.items.slice(count);
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
