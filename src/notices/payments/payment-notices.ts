import type { Log } from '../../log.js';
import { tellReversals } from './reversal-notices.js';
import { tellTopUps } from './top-up-notices.js';

/** Tells everything about payments that is untold; resolves with how much was told. */
export async function tellPayments(log: Pick<Log, 'error'>): Promise<number> {
  return (await tellTopUps(log)) + (await tellReversals(log));
}
