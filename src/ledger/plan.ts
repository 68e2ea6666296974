import type { WalletId } from './entry.js';
import type { Line } from './line.js';
import type { Waiting } from './operation.js';

export interface Written {
  waiting: Waiting;
  line: Line;
}

/** What a group of operations becomes under the last lines it was planned on; nothing is sent yet. */
export interface Plan {
  /** In the order in which they are inserted. */
  written: Written[];
  /** Their keys stand already. */
  repeats: { waiting: Waiting; earlier: Line }[];
  /** Their keys are written by this very group. */
  followers: { waiting: Waiting; first: Written }[];
  /** Refused under `under`: a line that was read, or one of the group. */
  refused: { waiting: Waiting; under: Line | undefined; tell: () => void }[];
  /** They cannot be lines at all. */
  impossible: { waiting: Waiting; error: unknown }[];
}

/** Writes each operation under the line before it, in order. Pure. */
export function planGroup(
  group: readonly Waiting[],
  lastOf: (wallet: WalletId) => Line | undefined,
  earlierOf: (waiting: Waiting) => Line | undefined,
): Plan {
  const plan: Plan = { written: [], repeats: [], followers: [], refused: [], impossible: [] };
  const last = new Map<WalletId, Line>();
  const byKey = new Map<string, Written>();
  for (const waiting of group) {
    const { id, wallet } = waiting;
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
    const under = last.get(wallet) ?? lastOf(wallet);
    try {
      const line = waiting.next(under);
      if (typeof line === 'function') {
        plan.refused.push({ waiting, under, tell: line });
        continue;
      }
      const written = { waiting, line };
      plan.written.push(written);
      byKey.set(id, written);
      last.set(wallet, line);
    } catch (error) {
      plan.impossible.push({ waiting, error });
    }
  }
  return plan;
}
