import mongoose from 'mongoose';
import type { Workspace, WorkspaceId } from '../../workspace/entities.js';
import { workspacesAfter } from '../../workspace/sweeping.js';
import { ScheduleModel, type ScheduleRow } from './summary-model.js';
import { dueAt, endOf, nextPeriod, type Period, periodOf } from './periods.js';

const PAGE = 1_000;

/** Gives every workspace that has none a schedule, beginning with the month it was made in; resolves with how many. */
export async function enrolWorkspaces(): Promise<number> {
  let enrolled = 0;
  let after: WorkspaceId | undefined;
  for (;;) {
    const page = await workspacesAfter(after, PAGE);
    enrolled += await enrol(page);
    if (page.length < PAGE) return enrolled;
    after = page.at(-1)!.id;
  }
}

async function enrol(workspaces: readonly Workspace[]): Promise<number> {
  const ids = workspaces.map(({ id }) => id);
  const known = new Set(await ScheduleModel.distinct('_id', { _id: mongoose.trusted({ $in: ids }) }));
  const fresh = workspaces.filter(({ id }) => !known.has(id));
  if (fresh.length === 0) return 0;
  const written = await ScheduleModel.bulkWrite(
    fresh.map(({ id, account, createdAt, timeZone }) => {
      const period = periodOf(createdAt, timeZone);
      const set = { period, from: createdAt, dueAt: dueAt(period, timeZone) };
      return { updateOne: { filter: { _id: id, account }, update: { $setOnInsert: set }, upsert: true } };
    }),
  );
  return written.upsertedCount;
}

/** Schedules that are due, of every account. */
export async function dueSchedules(at: Date, limit: number): Promise<ScheduleRow[]> {
  return ScheduleModel.find({ dueAt: mongoose.trusted({ $lte: at }) })
    .sort({ dueAt: 1 })
    .limit(limit)
    .lean<ScheduleRow[]>();
}

/** Since when the longest-waiting schedule of any account is due. */
export async function oldestDueSchedule(at: Date): Promise<Date | undefined> {
  const [oldest] = await dueSchedules(at, 1);
  return oldest?.dueAt;
}

/** Moves all of them on to their next month, in the ambient transaction; resolves with how many nobody else had moved. */
export async function advance(rows: readonly { row: ScheduleRow; zone: string }[]): Promise<number> {
  const written = await ScheduleModel.bulkWrite(
    rows.map(({ row: { _id, account, period, dueAt: due }, zone }) => {
      const next = nextPeriod(period);
      const set = { period: next, from: endOf(period, zone), dueAt: dueAt(next, zone) };
      return { updateOne: { filter: { _id, account, period, dueAt: due }, update: { $set: set } } };
    }),
  );
  return written.matchedCount;
}

/** The workspace's zone changed and its month ends later than was thought. */
export function postpone(row: ScheduleRow, zone: string): Promise<boolean> {
  return change(row, { period: row.period, from: row.from, dueAt: dueAt(row.period, zone) });
}

/** Something is wrong with the workspace: its turn comes again then. */
export function delay(row: ScheduleRow, until: Date): Promise<boolean> {
  return change(row, { period: row.period, from: row.from, dueAt: until });
}

async function change(row: ScheduleRow, to: { period: Period; from: Date; dueAt: Date }): Promise<boolean> {
  const { _id, account, period, dueAt } = row;
  const changed = await ScheduleModel.updateOne({ _id, account, period, dueAt }, { $set: to });
  return changed.matchedCount === 1;
}
