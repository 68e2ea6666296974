import { DateTime } from 'luxon';

/** A calendar month as `2026-11`, by the workspace's own calendar; later ones sort after earlier ones. */
export type Period = string;

/** One month's recharge. */
export interface Occasion {
  period: Period;
  at: Date;
}

const PERIOD = 'yyyy-MM';
/** The hour of the workspace's day: its people are there when they hear of it, and no clock is ever set at that hour. */
const HOUR = 9;

export function periodOf(at: Date, zone: string): Period {
  return DateTime.fromJSDate(at, { zone }).toFormat(PERIOD);
}

/** The first moment of the month after. */
export function endOfPeriod(period: Period, zone: string): Date {
  return startOf(period, zone).plus({ months: 1 }).toJSDate();
}

/** The month's recharge: on that day, or on the month's last where it has no such day. */
export function occasionIn(period: Period, day: number, zone: string): Occasion {
  const month = startOf(period, zone);
  return { period, at: month.set({ day: Math.min(day, month.daysInMonth), hour: HOUR }).toJSDate() };
}

/** The last recharge that was due at a moment or before it. */
export function lastOccasion(day: number, zone: string, at: Date): Occasion {
  const occasion = occasionIn(periodOf(at, zone), day, zone);
  return occasion.at <= at ? occasion : occasionIn(shifted(occasion.period, -1), day, zone);
}

/** The recharge of the month after. */
export function occasionAfter(period: Period, day: number, zone: string): Occasion {
  return occasionIn(shifted(period, 1), day, zone);
}

function shifted(period: Period, months: number): Period {
  return startOf(period, 'utc').plus({ months }).toFormat(PERIOD);
}

function startOf(period: Period, zone: string): DateTime<true> {
  const month = DateTime.fromFormat(period, PERIOD, { zone });
  if (!month.isValid) throw new RangeError(`no month ${period} in ${zone}`);
  return month;
}
