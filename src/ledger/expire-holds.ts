import type { Db } from 'mongodb';
import { type OpenHold, openHoldsOf } from './derived.js';
import type { WalletId } from './entry.js';
import { READ } from './line.js';
import type { Moves } from './moves.js';
import { projectWallet } from './project.js';

const AT_ONCE = 100;

/** What became of holds whose time is up. A hold that could not be closed is looked at again the next time. */
export interface Expired {
  closed: number;
  failed: readonly { wallet: WalletId; hold: string; error: unknown }[];
}

/** Closes holds whose time is up, until the time for it is, the longest due first. It finds them once they are projected. */
export async function expireHolds(
  db: Db,
  ledger: Pick<Moves, 'expire'>,
  at: Date,
  timeIsUp: () => boolean,
): Promise<Expired> {
  const due = openHoldsOf(db)
    .find({ expiresAt: { $lte: at } }, { ...READ, batchSize: AT_ONCE })
    .sort({ expiresAt: 1 });
  const expired = { closed: 0, failed: new Array<Expired['failed'][number]>() };
  const wallets = new Set<WalletId>();
  let some: OpenHold[] = [];
  const close = async () => {
    const answers = await Promise.allSettled(
      some.map(({ _id: { w, h } }) => ledger.expire({ wallet: w, hold: h, at })),
    );
    answers.forEach((answer, i) => {
      const { w: wallet, h: hold } = some[i]!._id;
      wallets.add(wallet);
      if (answer.status === 'rejected') expired.failed.push({ wallet, hold, error: answer.reason });
      else if (answer.value.outcome === 'posted') expired.closed += 1;
    });
    some = [];
  };
  for await (const hold of due) {
    some.push(hold);
    if (some.length >= AT_ONCE) await close();
    if (timeIsUp()) break;
  }
  await close();
  for (const wallet of wallets) if (!timeIsUp()) await projectWallet(db, wallet, timeIsUp);
  return expired;
}
