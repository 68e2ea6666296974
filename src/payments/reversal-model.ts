import mongoose from 'mongoose';
import { type Reversal, REVERSAL_KINDS } from './reversal.js';

/** `_id` is the reversal's id: one refund or dispute is written once. */
export type ReversalRow = Omit<Reversal, 'id'> & { _id: string };

const reversal = new mongoose.Schema<ReversalRow>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    workspace: { type: String, required: true },
    topUp: { type: String, required: true },
    kind: { type: String, required: true, enum: REVERSAL_KINDS },
    amountMinor: { type: Number, required: true, min: 1, validate: Number.isSafeInteger },
    currency: { type: String, required: true },
    balanceMinor: { type: Number, required: true },
    providerId: { type: String, required: true },
    told: { type: Boolean, required: true },
    receipt: String,
    createdAt: { type: Date, required: true },
  },
  { collection: 'payment_reversals', versionKey: false, strict: 'throw' },
);
reversal.index({ account: 1, topUp: 1 });
reversal.index({ account: 1, workspace: 1, createdAt: 1 });
reversal.index({ createdAt: 1 }, { partialFilterExpression: { told: false } });

reversal.index({ receipt: 1, createdAt: 1 });

export const ReversalModel = mongoose.model<ReversalRow>('PaymentReversal', reversal);
