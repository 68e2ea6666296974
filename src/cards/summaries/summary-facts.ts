import type { EntryKind, Minor } from '../../ledger/entry.js';
import type { Licence } from '../../workspace/entities.js';
import type { Lasts } from '../forecast/lasts-words.js';
import type { About } from '../parts.js';

/** A month of a workspace, over or so far. Amounts in minor units, above zero but for balances, flows and differences. */
export interface SummaryFacts {
  about: About;
  /** As it is asked for: `2026-11`. */
  period: string;
  /** `November` */
  month: string;
  running: boolean;
  openingMinor: Minor;
  inMinor: Minor;
  outMinor: Minor;
  closingMinor: Minor;
  /** What usage took. */
  spentMinor: Minor;
  perDayMinor: Minor;
  /** What came in and went out besides usage: above zero came in. */
  flows: readonly { kind: EntryKind; minor: Minor }[];
  /** The dearest first. */
  byResource: readonly (readonly [name: string, minor: Minor])[];
  /** Each day of the month, or so far. */
  days: readonly { label: string; name: string; minor: Minor }[];
  /** Absent in a workspace's first month. */
  change?: Change;
  lasts: Lasts;
  licences: Readonly<Record<Licence, number>>;
}

/** What is different from the month before. */
export interface Change {
  /** `October`, `the same days of October` */
  than: string;
  beforeMinor: Minor;
  /** The largest first. */
  causes: readonly Cause[];
}

/** How much more (above zero) or less was spent on it. */
export interface Cause {
  name: string;
  minor: Minor;
  /** Nothing was spent on it then, or nothing now. */
  only?: 'now' | 'then';
}
