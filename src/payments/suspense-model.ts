import mongoose from 'mongoose';
import type { Minor } from '../ledger/entry.js';
import type { AccountId, WorkspaceId } from '../workspace/entities.js';
import type { TopUpId } from './top-up.js';

/** A payment that could not be credited. `_id` is the provider's id of it. */
export interface SuspenseRow {
  _id: string;
  account: AccountId;
  workspace?: WorkspaceId;
  topUp?: TopUpId;
  checkout?: string;
  amountMinor: Minor;
  currency: string;
  /** For the operator: what does not fit. */
  why: string;
  /** Its entry in the suspense wallet; none where no real money moved, as in the provider's test mode. */
  entry?: string;
  /** Of it, what has gone back to the payer since. */
  returnedMinor: Minor;
  told: boolean;
  createdAt: Date;
  resolvedAt?: Date;
  note?: string;
}

const suspense = new mongoose.Schema<SuspenseRow>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    workspace: String,
    topUp: String,
    checkout: String,
    amountMinor: { type: Number, required: true, validate: Number.isSafeInteger },
    currency: { type: String, required: true },
    why: { type: String, required: true },
    entry: String,
    returnedMinor: { type: Number, required: true, validate: Number.isSafeInteger },
    told: { type: Boolean, required: true },
    createdAt: { type: Date, required: true },
    resolvedAt: Date,
    note: String,
  },
  { collection: 'payment_suspense', versionKey: false, strict: 'throw' },
);
suspense.index({ account: 1, createdAt: 1 });
suspense.index({ createdAt: 1 }, { partialFilterExpression: { told: false } });

export const SuspenseModel = mongoose.model<SuspenseRow>('PaymentSuspense', suspense);
