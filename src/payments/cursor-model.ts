import mongoose from 'mongoose';

/** How far the provider's list of events was gone through, or its account held against ours. */
export interface CursorRow {
  _id: 'events' | 'clearing';
  at: Date;
}

const cursor = new mongoose.Schema<CursorRow>(
  { _id: { type: String, required: true }, at: { type: Date, required: true } },
  { collection: 'payment_cursors', versionKey: false, strict: 'throw' },
);

export const CursorModel = mongoose.model<CursorRow>('PaymentCursor', cursor);

/** An event that was followed to its end; `_id` is the provider's id of it. */
export interface FollowedRow {
  _id: string;
  at: Date;
}

/** Longer than an event can lie behind the cursor. */
const KEPT_SECONDS = 40 * 24 * 60 * 60;

const followed = new mongoose.Schema<FollowedRow>(
  { _id: { type: String, required: true }, at: { type: Date, required: true } },
  { collection: 'payment_events', versionKey: false, strict: 'throw' },
);
followed.index({ at: 1 }, { expireAfterSeconds: KEPT_SECONDS });

export const FollowedModel = mongoose.model<FollowedRow>('PaymentEvent', followed);
