import type { Minor } from '../../ledger/entry.js';
import { LARGEST_MINOR, LEAST_PAYMENT_MINOR } from '../../money.js';
import type { Below } from './automatic.js';

/**
 * What auto top-up adds now: so many times `addMinor` that the whole gap is closed in one charge, as far as the month's
 * maximum goes. `chargedMinor` is what it has added this month already.
 */
export function sizeOf(
  { belowMinor, addMinor, monthlyMaxMinor }: Below,
  availableMinor: Minor,
  chargedMinor: Minor,
): { amountMinor: Minor } | 'enough' | 'maximumReached' {
  if (availableMinor >= belowMinor) return 'enough';
  const wholeMinor = Math.ceil((belowMinor - availableMinor) / addMinor) * addMinor;
  const leftMinor = monthlyMaxMinor === undefined ? LARGEST_MINOR : monthlyMaxMinor - chargedMinor;
  const amountMinor = Math.min(wholeMinor, leftMinor, LARGEST_MINOR);
  return amountMinor < LEAST_PAYMENT_MINOR ? 'maximumReached' : { amountMinor };
}
