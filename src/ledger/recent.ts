import type { WalletId } from './entry.js';
import { LANES, laneOf } from './lanes.js';
import type { Line } from './line.js';

const MAX_HEADS = 50_000;
/** Few: what is kept longer than a group's way to the database and back costs the collector more than it saves. */
const MAX_KEYS = 4_000;

/** How many groups look for repeated keys before they insert, after one repeat was met in the database. */
const CHECKED_GROUPS = 200;

/**
 * What this process need not ask the database again: last lines that it wrote or read at majority, and lines by recent
 * keys. Bounded; what was not written for long goes first. A remembered head may be old: then the insert under it fails.
 */
export interface Recent {
  head: (wallet: WalletId) => Line | undefined;
  /** `id`: as `idOf` makes it. */
  line: (id: string) => Line | undefined;
  rememberHead: (line: Line) => void;
  rememberLine: (id: string, line: Line) => void;
  forgetHead: (wallet: WalletId) => void;
  /** Others have written the lane meanwhile. */
  forgetLane: (lane: number) => void;
  /** A repeat that only the database knew: clients are sending again what another process, or an earlier life, took. */
  sawRepeat: () => void;
  /** Asked once per group: whether to look for repeats first. A repeat inside an insert makes it several times slower. */
  expectsRepeats: () => boolean;
}

export function createRecent(): Recent {
  const heads = Array.from({ length: LANES }, () => createBounded<Line>(MAX_HEADS / LANES));
  const headsLike = (wallet: WalletId) => heads[laneOf(wallet)]!;
  const keys = createBounded<Line>(MAX_KEYS);
  let checks = 0;
  return {
    head: (wallet) => headsLike(wallet).get(wallet),
    line: keys.get,
    rememberHead: (line) => headsLike(line.w).set(line.w, line),
    rememberLine: keys.set,
    forgetHead: (wallet) => headsLike(wallet).delete(wallet),
    forgetLane: (lane) => heads[lane]!.clear(),
    sawRepeat: () => {
      checks = CHECKED_GROUPS;
    },
    expectsRepeats: () => {
      if (checks === 0) return false;
      checks -= 1;
      return true;
    },
  };
}

/** Two halves: when the new one is full, the old one goes as a whole. To delete single ones costs more than all the rest. */
function createBounded<T>(max: number) {
  let [fresh, old] = [new Map<string, T>(), new Map<string, T>()];
  return {
    get: (key: string): T | undefined => fresh.get(key) ?? old.get(key),
    set(key: string, value: T): void {
      fresh.set(key, value);
      if (fresh.size < max / 2) return;
      old = fresh;
      fresh = new Map();
    },
    delete(key: string): void {
      fresh.delete(key);
      old.delete(key);
    },
    clear(): void {
      fresh.clear();
      old.clear();
    },
  };
}
