import type { Cause } from '../../cards/summaries/summary-facts.js';
import type { Minor } from '../../ledger/entry.js';

const MOST_CAUSES = 3;

/** What explains most of the difference between what was spent on each thing now and before, the largest first. */
export function causesOf(now: ReadonlyMap<string, Minor>, before: ReadonlyMap<string, Minor>): Cause[] {
  const names = new Set([...now.keys(), ...before.keys()]);
  const all = [...names].map((name): Cause => {
    const [spent, spentBefore] = [now.get(name) ?? 0, before.get(name) ?? 0];
    const only = spentBefore <= 0 ? 'now' : spent <= 0 ? 'then' : undefined;
    return { name, minor: spent - spentBefore, ...(only && { only }) };
  });
  return all
    .filter(({ minor }) => minor !== 0)
    .toSorted((a, b) => Math.abs(b.minor) - Math.abs(a.minor) || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_CAUSES);
}
