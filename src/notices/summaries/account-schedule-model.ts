import mongoose from 'mongoose';
import type { AccountId } from '../../workspace/entities.js';

const { Schema } = mongoose;

/** When an account's next summary over its workspaces is due. `_id` is the account's id. */
export interface AccountScheduleRow {
  _id: AccountId;
  account: AccountId;
  /** `2026-11`: the running month. */
  period: string;
  dueAt: Date;
}

const schedule = new Schema<AccountScheduleRow>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    period: { type: String, required: true },
    dueAt: { type: Date, required: true },
  },
  { collection: 'account_summary_schedules', versionKey: false, strict: 'throw' },
);
schedule.index({ dueAt: 1 });

export const AccountScheduleModel = mongoose.model<AccountScheduleRow>('AccountSummarySchedule', schedule);
