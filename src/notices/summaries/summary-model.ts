import mongoose from 'mongoose';
import type { AccountId, WorkspaceId } from '../../workspace/entities.js';

const { Schema } = mongoose;

/** When a workspace's next monthly summary is due. `_id` is the workspace's id. */
export interface ScheduleRow {
  _id: WorkspaceId;
  account: AccountId;
  /** `2026-11`: the running month. */
  period: string;
  /** Where the last summary ended, so that months meet without gap whatever becomes of the zone. */
  from: Date;
  dueAt: Date;
}

const schedule = new Schema<ScheduleRow>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    period: { type: String, required: true },
    from: { type: Date, required: true },
    dueAt: { type: Date, required: true },
  },
  { collection: 'summary_schedules', versionKey: false, strict: 'throw' },
);
schedule.index({ dueAt: 1 });

export const ScheduleModel = mongoose.model<ScheduleRow>('SummarySchedule', schedule);

/** One for each month of a workspace. */
export function summaryId(workspace: WorkspaceId, period: string): string {
  return `summary:${workspace}:${period}`;
}

/** A month of a workspace, once it is over. `_id` is `summary:<workspace>:<period>`; amounts as in Totals. */
export interface SummaryRow {
  _id: string;
  account: AccountId;
  workspace: WorkspaceId;
  period: string;
  zone: string;
  from: Date;
  to: Date;
  openingMinor: number;
  inMinor: number;
  outMinor: number;
  closingMinor: number;
  /** What usage took. */
  spentMinor: number;
  byResource: [string, number][];
  byPerson: [string, number][];
  madeAt: Date;
  /** posted: into the channels. quiet: nothing to tell. late: found too late to be news. */
  told: 'posted' | 'quiet' | 'late';
}

const amounts = { type: [[Schema.Types.Mixed]], required: true };
const minor = { type: Number, required: true, validate: Number.isSafeInteger };

const summary = new Schema<SummaryRow>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    workspace: { type: String, required: true },
    period: { type: String, required: true },
    zone: { type: String, required: true },
    from: { type: Date, required: true },
    to: { type: Date, required: true },
    openingMinor: minor,
    inMinor: minor,
    outMinor: minor,
    closingMinor: minor,
    spentMinor: minor,
    byResource: amounts,
    byPerson: amounts,
    madeAt: { type: Date, required: true },
    told: { type: String, required: true, enum: ['posted', 'quiet', 'late'] },
  },
  { collection: 'summaries', versionKey: false, strict: 'throw' },
);
summary.index({ account: 1, workspace: 1, period: 1 }, { unique: true });

export const SummaryModel = mongoose.model<SummaryRow>('Summary', summary);
