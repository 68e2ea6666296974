import mongoose, { Schema } from 'mongoose';
import { type Account, type AccountId, LICENCES, type Licence, PLANS } from './entities.js';
import type { TenantKey } from './identity.js';

/** The account's own document: its `_id` is the account that every other document names. */
export interface AccountDoc extends Omit<Account, 'id'> {
  _id: AccountId;
  strictSingle: boolean;
  /** Raised by whoever takes a seat, so that two who take the last one conflict. */
  seatChanges: number;
  /** Kept by seats.ts; absent until somebody takes the first. */
  seatsUsed?: Record<Licence, number>;
  createdAt: Date;
}

const seats = Object.fromEntries(LICENCES.map((licence) => [licence, { type: Number, required: true, min: 0 }]));

const accountSchema = new Schema<AccountDoc>(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    plan: { type: String, enum: PLANS, required: true },
    status: { type: String, enum: ['enabled', 'disabled'], required: true },
    currency: { type: String, required: true },
    timeZone: { type: String, required: true },
    locale: String,
    owner: { type: String, required: true },
    tenants: { type: [String], required: true },
    seats: { type: seats, required: true, _id: false },
    strictSingle: { type: Boolean, required: true },
    seatChanges: { type: Number, required: true },
    seatsUsed: { type: seats, _id: false },
    createdAt: { type: Date, required: true },
  },
  { collection: 'accounts', versionKey: false, strict: 'throw' },
);

/** The one look-up across accounts: which of them a chat tenant belongs to. */
export interface TenantDoc {
  _id: TenantKey;
  account: AccountId;
}

const tenantSchema = new Schema<TenantDoc>(
  { _id: { type: String, required: true }, account: { type: String, required: true } },
  { collection: 'tenants', versionKey: false, strict: 'throw' },
);

export const AccountModel = mongoose.model<AccountDoc>('Account', accountSchema);
export const TenantModel = mongoose.model<TenantDoc>('Tenant', tenantSchema);

export function toAccount(doc: AccountDoc): Account {
  const { _id, name, plan, status, currency, timeZone, owner, tenants, seats, strictSingle, locale } = doc;
  const known = { id: _id, name, plan, status, currency, timeZone, owner, tenants, seats, strictSingle };
  return { ...known, ...(locale && { locale }) };
}
