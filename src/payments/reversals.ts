import type { Reversal } from './reversal.js';
import { ReversalModel, type ReversalRow } from './reversal-model.js';

/** Reversals that their workspace has not heard of, of every account: for the notices' sweep. */
export async function untoldReversals(limit: number): Promise<Reversal[]> {
  const rows = await ReversalModel.find({ told: false }).sort({ createdAt: 1 }).limit(limit).lean<ReversalRow[]>();
  return rows.map(toReversal);
}

/** Says that its notices are in the outbox; inside a transaction it joins that one. */
export async function markReversalTold({ id, account }: Pick<Reversal, 'id' | 'account'>): Promise<void> {
  await ReversalModel.updateOne({ _id: id, account }, { $set: { told: true } });
}

function toReversal({ _id, ...rest }: ReversalRow): Reversal {
  return { id: _id, ...rest };
}
