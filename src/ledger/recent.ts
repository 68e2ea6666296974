import type { WalletId } from './entry.js';
import type { Line } from './line.js';

const MAX_HEADS = 20_000;
const MAX_KEYS = 20_000;

/** How many groups look for repeated keys before they insert, after one repeat was met in the database. */
const CHECKED_GROUPS = 200;

/**
 * What this process need not ask the database again: last lines that it wrote or read at majority, and lines by recent
 * keys. Bounded; the longest unused goes first. A remembered head may be old: then the insert under it fails.
 */
export interface Recent {
  head: (wallet: WalletId) => Line | undefined;
  line: (wallet: WalletId, key: string) => Line | undefined;
  rememberHead: (line: Line) => void;
  rememberLine: (line: Line) => void;
  forgetHead: (wallet: WalletId) => void;
  /** Others have written meanwhile. */
  forgetHeads: () => void;
  /** A repeat that only the database knew: clients are sending again what another process, or an earlier life, took. */
  sawRepeat: () => void;
  /** Asked once per group: whether to look for repeats first. A repeat inside an insert makes it several times slower. */
  expectsRepeats: () => boolean;
}

export function createRecent(): Recent {
  const heads = createBounded<Line>(MAX_HEADS);
  const keys = createBounded<Line>(MAX_KEYS);
  let checks = 0;
  return {
    head: heads.get,
    line: (wallet, key) => keys.get(`${wallet} ${key}`),
    rememberHead: (line) => heads.set(line.w, line),
    rememberLine: (line) => keys.set(`${line.w} ${line._id.k}`, line),
    forgetHead: heads.delete,
    forgetHeads: heads.clear,
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

function createBounded<T>(max: number) {
  const map = new Map<string, T>();
  return {
    get: (key: string): T | undefined => map.get(key),
    set(key: string, value: T): void {
      map.delete(key);
      map.set(key, value);
      if (map.size <= max) return;
      const [oldest] = map.keys();
      if (oldest !== undefined) map.delete(oldest);
    },
    delete: (key: string): void => void map.delete(key),
    clear: (): void => map.clear(),
  };
}
