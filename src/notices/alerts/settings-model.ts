import mongoose from 'mongoose';
import type { AccountId, WorkspaceId } from '../../workspace/entities.js';
import type { QuietHours } from './quiet-hours.js';

const { Schema } = mongoose;

/** Under so many days left a level is reached; one that is not set is never reached by days. */
export interface DayLevels {
  low?: number;
  critical?: number;
}

/** What a workspace chose for its alerts, beside the ledger's thresholds. `_id` is the workspace's id. */
export interface AlertSettingsRow {
  _id: WorkspaceId;
  account: AccountId;
  /** Absent: the usual ones. */
  days?: DayLevels;
  quiet?: QuietHours;
}

const settings = new Schema<AlertSettingsRow>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    days: new Schema<DayLevels>({ low: Number, critical: Number }, { _id: false, minimize: false }),
    quiet: new Schema<QuietHours>({ from: String, to: String }, { _id: false }),
  },
  { collection: 'alert_settings', versionKey: false, strict: 'throw', minimize: false },
);

export const AlertSettingsModel = mongoose.model<AlertSettingsRow>('AlertSettings', settings);
