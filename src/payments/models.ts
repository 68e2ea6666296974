import mongoose from 'mongoose';
import type { AccountId, WorkspaceId } from '../workspace/entities.js';
import { TOP_UP_STATES, type TopUp } from './top-up.js';

/** `_id` is the top-up's id. */
export interface TopUpRow extends Omit<TopUp, 'id'> {
  _id: string;
  customer?: string;
  /** When the provider was first asked for a page: from then on an unknown page may exist there. */
  askedAt?: Date;
  /** The page that was closed because the saved card was to pay after all. */
  leftCheckoutId?: string;
  /** What is to be charged, and since when a charge may exist at the provider. One that is unwanted is only looked for. */
  charge?: { source: string; chosenAt: Date; askedAt?: Date; paymentId?: string; unwanted?: true };
  /** While an automatic top-up may still be paid: at most one per workspace, by a unique index. */
  openAutomatic?: true;
  /** When the reconciler last looked, to look at the longest unseen first. */
  lookedAt: Date;
}

/** Whether the saved card is to pay; else it is paid on a page, also where the card's bank asked for its holder. */
export function awaitsCharge({ charge, needsCardholder }: TopUpRow): boolean {
  return charge !== undefined && !needsCardholder;
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
    method: { type: String, required: true, enum: ['page', 'card'] },
    card: { type: { brand: String, last4: String }, _id: false },
    automatic: { type: { kind: { type: String, enum: ['below', 'monthly'] }, cause: String }, _id: false },
    openAutomatic: Boolean,
    state: { type: String, required: true, enum: TOP_UP_STATES },
    needsCardholder: Boolean,
    customer: String,
    charge: {
      type: { source: String, chosenAt: Date, askedAt: Date, paymentId: String, unwanted: Boolean },
      _id: false,
    },
    checkoutId: String,
    leftCheckoutId: String,
    paymentId: String,
    url: String,
    decline: { type: { code: String, message: String }, _id: false },
    balanceMinor: Number,
    refundedMinor: Number,
    disputedMinor: Number,
    told: { type: Boolean, required: true },
    origin: mongoose.Schema.Types.Mixed,
    receipt: String,
    createdAt: { type: Date, required: true },
    askedAt: Date,
    settledAt: Date,
    lookedAt: { type: Date, required: true },
  },
  { collection: 'top_ups', versionKey: false, strict: 'throw' },
);
topUp.index({ account: 1, workspace: 1, key: 1 }, { unique: true });
topUp.index(
  { account: 1, workspace: 1 },
  { unique: true, name: 'one_open_automatic', partialFilterExpression: { openAutomatic: true } },
);
topUp.index({ lookedAt: 1 }, { partialFilterExpression: { state: { $in: ['open', 'processing'] } } });
topUp.index({ createdAt: 1 }, { partialFilterExpression: { told: false } });
topUp.index({ settledAt: 1 }, { partialFilterExpression: { state: 'credited' } });
topUp.index({ account: 1, workspace: 1, createdAt: -1 }, { partialFilterExpression: { state: 'processing' } });

topUp.index({ receipt: 1, settledAt: 1 }, { partialFilterExpression: { state: 'credited' } });

export const TopUpModel = mongoose.model<TopUpRow>('TopUp', topUp);

/** The provider's customer of a workspace: one each, since the provider's portal shows a customer's cards to who opens it. */
export interface CustomerRow {
  account: AccountId;
  workspace: WorkspaceId;
  /** As first sent: a repeat under the same idempotency key must not differ. */
  name: string;
  customer?: string;
  /** How often the workspace changed hands: each primary owner has a customer of their own. */
  handovers?: number;
  /** Customers of former primary owners whose cards the provider is still to forget. */
  former?: string[];
}

const customer = new mongoose.Schema<CustomerRow>(
  {
    account: { type: String, required: true },
    workspace: { type: String, required: true },
    name: { type: String, required: true },
    customer: String,
    handovers: Number,
    former: { type: [String], default: undefined },
  },
  { collection: 'payment_customers', versionKey: false, strict: 'throw' },
);
customer.index({ account: 1, workspace: 1 }, { unique: true });
customer.index({ former: 1 }, { sparse: true });

export const CustomerModel = mongoose.model<CustomerRow>('PaymentCustomer', customer);
