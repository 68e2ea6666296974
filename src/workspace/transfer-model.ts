import mongoose, { Schema } from 'mongoose';
import { TRANSFER_STATES, type TransferRecord } from './transfer-record.js';

/** `_id` is the record's id, and with `x:` before it the key of the ledger's lines. */
export interface TransferRow extends Omit<TransferRecord, 'id'> {
  _id: string;
  /** Of the click or command that asked, with the person; unique in the workspace that gave. */
  key: string;
  /** When it was last set going: what has no outcome long after was cut off. */
  askedAt: Date;
}

const transferSchema = new Schema<TransferRow>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    from: { type: String, required: true },
    to: { type: String, required: true },
    amountMinor: { type: Number, required: true, min: 1, validate: Number.isSafeInteger },
    currency: { type: String, required: true },
    by: { type: String, required: true },
    approvedBy: String,
    origin: Schema.Types.Mixed,
    key: { type: String, required: true },
    state: { type: String, enum: TRANSFER_STATES, required: true },
    fromBalanceMinor: Number,
    toBalanceMinor: Number,
    movedAt: Date,
    undoUntil: Date,
    undoBy: String,
    undoneAt: Date,
    told: { type: Boolean, required: true },
    askedAt: { type: Date, required: true },
  },
  { collection: 'transfers', versionKey: false, strict: 'throw' },
);
transferSchema.index({ account: 1, from: 1, key: 1 }, { unique: true });
transferSchema.index({ askedAt: 1 }, { partialFilterExpression: { state: { $in: ['asked', 'undoing'] } } });
transferSchema.index({ askedAt: 1 }, { partialFilterExpression: { told: false }, name: 'untold' });

export const TransferModel = mongoose.model<TransferRow>('Transfer', transferSchema);

export function toTransfer({ _id: id, key: _key, askedAt: _asked, ...rest }: TransferRow): TransferRecord {
  return { id, ...rest };
}
