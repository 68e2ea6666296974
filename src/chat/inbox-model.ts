import mongoose, { Schema } from 'mongoose';

/** What Slack repeats comes within minutes, Teams within the hour; a day leaves room for a paused queue. */
const KEEP_SECONDS = 24 * 60 * 60;

const schema = new Schema(
  {
    _id: { type: String, required: true },
    tenant: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { versionKey: false },
);
schema.index({ at: 1 }, { expireAfterSeconds: KEEP_SECONDS });

/** One row for each delivery that was taken in hand. */
export const Inbox = mongoose.model('Inbox', schema, 'inbox');
