import mongoose, { Schema } from 'mongoose';
import type { AccountId, PersonId, WorkspaceId } from '../../workspace/entities.js';
import type { Party } from './receipt.js';

export interface BillingDetailsRow extends Party {
  account: AccountId;
  workspace: WorkspaceId;
  setBy: PersonId;
  setAt: Date;
}

const schema = new Schema<BillingDetailsRow>(
  {
    account: { type: String, required: true },
    workspace: { type: String, required: true },
    name: { type: String, required: true },
    address: { type: [String], required: true },
    taxId: String,
    setBy: { type: String, required: true },
    setAt: { type: Date, required: true },
  },
  { collection: 'billing_details', versionKey: false, strict: 'throw' },
);
schema.index({ account: 1, workspace: 1 }, { unique: true });

export const BillingDetailsModel = mongoose.model<BillingDetailsRow>('BillingDetails', schema);
