import mongoose from 'mongoose';
import type { AccountId, PersonId } from '../../workspace/entities.js';

const { Schema } = mongoose;

/** What a person chose. `_id` is the person's id. */
export interface DirectLimitRow {
  _id: PersonId;
  account: AccountId;
  perDay: number;
}

const limit = new Schema<DirectLimitRow>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    perDay: { type: Number, required: true },
  },
  { collection: 'direct_limits', versionKey: false, strict: 'throw' },
);

export const DirectLimitModel = mongoose.model<DirectLimitRow>('DirectLimit', limit);

/** The alerts that a person got directly on one of their days. `_id` is `<person>:2026-11-22`. */
export interface DirectDayRow {
  _id: string;
  account: AccountId;
  sent: number;
  expiresAt: Date;
}

const day = new Schema<DirectDayRow>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    sent: { type: Number, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'direct_days', versionKey: false, strict: 'throw' },
);
day.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const DirectDayModel = mongoose.model<DirectDayRow>('DirectDay', day);
