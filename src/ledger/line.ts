import type { Collection, Db } from 'mongodb';
import { ensureDerivedIndexes } from './derived.js';
import {
  type Contra,
  ENTRY_KINDS,
  type Entry,
  type EntryKind,
  type Head,
  type Hold,
  type Labels,
  type Level,
  type Minor,
  type Thresholds,
  type WalletId,
} from './entry.js';

/** What decides the next posting: every line carries it as it is after the line. */
export interface State {
  balanceMinor: Minor;
  heldMinor: Minor;
  /** The least the available balance may become; below zero it is an overdraft. */
  floorMinor: Minor;
  remainderMicro: number;
  creditedToMinor?: Minor;
  level: Level;
  episode: number;
  thresholds: Thresholds;
}

/** One entry as it is stored. `w` and `s` stand outside `_id` so that the chain can be indexed, and later sharded, by wallet. */
export interface Line extends Labels, State {
  _id: { w: WalletId; k: string };
  w: WalletId;
  s: number;
  /** Versioned hash of the request. */
  hash: string;
  kind: EntryKind;
  amountMinor: Minor;
  /** The posting's part below a minor unit, where it had one. */
  amountMicro?: number;
  currency: string;
  contra: Contra;
  at: Date;
  alert?: { from: Level; to: Level; episode: number; at: Date };
  /** On lines of a hold: the hold after it. Its number within the hold is a compare-and-swap of its own. */
  hold?: Hold;
  /** On the first line alone. */
  account?: string;
}

const MAX_TIME_MS = 5_000;

/** Reads at majority from the primary, and for the answers that must not be stale at linearizable, each within 5 s. */
export const READ = { maxTimeMS: MAX_TIME_MS } as const;
export const LINEARIZABLE = { readConcern: { level: 'linearizable' }, maxTimeMS: MAX_TIME_MS } as const;

export function linesOf(db: Db): Collection<Line> {
  return db.collection<Line>('entries', {
    readConcern: { level: 'majority' },
    readPreference: 'primary',
    writeConcern: { w: 'majority', journal: true, wtimeoutMS: MAX_TIME_MS },
  });
}

export const BY_SEQUENCE = { w: 1, s: 1 } as const;
/** Of all kinds but usage, so that the many lines do not pay for the few that are looked for by kind. */
export const BY_KIND = { w: 1, kind: 1, s: 1 } as const;

/** Of the lines that somebody asked for in chat. */
export const BY_REFERENCE = { w: 1, reference: 1, s: 1 } as const;

/** Creates the indexes of the chain and of what is derived from it; harmless where they exist. Without the unique one there is no ledger: call it before the first posting. */
export async function ensureLedgerIndexes(db: Db): Promise<void> {
  await linesOf(db).createIndexes([
    { key: BY_SEQUENCE, unique: true },
    {
      key: { w: 1, 'hold.id': 1, 'hold.line': 1 },
      unique: true,
      partialFilterExpression: { 'hold.id': { $exists: true } },
    },
    {
      key: BY_KIND,
      partialFilterExpression: { kind: { $in: ENTRY_KINDS.filter((kind) => kind !== 'usage') } },
    },
    { key: { 'alert.at': 1 }, partialFilterExpression: { 'alert.at': { $exists: true } } },
    { key: BY_REFERENCE, partialFilterExpression: { reference: { $exists: true } } },
    { key: { account: 1 }, partialFilterExpression: { account: { $exists: true } } },
  ]);
  await ensureDerivedIndexes(db);
}

/** Sets the labels that are set. One by one: this runs for every posting, and a loop over their names costs several times as much. */
export function addLabels(to: Labels, of: Labels): void {
  if (of.resource !== undefined) to.resource = of.resource;
  if (of.person !== undefined) to.person = of.person;
  if (of.item !== undefined) to.item = of.item;
  if (of.quantity !== undefined) to.quantity = of.quantity;
  if (of.memo !== undefined) to.memo = of.memo;
  if (of.effectiveAt !== undefined) to.effectiveAt = of.effectiveAt;
  if (of.reverses !== undefined) to.reverses = of.reverses;
  if (of.reference !== undefined) to.reference = of.reference;
}

/** The labels alone, those that are set. */
export function labelsOf(of: Labels): Labels {
  const labels: Labels = {};
  addLabels(labels, of);
  return labels;
}

export function toEntry(line: Line): Entry {
  const entry: Entry = {
    wallet: line.w,
    key: line._id.k,
    sequence: line.s,
    kind: line.kind,
    amountMinor: line.amountMinor,
    balanceMinor: line.balanceMinor,
    heldMinor: line.heldMinor,
    currency: line.currency,
    contra: line.contra,
    at: line.at,
  };
  if (line.alert) entry.alert = { from: line.alert.from, to: line.alert.to, episode: line.alert.episode };
  if (line.hold) entry.hold = line.hold;
  addLabels(entry, line);
  return entry;
}

export function toHead(line: Line): Head {
  return {
    wallet: line.w,
    sequence: line.s,
    currency: line.currency,
    balanceMinor: line.balanceMinor,
    heldMinor: line.heldMinor,
    availableMinor: line.balanceMinor - line.heldMinor,
    level: line.level,
    episode: line.episode,
    thresholds: line.thresholds,
    creditedToMinor: line.creditedToMinor ?? 0,
    remainderMicro: line.remainderMicro,
    at: line.at,
  };
}
