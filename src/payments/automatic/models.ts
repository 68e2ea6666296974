import mongoose, { Schema } from 'mongoose';
import type { WorkspaceId } from '../../workspace/entities.js';
import { type Automatic, PAUSE_REASONS } from './automatic.js';

/** One per workspace: `_id` is the workspace's id. */
export interface AutomaticRow extends Omit<Automatic, 'workspace'> {
  _id: WorkspaceId;
  /** Grows with each change: whoever decided on an older one has lost. */
  version: number;
  /** When the sweep looks; absent where there is nothing to look for. */
  checkAt?: Date;
}

const minor = { type: Number, required: true, min: 0, validate: Number.isSafeInteger };
const charge = {
  kind: { type: String, required: true, enum: ['below', 'monthly'] },
  cause: { type: String, required: true },
  key: { type: String, required: true },
  amountMinor: minor,
  by: { type: String, required: true },
  card: { type: String, required: true },
  period: { type: String, required: true },
  plannedAt: { type: Date, required: true },
};
const part = (fields: object) => new Schema(fields, { _id: false, strict: 'throw' });

const automatic = new Schema<AutomaticRow>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    version: { type: Number, required: true },
    by: { type: String, required: true },
    below: part({
      belowMinor: minor,
      addMinor: minor,
      monthlyMaxMinor: { type: Number, min: 0, validate: Number.isSafeInteger },
    }),
    monthly: part({ amountMinor: minor, day: { type: Number, required: true, min: 1, max: 31 } }),
    paused: part({
      why: { type: String, required: true, enum: PAUSE_REASONS },
      at: { type: Date, required: true },
      by: String,
      card: String,
    }),
    charge: part(charge),
    attempts: { type: Number, required: true },
    episode: { type: Number, required: true },
    declines: { type: Number, required: true },
    lastDecline: part({ code: { type: String, required: true }, card: { type: String, required: true } }),
    nextTryAt: Date,
    owed: String,
    recharged: String,
    rechargeAt: Date,
    tally: { type: part({ period: { type: String, required: true }, minor }), required: true },
    goneBackSince: Date,
    maximumTold: String,
    checkAt: Date,
  },
  { collection: 'automatic_payments', versionKey: false, strict: 'throw' },
);
automatic.index({ checkAt: 1 }, { sparse: true });

export const AutomaticModel = mongoose.model<AutomaticRow>('AutomaticPayments', automatic);
