import mongoose from 'mongoose';
import { TopUpModel } from './models.js';
import { SuspenseModel } from './suspense-model.js';

/** A charge is answered within seconds, and looked up every minute after that. */
const STUCK_AFTER_MS = 10 * 60 * 1000;
/** Slow ways to pay take days; a card's money does not. */
const SLOW_AFTER_MS = 7 * 24 * 60 * 60 * 1000;

/** The index of unfinished top-ups: without the hint every top-up there ever was is read. */
const UNFINISHED = { lookedAt: 1 } as const;

export interface PaymentHealth {
  /** Charges of saved cards whose outcome is still not known, and payments that are on their way for a week. */
  stuck: number;
  /** Payments in suspense that nobody has resolved. */
  suspended: number;
}

/** How payments are, of every account: for the metrics. */
export async function paymentHealth(at: Date): Promise<PaymentHealth> {
  const before = (ms: number) => mongoose.trusted({ $lt: new Date(at.getTime() - ms) });
  const absent = mongoose.trusted({ $exists: false });
  const [charging, slow, suspended] = await Promise.all([
    TopUpModel.countDocuments({
      state: 'open',
      method: 'card',
      needsCardholder: absent,
      'charge.chosenAt': before(STUCK_AFTER_MS),
    }).hint(UNFINISHED),
    TopUpModel.countDocuments({ state: 'processing', createdAt: before(SLOW_AFTER_MS) }).hint(UNFINISHED),
    SuspenseModel.countDocuments({ resolvedAt: absent }),
  ]);
  return { stuck: charging + slow, suspended };
}
