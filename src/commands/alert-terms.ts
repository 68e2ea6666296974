import { DateTime } from 'luxon';
import type { Thresholds } from '../ledger/entry.js';
import { parseAmount } from '../money.js';
import type { QuietHours } from '../notices/alerts/quiet-hours.js';
import type { DayLevels } from '../notices/alerts/settings.js';
import { refuse } from '../refusal.js';
import { momentMeant } from './typed-moment.js';

/** What somebody wants to be warned under; what is not named stays. */
export interface AlertLevels {
  thresholds?: Thresholds;
  days?: DayLevels;
}

const MOST_DAYS = 90;
const MOST_SNOOZED_DAYS = 30;

/**
 * `20%`, `5 days`, `£50`, or several: `20% / 5d`; `no amount`, `no days` and `no percentage` take one away. The second,
 * worse level stays under the first.
 * @throws Refusal badArgument, and what an amount may be refused for
 */
export function readLevels(typed: string, currency: string, now: Thresholds): AlertLevels {
  const levels: AlertLevels = {};
  for (const part of typed.split(/\s*\/\s*|,\s+|\s+(?:or|and)\s+/i)) {
    Object.assign(levels, readLevel(part.trim(), currency, levels.thresholds ?? now));
  }
  return levels;
}

function readLevel(typed: string, currency: string, now: Thresholds): AlertLevels {
  const percent = /^(\d{1,3})\s*(?:%|percent|per cent)$/i.exec(typed)?.[1];
  const { lowPercent: _low, criticalPercent: _critical, ...amounts } = now;
  if (percent !== undefined) return { thresholds: { ...amounts, ...percentLevels(Number(percent), typed, now) } };
  const days = /^(\d{1,3})\s*(?:d|days?)(?: left)?$/i.exec(typed)?.[1];
  if (days !== undefined) return { days: dayLevels(Number(days), typed) };
  if (/^(?:no days|days off)$/i.test(typed)) return { days: {} };
  if (/^(?:no percentage|percentage off)$/i.test(typed)) return { thresholds: amounts };
  const { lowMinor: _amount, ...percentages } = now;
  if (/^(?:no amount|amount off)$/i.test(typed)) return { thresholds: percentages };
  return { thresholds: { ...percentages, lowMinor: parseAmount(typed, currency) } };
}

function percentLevels(lowPercent: number, typed: string, now: Thresholds): Thresholds {
  if (lowPercent < 1 || lowPercent > 99) {
    return refuse({ kind: 'badArgument', argument: 'at', typed, expected: 'a percentage from 1 to 99, or an amount' });
  }
  const criticalPercent = Math.min(now.criticalPercent ?? lowPercent, Math.floor(lowPercent / 2));
  return { lowPercent, ...(criticalPercent >= 1 && { criticalPercent }) };
}

function dayLevels(low: number, typed: string): DayLevels {
  if (low < 1 || low > MOST_DAYS) {
    return refuse({ kind: 'badArgument', argument: 'at', typed, expected: `1 to ${MOST_DAYS} days` });
  }
  const critical = Math.floor(low / 2);
  return { low, ...(critical >= 1 && { critical }) };
}

/**
 * `22:00-7:00`, `22 to 7`, `10pm until 6:30am`, or `off`.
 * @throws Refusal badArgument
 */
export function readQuiet(typed: string): QuietHours | 'off' {
  if (/^(?:off|none|no|never)$/i.test(typed.trim())) return 'off';
  const [from, to, ...more] = typed.split(/\s*(?:-|–|\bto\b|\buntil\b|\band\b)\s*/i).map(timeOfDay);
  if (!from || !to || more.length > 0 || from === to) {
    return refuse({ kind: 'badArgument', argument: 'quiet', typed, expected: 'two times like 22:00-7:00, or off' });
  }
  return { from, to };
}

function timeOfDay(typed: string): string | undefined {
  const read = /^(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?$/i.exec(typed.trim());
  if (!read) return undefined;
  const half = read[3]?.toLowerCase();
  const typedHour = Number(read[1]);
  if (half ? typedHour < 1 || typedHour > 12 : typedHour > 23) return undefined;
  const hour = half ? (typedHour % 12) + (half === 'pm' ? 12 : 0) : typedHour;
  const minute = Number(read[2] ?? 0);
  return minute > 59 ? undefined : `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/**
 * Until when somebody wants to hear nothing: `4h`, `3 days`, `tomorrow`, `Friday 14:00`. A day without a time is its
 * morning.
 * @throws Refusal badArgument
 */
export function readSnooze(typed: string, zone: string, at: Date): Date {
  const until = aheadOf(typed, at) ?? momentMeant(typed, zone, at) ?? momentMeant(`${typed} 9:00`, zone, at);
  const days = until ? DateTime.fromJSDate(until).diff(DateTime.fromJSDate(at), 'days').days : 0;
  if (until && days > 0 && days <= MOST_SNOOZED_DAYS) return until;
  const expected = `a time like 4h, tomorrow or Friday 14:00, at most ${MOST_SNOOZED_DAYS} days ahead`;
  return refuse({ kind: 'badArgument', argument: 'until', typed, expected });
}

function aheadOf(typed: string, at: Date): Date | undefined {
  const [, number, unit] = /^(?:a|an|(\d{1,3}))?\s*(h|hours?|d|days?|w|weeks?)$/i.exec(typed.trim()) ?? [];
  if (!unit) return undefined;
  const length = { h: { hours: 1 }, d: { days: 1 }, w: { weeks: 1 } }[unit.charAt(0).toLowerCase()];
  const once = DateTime.fromJSDate(at).plus(length ?? {});
  return new Date(at.getTime() + (once.toMillis() - at.getTime()) * Number(number ?? 1));
}
