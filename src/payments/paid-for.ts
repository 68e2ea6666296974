import mongoose from 'mongoose';
import { TopUpModel } from './models.js';
import type { AutomaticCause, TopUp } from './top-up.js';

/**
 * Whether money was taken for that month's recharge already: by its holder on the page that took a charge's place, or
 * late. A balance that falls below again is a cause of its own, so of auto top-ups it is never said.
 */
export async function isPaidFor({
  account,
  workspace,
  automatic,
}: Pick<TopUp, 'account' | 'workspace'> & { automatic?: AutomaticCause }): Promise<boolean> {
  if (automatic?.kind !== 'monthly') return false;
  const paid = await TopUpModel.exists({
    account,
    workspace,
    'automatic.cause': automatic.cause,
    state: mongoose.trusted({ $in: ['credited', 'suspense'] }),
  });
  return paid !== null;
}
