import { DateTime } from 'luxon';
import { refuse } from '../refusal.js';

export const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** The start of the month that is meant; a month's name means the latest one that has begun. */
export function monthMeant(asked: string, now: DateTime): DateTime {
  const thisMonth = now.startOf('month');
  if (asked === 'this') return thisMonth;
  if (asked === 'last') return thisMonth.minus({ months: 1 });
  const index = MONTHS.indexOf(asked.toLowerCase());
  if (index >= 0) {
    const sameYear = thisMonth.set({ month: index + 1 });
    return sameYear > now ? sameYear.minus({ years: 1 }) : sameYear;
  }
  const written = DateTime.fromFormat(asked, 'yyyy-MM', { zone: now.zone });
  return written.isValid && written <= now
    ? written
    : refuse({ kind: 'badArgument', argument: 'month', typed: asked, expected: 'a month, like October or 2026-10' });
}
