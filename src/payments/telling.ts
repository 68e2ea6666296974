import mongoose from 'mongoose';
import type { AccountId, WorkspaceId } from '../workspace/entities.js';
import { TopUpModel, type TopUpRow } from './models.js';
import type { TopUp, TopUpId } from './top-up.js';

/** Top-ups of which people have something to hear, of every account: that they ended, or that the card's holder is needed. */
export async function untoldTopUps(limit: number): Promise<TopUp[]> {
  const there = mongoose.trusted({ $exists: true });
  const rows = await TopUpModel.find({
    told: false,
    $or: [{ settledAt: there }, { needsCardholder: true, url: there }],
  })
    .sort({ createdAt: 1 })
    .limit(limit)
    .lean<TopUpRow[]>();
  return rows.map(toTopUp);
}

/**
 * Says that this state of the top-up is told; inside a transaction it joins that one. Another end that came meanwhile
 * (an expired page whose money arrived after all) stays untold.
 */
export async function markTopUpTold({ id, account, state }: Pick<TopUp, 'id' | 'account' | 'state'>): Promise<void> {
  await TopUpModel.updateOne({ _id: id, account, state }, { $set: { told: true } });
}

/** Money of the workspace that is paid and not there yet: the newest such top-up. */
export async function topUpOnItsWay(account: AccountId, workspace: WorkspaceId): Promise<TopUp | undefined> {
  const row = await TopUpModel.findOne({ account, workspace, state: 'processing' })
    .sort({ createdAt: -1 })
    .lean<TopUpRow>();
  return row ? toTopUp(row) : undefined;
}

export async function getTopUp(account: AccountId, id: TopUpId): Promise<TopUp | undefined> {
  const row = await TopUpModel.findOne({ account, _id: id }).lean<TopUpRow>();
  return row ? toTopUp(row) : undefined;
}

export function toTopUp(row: TopUpRow): TopUp {
  const {
    _id: id,
    customer: _customer,
    askedAt: _asked,
    lookedAt: _looked,
    leftCheckoutId: _left,
    charge: _charge,
    openAutomatic: _open,
    ...rest
  } = row;
  return { id, ...rest };
}
