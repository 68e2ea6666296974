import mongoose, { Schema } from 'mongoose';
import type { AccountId } from '../../workspace/entities.js';
import { RECEIPT_KINDS, type Receipt } from './receipt.js';

/** `_id` is the receipt's id. */
export interface ReceiptRow extends Omit<Receipt, 'id'> {
  _id: string;
  /** Over all of the rest: shows whether anybody changed it behind our back. */
  seal: string;
}

const text = { type: String, required: true } as const;
const minor = { type: Number, required: true, validate: Number.isSafeInteger } as const;
const date = { type: Date, required: true } as const;
const frozen = { type: Schema.Types.Mixed, required: true } as const;

const receiptSchema = new Schema<ReceiptRow>(
  {
    _id: text,
    account: text,
    workspace: text,
    kind: { ...text, enum: RECEIPT_KINDS },
    number: { ...minor, min: 1 },
    label: text,
    source: text,
    seller: frozen,
    buyer: frozen,
    workspaceName: text,
    totalMinor: { ...minor, min: 1 },
    netMinor: minor,
    taxes: frozen,
    currency: text,
    topUp: text,
    corrects: Schema.Types.Mixed,
    reason: { type: String, enum: ['refund', 'dispute'] },
    paid: frozen,
    by: frozen,
    entry: frozen,
    origin: Schema.Types.Mixed,
    zone: text,
    movedAt: date,
    issuedAt: date,
    seal: text,
  },
  { collection: 'receipts', versionKey: false, strict: 'throw', minimize: false },
);
receiptSchema.index({ account: 1, number: 1 }, { unique: true });
receiptSchema.index({ account: 1, source: 1 }, { unique: true });
receiptSchema.index({ account: 1, workspace: 1, number: -1 });
receiptSchema.index({ account: 1, topUp: 1, number: 1 });

/** What was issued stays as it is: there is no way through this model to change or remove it. */
const REFUSED = [
  'updateOne',
  'updateMany',
  'findOneAndUpdate',
  'findOneAndReplace',
  'replaceOne',
  'deleteOne',
  'deleteMany',
  'findOneAndDelete',
] as const;
const refuseChange = () => {
  throw new Error('a receipt is immutable once issued');
};
for (const change of REFUSED) {
  receiptSchema.pre(change, { query: true, document: false }, refuseChange);
}
receiptSchema.pre('bulkWrite', refuseChange);
receiptSchema.pre('save', function refuseSavingAgain() {
  if (!this.isNew) refuseChange();
});

export const ReceiptModel = mongoose.model<ReceiptRow>('Receipt', receiptSchema);

/** The last number of an account's series. */
export interface SeriesRow {
  _id: AccountId;
  account: AccountId;
  last: number;
  lastIssuedAt: Date;
}

const seriesSchema = new Schema<SeriesRow>(
  { _id: text, account: text, last: { ...minor, min: 0 }, lastIssuedAt: date },
  { collection: 'receipt_series', versionKey: false, strict: 'throw' },
);

export const SeriesModel = mongoose.model<SeriesRow>('ReceiptSeries', seriesSchema);
