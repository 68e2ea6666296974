import type { Forecast } from '../../forecast/forecast.js';
import { LEVELS, type Level } from '../../ledger/entry.js';
import type { DayLevels } from './settings-model.js';

/** A level that was reached by days is left only with so many more, so that a pace on the edge alerts once. */
const REARM_DAYS = 1;

const rank = (level: Level): number => LEVELS.indexOf(level);

export function isWorse(a: Level, b: Level): boolean {
  return rank(a) > rank(b);
}

export function worse(a: Level, b: Level): Level {
  return isWorse(a, b) ? a : b;
}

export function better(a: Level, b: Level): Level {
  return isWorse(a, b) ? b : a;
}

/** The level that the days left say: reached under so many days. Nothing is said of a balance whose days cannot be guessed. */
export function levelByDays(before: Level, lasts: Forecast, days: DayLevels): Level {
  if (lasts.kind !== 'days') return 'ok';
  const under = (limit: number | undefined, level: Level) =>
    limit !== undefined && lasts.daysLeft < limit + (isWorse(level, before) ? 0 : REARM_DAYS);
  if (under(days.critical, 'critical')) return 'critical';
  return under(days.low, 'low') ? 'low' : 'ok';
}
