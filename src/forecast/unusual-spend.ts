import type { Minor } from '../ledger/entry.js';
import { type BurnRate, burnRate } from './burn-rate.js';
import type { SpendHistory } from './spend-history.js';

/** A day that takes much more than such a day does. */
export interface UnusualSpend {
  /** By the workspace's calendar, as `2026-11-16`. */
  day: string;
  /** As far as the day has gone. */
  spentMinor: Minor;
  /** What such a day usually takes, as a whole. */
  usualMinor: Minor;
}

/** Full days without which nothing is called unusual. */
const LEAST_DAYS = 14;
/** Spreads beyond the expected. */
const FAR = 6;
/** A spread is at least this share of a usual day: a very even wallet does not cry at each ripple. */
const LEAST_SPREAD = 0.25;
/** Minor units beyond the usual, for it to be worth a word. */
const LEAST_MINOR = 500;
const DAY_MS = 86_400_000;

/**
 * Whether today, as far as it has gone, takes more than chance makes of a whole day of its weekday, and more than all but
 * one of the days before: campaigns that come again are usual.
 */
export function unusualSpend({
  daysMinor,
  todayMinor,
  today,
}: Omit<SpendHistory, 'todayLeft'>): UnusualSpend | undefined {
  const burn = burnRate(daysMinor);
  if (todayMinor <= unusualFrom(daysMinor, burn)) return undefined;
  return { day: today, spentMinor: todayMinor, usualMinor: Math.round(burn.expectedMinor(0)) };
}

/** As unusualSpend, of the day that ended last. */
export function unusualYesterday({ daysMinor, today }: SpendHistory): UnusualSpend | undefined {
  const spentMinor = daysMinor.at(-1) ?? 0;
  const day = new Date(Date.parse(`${today}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
  return unusualSpend({ daysMinor: daysMinor.slice(0, -1), todayMinor: spentMinor, today: day });
}

/** Today is unusual above this; never while there is little to go by, or nothing is usual. */
export function unusualFrom(daysMinor: readonly Minor[], burn: BurnRate): Minor {
  const { levelMinor, spreadMinor, factor } = burn;
  if (daysMinor.length < LEAST_DAYS || levelMinor <= 0) return Number.POSITIVE_INFINITY;
  const usual = levelMinor * factor(0);
  const spread = Math.max(spreadMinor * factor(0), LEAST_SPREAD * Math.max(usual, levelMinor / 2));
  const [, second = 0] = daysMinor.toSorted((a, b) => b - a);
  return Math.max(usual + FAR * spread, usual + LEAST_MINOR, second);
}
