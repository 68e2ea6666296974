import { createHash } from 'node:crypto';
import { DateTime } from 'luxon';

/** A calendar month as `2026-11`. */
export type Period = string;

/** Until then every line of the month is surely written, whoever's clock it was. */
const SETTLE_MS = 5 * 60_000;
/** A zone's summaries are posted spread over this, so that they do not all fall on one minute. */
const SPREAD_MS = 60 * 60_000;

/** The month that a moment falls into, in that zone. */
export function periodOf(at: Date, zone: string): Period {
  return DateTime.fromJSDate(at, { zone }).toFormat('yyyy-MM');
}

export function nextPeriod(period: Period): Period {
  return moved(period, 1);
}

export function previousPeriod(period: Period): Period {
  return moved(period, -1);
}

/** The first moment of the month after, in that zone. */
export function endOf(period: Period, zone: string): Date {
  return startOf(nextPeriod(period), zone).toJSDate();
}

/** When a month's summaries are made. */
export function dueAt(period: Period, zone: string): Date {
  return new Date(endOf(period, zone).getTime() + SETTLE_MS);
}

/** When a summary is posted: always the same moment for the same workspace. */
export function postedAt(period: Period, zone: string, workspace: string): Date {
  const spread = createHash('sha256').update(workspace).digest().readUInt32BE(0) / 2 ** 32;
  return new Date(dueAt(period, zone).getTime() + Math.floor(spread * SPREAD_MS));
}

/** The first moment of the month, in that zone. */
export function beginningOf(period: Period, zone: string): Date {
  return startOf(period, zone).toJSDate();
}

/** `November`, and with the year where it is not the reader's: `November 2025`. */
export function monthName(period: Period, at: Date, zone: string): string {
  const month = startOf(period, zone);
  const monthsAgo = DateTime.fromJSDate(at, { zone }).diff(month, 'months').months;
  return month.setLocale('en-GB').toFormat(monthsAgo < 11 ? 'LLLL' : 'LLLL yyyy');
}

/** The name of a month that another is compared with; `wholeFrom`: since when there was something to compare. */
export function comparedMonth(period: Period, wholeFrom: Date, at: Date, zone: string): string {
  const name = monthName(period, at, zone);
  return wholeFrom > beginningOf(period, zone) ? `${name}, its first month` : name;
}

function moved(period: Period, months: number): Period {
  const [year = 0, month = 0] = period.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + months)).toISOString().slice(0, 7);
}

/** Of the months asked for last: all the world's workspaces ask for the same few. */
const starts = new Map<string, DateTime>();
const MOST_STARTS = 2_000;

function startOf(period: Period, zone: string): DateTime {
  const key = `${period} ${zone}`;
  const known = starts.get(key);
  if (known) return known;
  if (starts.size >= MOST_STARTS) starts.clear();
  const start = DateTime.fromFormat(period, 'yyyy-MM', { zone }).startOf('month');
  starts.set(key, start);
  return start;
}
