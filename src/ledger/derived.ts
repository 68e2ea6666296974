import type { Collection, Db } from 'mongodb';
import type { Minor, WalletId } from './entry.js';

/** Sums of one wallet's lines. Amounts in and out, and spends, are above zero. The maps' keys are encoded labels. */
export interface Sums {
  inMinor: Minor;
  outMinor: Minor;
  byKind: Record<string, Minor>;
  byResource: Record<string, Minor>;
  byPerson: Record<string, Minor>;
  byItem: Record<string, Minor>;
}

/** The sums of one day or one hour (UTC) as far as the wallet's mark has come. */
export interface Bucket extends Sums {
  _id: { w: WalletId; u: 'day' | 'hour'; t: Date };
  w: WalletId;
  u: 'day' | 'hour';
  t: Date;
  /** Of the first and of the last line in it. */
  firstAt: Date;
  lastAt: Date;
  lastS: number;
}

/** How far a wallet's lines are in its buckets and open holds: exactly the lines up to this sequence number. */
export interface Mark {
  _id: { w: WalletId; u: 'mark' };
  w: WalletId;
  u: 'mark';
  s: number;
  /** Of that line: what is past the mark is not before. */
  at: Date;
}

/** Derived from the lines, to be thrown away and made anew at any time. */
export interface OpenHold {
  _id: { w: WalletId; h: string };
  w: WalletId;
  remainingMinor: Minor;
  expiresAt?: Date;
}

export const totalsOf = (db: Db): Collection<Bucket | Mark> =>
  db.collection<Bucket | Mark>('ledgerTotals', {
    readPreference: 'primary',
    readConcern: { level: 'majority' },
    writeConcern: { w: 'majority', journal: true },
  });

export const openHoldsOf = (db: Db): Collection<OpenHold> =>
  db.collection<OpenHold>('ledgerOpenHolds', {
    readPreference: 'primary',
    readConcern: { level: 'majority' },
    writeConcern: { w: 'majority', journal: true },
  });

/** Harmless where they exist. */
export async function ensureDerivedIndexes(db: Db): Promise<void> {
  await totalsOf(db).createIndexes([{ key: { w: 1, u: 1, t: 1 } }]);
  await openHoldsOf(db).createIndexes([{ key: { w: 1 } }, { key: { expiresAt: 1 } }]);
}
