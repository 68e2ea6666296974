import mongoose, { Schema } from 'mongoose';
import type { TenantKey } from '../workspace/identity.js';

/** What Slack repeats comes within minutes, Teams within the hour; a day leaves room for a paused queue. */
const KEEP_SECONDS = 24 * 60 * 60;

/** One delivery that was taken in hand. */
export interface InboxRow {
  /** The tenant and the platform's own id of the delivery. */
  _id: string;
  tenant: TenantKey;
  at: Date;
}

const schema = new Schema<InboxRow>(
  {
    _id: { type: String, required: true },
    tenant: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { versionKey: false },
);
schema.index({ at: 1 }, { expireAfterSeconds: KEEP_SECONDS });

export const Inbox = mongoose.model<InboxRow>('Inbox', schema, 'inbox');
