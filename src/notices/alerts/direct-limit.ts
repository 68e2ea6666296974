import { DateTime } from 'luxon';
import type { AccountId, PersonId } from '../../workspace/entities.js';
import { DirectDayModel, type DirectDayRow, DirectLimitModel, type DirectLimitRow } from './direct-model.js';

/** Alerts a day that a person who chose no number gets directly. */
export const USUAL_PER_DAY = 10;
export const MOST_PER_DAY = 100;
const KEEP_DAYS = 3;

/** How many alerts a day the person gets directly at most. */
export async function directLimit(account: AccountId, person: PersonId): Promise<number> {
  const row = await DirectLimitModel.findOne({ _id: person, account }).lean<DirectLimitRow>();
  return row?.perDay ?? USUAL_PER_DAY;
}

export async function setDirectLimit(account: AccountId, person: PersonId, perDay: number): Promise<void> {
  await DirectLimitModel.updateOne({ _id: person, account }, { $set: { account, perDay } }, { upsert: true });
}

/** Takes one of the person's direct alerts of that day in their zone, in the surrounding transaction. False: none is left. */
export async function takeDirect(of: {
  account: AccountId;
  person: PersonId;
  zone: string;
  at: Date;
}): Promise<boolean> {
  const { account, person, zone, at } = of;
  const today = DateTime.fromJSDate(at, { zone });
  const _id = `${person}:${today.toISODate()}`;
  const row = await DirectDayModel.findOne({ _id, account }).lean<DirectDayRow>();
  if ((row?.sent ?? 0) >= (await directLimit(account, person))) return false;
  await DirectDayModel.updateOne(
    { _id, account },
    { $inc: { sent: 1 }, $setOnInsert: { expiresAt: today.plus({ days: KEEP_DAYS }).toJSDate() } },
    { upsert: true },
  );
  return true;
}
