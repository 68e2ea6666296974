import { DateTime } from 'luxon';
import { refuse } from '../refusal.js';
import { momentMeant } from './typed-moment.js';

/**
 * When a meeting was or will be, as people type it in their zone. Most are over: a day without a year is the nearest
 * such day, and `yesterday 14:00` works. Undefined where it cannot be read in one way only.
 */
export function meetingTime(typed: string, zone: string, at: Date): Date | undefined {
  const yesterday = DateTime.fromJSDate(at, { zone }).minus({ days: 1 }).toFormat('yyyy-MM-dd');
  const meant = momentMeant(typed.trim().replace(/^yesterday\b/i, yesterday), zone, at);
  if (!meant || /\d{4}/.test(typed)) return meant;
  const yearBefore = DateTime.fromJSDate(meant, { zone }).minus({ years: 1 }).toJSDate();
  const away = (time: Date) => Math.abs(time.getTime() - at.getTime());
  return away(yearBefore) < away(meant) ? yearBefore : meant;
}

/** As meetingTime; refuses what it cannot read, by the field's name. */
export function requireTime(argument: 'when' | 'until', typed: string, zone: string, at: Date): Date {
  return (
    meetingTime(typed, zone, at) ??
    refuse({ kind: 'badArgument', argument, typed, expected: 'a day and a time, like 16 November 14:00' })
  );
}
