import type { EntryKind, Minor, Totals } from '../ledger/entry.js';

/** One reason why a balance is what it is: a kind of entry, or of usage a resource. */
export interface Cause {
  kind: EntryKind;
  /** Of usage: what it was for; absent for the rest of it. */
  resource?: string;
  /** How many other resources are in the rest. */
  others?: number;
  /** Signed: what it added to the balance. */
  changeMinor: Minor;
}

const MOST_RESOURCES = 6;
/** In the order in which they are told; what has the other sign comes on the other side of usage. */
const KINDS: readonly EntryKind[] = ['topup', 'transfer', 'adjustment', 'reversal', 'refund', 'dispute'];

/** What led from the opening to the closing balance: what came in, then what went out, usage by its dearest resources. */
export function causesOf({ byKind, spendByResource }: Totals): Cause[] {
  const kinds = KINDS.map((kind): Cause => ({ kind, changeMinor: byKind.get(kind) ?? 0 }));
  const usage = byUsage(-(byKind.get('usage') ?? 0), spendByResource);
  return [
    ...kinds.filter(({ changeMinor }) => changeMinor > 0),
    ...usage,
    ...kinds.filter(({ changeMinor }) => changeMinor < 0),
  ];
}

function byUsage(usageMinor: Minor, spendByResource: ReadonlyMap<string, Minor>): Cause[] {
  const spent = [...spendByResource].filter(([, minor]) => minor > 0).toSorted((a, b) => b[1] - a[1]);
  const shown = spent.slice(0, MOST_RESOURCES);
  const rest = usageMinor - shown.reduce((sum, [, minor]) => sum + minor, 0);
  const others = spent.length - shown.length;
  return [
    ...shown.map(([resource, minor]): Cause => ({ kind: 'usage', resource, changeMinor: -minor })),
    ...(rest === 0 ? [] : [{ kind: 'usage' as const, changeMinor: -rest, ...(others > 0 && { others }) }]),
  ];
}
