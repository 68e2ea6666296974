import mongoose from 'mongoose';
import type { AccountId, WorkspaceId } from '../workspace/entities.js';
import { TOP_UP_STATES, type TopUp } from './top-up.js';

/** `_id` is the top-up's id. */
export interface TopUpRow extends Omit<TopUp, 'id'> {
  _id: string;
  customer?: string;
  /** When the provider was first asked for a page: from then on an unknown page may exist there. */
  askedAt?: Date;
  /** When the reconciler last looked, to look at the longest unseen first. */
  lookedAt: Date;
}

const topUp = new mongoose.Schema<TopUpRow>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    workspace: { type: String, required: true },
    workspaceName: { type: String, required: true },
    amountMinor: { type: Number, required: true, min: 1, validate: Number.isSafeInteger },
    currency: { type: String, required: true },
    by: { type: String, required: true },
    key: { type: String, required: true },
    state: { type: String, required: true, enum: TOP_UP_STATES },
    customer: String,
    checkoutId: String,
    paymentId: String,
    url: String,
    decline: { type: { code: String, message: String }, _id: false },
    balanceMinor: Number,
    told: { type: Boolean, required: true },
    createdAt: { type: Date, required: true },
    askedAt: Date,
    settledAt: Date,
    lookedAt: { type: Date, required: true },
  },
  { collection: 'top_ups', versionKey: false, strict: 'throw' },
);
topUp.index({ account: 1, workspace: 1, key: 1 }, { unique: true });
topUp.index({ lookedAt: 1 }, { partialFilterExpression: { state: { $in: ['open', 'processing'] } } });
topUp.index({ settledAt: 1 }, { partialFilterExpression: { told: false } });

export const TopUpModel = mongoose.model<TopUpRow>('TopUp', topUp);

/** The provider's customer of a workspace: one each, since the provider's portal shows a customer's cards to who opens it. */
export interface CustomerRow {
  account: AccountId;
  workspace: WorkspaceId;
  /** As first sent: a repeat under the same idempotency key must not differ. */
  name: string;
  customer?: string;
}

const customer = new mongoose.Schema<CustomerRow>(
  {
    account: { type: String, required: true },
    workspace: { type: String, required: true },
    name: { type: String, required: true },
    customer: String,
  },
  { collection: 'payment_customers', versionKey: false, strict: 'throw' },
);
customer.index({ account: 1, workspace: 1 }, { unique: true });

export const CustomerModel = mongoose.model<CustomerRow>('PaymentCustomer', customer);
