import mongoose from 'mongoose';
import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';

/** A price from a date on, until a later one of the same item and place. */
export interface PriceRow {
  account: AccountId;
  /** Null: of every workspace of the account that has no price of its own. */
  workspace: WorkspaceId | null;
  item: string;
  /** Millionths of a minor unit for one; null: from then on there is no such price here. */
  priceMicro: number | null;
  validFrom: Date;
  setBy: PersonId;
}

const price = new mongoose.Schema<PriceRow>(
  {
    account: { type: String, required: true },
    workspace: { type: String, default: null },
    item: { type: String, required: true },
    priceMicro: {
      type: Number,
      default: null,
      min: 0,
      validate: (value: number | null) => value === null || Number.isSafeInteger(value),
    },
    validFrom: { type: Date, required: true },
    setBy: { type: String, required: true },
  },
  { collection: 'prices', versionKey: false, strict: 'throw' },
);
price.index({ account: 1, workspace: 1, item: 1, validFrom: 1 }, { unique: true });

export const PriceModel = mongoose.model<PriceRow>('Price', price);
