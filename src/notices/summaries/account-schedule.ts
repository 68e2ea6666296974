import mongoose from 'mongoose';
import type { AccountId } from '../../workspace/entities.js';
import { AccountScheduleModel, type AccountScheduleRow } from './account-schedule-model.js';
import { dueAt, nextPeriod, type Period } from './periods.js';

/** Where a month ends last on Earth: by then it is over for the workspaces of every zone. */
const LAST_ZONE = 'Etc/GMT+12';

/** Has the accounts told of that month, and of each after it, in the ambient transaction. Those that are, stay as they are. */
export async function enrolAccounts(accounts: readonly AccountId[], period: Period): Promise<void> {
  await AccountScheduleModel.bulkWrite(
    accounts.map((account) => ({
      updateOne: {
        filter: { _id: account, account },
        update: { $setOnInsert: { period, dueAt: dueAt(period, LAST_ZONE) } },
        upsert: true,
      },
    })),
  );
}

/** Accounts whose summary is due, the longest due first. */
export async function dueAccounts(at: Date, limit: number): Promise<AccountScheduleRow[]> {
  return AccountScheduleModel.find({ dueAt: mongoose.trusted({ $lte: at }) })
    .sort({ dueAt: 1 })
    .limit(limit)
    .lean<AccountScheduleRow[]>();
}

/** Since when the longest-waiting account is due. */
export async function oldestDueAccount(at: Date): Promise<Date | undefined> {
  const [oldest] = await dueAccounts(at, 1);
  return oldest?.dueAt;
}

/** Moves on to the next month, in the ambient transaction. False: somebody else did. */
export function advanceAccount(row: AccountScheduleRow): Promise<boolean> {
  const period = nextPeriod(row.period);
  return change(row, { period, dueAt: dueAt(period, LAST_ZONE) });
}

/** Its turn comes again then. */
export function delayAccount(row: AccountScheduleRow, until: Date): Promise<boolean> {
  return change(row, { dueAt: until });
}

async function change(row: AccountScheduleRow, to: Partial<AccountScheduleRow>): Promise<boolean> {
  const { _id, account, period, dueAt: due } = row;
  const changed = await AccountScheduleModel.updateOne({ _id, account, period, dueAt: due }, { $set: to });
  return changed.matchedCount === 1;
}
