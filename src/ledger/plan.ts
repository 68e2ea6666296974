import type { WalletId } from './entry.js';
import type { Line } from './line.js';
import { holdIdOf, type NoLine, type Waiting } from './operation.js';

export interface Written {
  waiting: Waiting;
  line: Line;
}

export interface Refused {
  waiting: Waiting;
  under: Line | undefined;
  before: Line | undefined;
  why: NoLine;
}

/** What a group of operations becomes under the last lines it was planned on; nothing is sent yet. */
export interface Plan {
  /** In the order in which they are inserted. */
  written: Written[];
  /** Their keys stand already. */
  repeats: { waiting: Waiting; earlier: Line }[];
  /** Their keys are written by this very group. */
  followers: { waiting: Waiting; first: Written }[];
  /** Refused under `under`, and for `before` of its hold: lines that were read, or ones of the group. */
  refused: Refused[];
  /** They cannot be lines at all. */
  impossible: { waiting: Waiting; error: unknown }[];
}

/**
 * Writes each operation under the line before it, in order, and brings `last`, the wallets' last lines, up to date.
 * `newestOf` goes by the name that `holdIdOf` gives.
 */
export function planGroup(
  group: readonly Waiting[],
  last: Map<WalletId, Line>,
  earlierOf: (waiting: Waiting) => Line | undefined,
  newestOf: (hold: string) => Line | undefined,
): Plan {
  const plan: Plan = { written: [], repeats: [], followers: [], refused: [], impossible: [] };
  const byKey = new Map<string, Written>();
  const newest = new Map<string, Line>();
  for (const waiting of group) {
    const { id, wallet, hold } = waiting;
    const earlier = earlierOf(waiting);
    if (earlier) {
      plan.repeats.push({ waiting, earlier });
      continue;
    }
    const first = byKey.get(id);
    if (first) {
      plan.followers.push({ waiting, first });
      continue;
    }
    const under = last.get(wallet);
    const holdId = hold === undefined ? undefined : holdIdOf(wallet, hold);
    const before = holdId === undefined ? undefined : (newest.get(holdId) ?? newestOf(holdId));
    try {
      const line = waiting.next(under, before);
      if ('outcome' in line) {
        plan.refused.push({ waiting, under, before, why: line });
        continue;
      }
      const written = { waiting, line };
      plan.written.push(written);
      byKey.set(id, written);
      last.set(wallet, line);
      if (line.hold) newest.set(holdIdOf(wallet, line.hold.id), line);
    } catch (error) {
      plan.impossible.push({ waiting, error });
    }
  }
  return plan;
}
