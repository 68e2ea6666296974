import type { Db } from 'mongodb';
import type { Moves } from './moves.js';
import { READ } from './line.js';
import { openHoldsOf } from './derived.js';

const BATCH = 500;

/** Closes holds whose time is up until the time for it is; resolves with how many. It finds them once they are projected. */
export async function expireHolds(
  db: Db,
  ledger: Pick<Moves, 'expire'>,
  at: Date,
  timeIsUp: () => boolean,
): Promise<number> {
  const due = await openHoldsOf(db)
    .find({ expiresAt: { $lte: at } }, READ)
    .sort({ expiresAt: 1 })
    .limit(BATCH)
    .toArray();
  let expired = 0;
  for (const { _id } of due) {
    if (timeIsUp()) break;
    const { outcome } = await ledger.expire({ wallet: _id.w, hold: _id.h, at });
    if (outcome === 'posted') expired += 1;
  }
  return expired;
}
