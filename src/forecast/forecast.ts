import type { Minor } from '../ledger/entry.js';
import { type BurnRate, burnRate } from './burn-rate.js';
import { mean } from './robust.js';
import type { SpendHistory } from './spend-history.js';
import { unusualFrom } from './unusual-spend.js';

export type Forecast =
  /** Less than three full days since it was first used. */
  | { kind: 'tooNew' }
  /** Nothing is spent any more, or next to nothing. */
  | { kind: 'idle' }
  | {
      kind: 'days';
      /** What the coming week is expected to take a day. */
      perDayMinor: Minor;
      /** What a day took in the weeks before the last one; the same as `perDayMinor` where there are less than two weeks. */
      usualPerDayMinor: Minor;
      /** Yesterday's. */
      lastDayMinor: Minor;
      /** Whole days, at most LONGEST_DAYS. */
      daysLeft: number;
      /** Four times out of five it lasts from this to that many days. */
      leastDays: number;
      mostDays: number;
      runsOutOn: Date;
      /** `rough`: little to go by, or a wide range, which is to be told with it. */
      confidence: 'rough' | 'fair';
    };

/** Beyond a year nothing is guessed. */
export const LONGEST_DAYS = 366;
/** With fewer full days nothing is guessed at all. */
const LEAST_DAYS = 3;
const TWO_WEEKS = 14;
const DAY_MS = 86_400_000;
/** Sums of shares lie so far beside whole numbers at most. */
const A_HAIR = 1e-6;
/** Four out of five values of an even scatter are so many deviations from their middle at most. */
const FOUR_OF_FIVE = 1.28;

/** Guesses how long a balance lasts: the coming days are taken off it one by one, each as its weekday goes. */
export function forecast(balanceMinor: Minor, history: SpendHistory, at: Date): Forecast {
  const { daysMinor, todayLeft } = history;
  if (daysMinor.length < LEAST_DAYS) return { kind: 'tooNew' };
  const burn = burnRate(daysMinor);
  const perDayMinor = Math.round(mean(Array.from({ length: 7 }, (_, day) => burn.expectedMinor(day + 1))));
  if (perDayMinor <= 0) return { kind: 'idle' };
  const room = deviation(burn, daysMinor.length);
  const days = daysUntil(balanceMinor, burn, todayLeft, () => 0);
  const least = Math.min(daysUntil(balanceMinor, burn, todayLeft, room), daysAtTodaysPace(balanceMinor, history, burn));
  const most = daysUntil(balanceMinor, burn, todayLeft, (so) => -room(so));
  const daysLeft = wholeDays(days);
  const leastDays = Math.min(wholeDays(least), daysLeft);
  const mostDays = Math.max(wholeDays(most), daysLeft);
  const wide = mostDays - leastDays > Math.max(3, daysLeft);
  return {
    kind: 'days',
    perDayMinor,
    usualPerDayMinor:
      daysMinor.length < TWO_WEEKS ? perDayMinor : Math.round(burnRate(daysMinor.slice(0, -7)).levelMinor),
    lastDayMinor: daysMinor.at(-1)!,
    ...{ daysLeft, leastDays, mostDays },
    runsOutOn: new Date(at.getTime() + days * DAY_MS),
    confidence: daysMinor.length < TWO_WEEKS || wide ? 'rough' : 'fair',
  };
}

function wholeDays(days: number): number {
  return Math.floor(days + A_HAIR);
}

/** How much more than expected so many days may take, by chance and by what is not known well yet. */
function deviation({ scatterMinor }: BurnRate, learnedFrom: number): (days: number) => number {
  const few = 1 + 2 / learnedFrom;
  const knownFrom = Math.min(learnedFrom, 28);
  return (days) => FOUR_OF_FIVE * few * scatterMinor * Math.sqrt(days + (days * days) / knownFrom);
}

/** In days, with what is left of today as the first part of one. `more`: what comes on top after so many days. */
function daysUntil(balanceMinor: Minor, burn: BurnRate, todayLeft: number, more: (days: number) => number): number {
  let spentMinor = 0;
  let days = 0;
  for (let ahead = 0; days < LONGEST_DAYS; ahead++) {
    const part = ahead === 0 ? todayLeft : 1;
    const before = spentMinor + more(days);
    spentMinor += burn.expectedMinor(ahead) * part;
    const after = spentMinor + more(days + part);
    if (after >= balanceMinor - A_HAIR)
      return days + (part * Math.max(0, balanceMinor - before)) / Math.max(after - before, 1);
    days += part;
  }
  return LONGEST_DAYS;
}

/** A day that is already beyond all others may go on like that. */
function daysAtTodaysPace(balanceMinor: Minor, history: SpendHistory, burn: BurnRate): number {
  const { daysMinor, todayMinor, todayLeft } = history;
  if (todayMinor <= unusualFrom(daysMinor, burn)) return LONGEST_DAYS;
  return Math.max(0, balanceMinor) / (todayMinor / Math.max(1 - todayLeft, 0.1));
}
