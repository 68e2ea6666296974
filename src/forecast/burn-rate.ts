import type { Minor } from '../ledger/entry.js';
import { believed, mean, median, slopeOf, spreadOf, sum, weightedMean } from './robust.js';
import { weekdayFactors, weekdayOfAge } from './weekdays.js';

/** What a wallet spends a day, learned from its last full days. */
export interface BurnRate {
  /** A usual day as of now, the weekdays evened out; 0 where the spending has stopped. */
  levelMinor: number;
  /** How far such a day lies from it: a standard deviation, wild days left out. */
  spreadMinor: number;
  /** The same with the wild days that come again and again. */
  scatterMinor: number;
  /** What a weekday takes beside an even day: the share of a day so many days ahead, 0 for today. */
  factor(ahead: number): number;
  /** What a day so many days ahead is expected to take; 0 for the whole of today. */
  expectedMinor(ahead: number): number;
}

/** A day's spend with its weekday evened out. */
interface Day {
  minor: number;
  /** Of its weekday. */
  factor: number;
  /** Yesterday's is 1. */
  age: number;
}

const WEEK = 7;
/** A weekday that takes less than this share of an even day says nothing about the others. */
const SAYS_NOTHING = 0.1;
/** Deviations beyond which a day is wild. */
const WILD = 3;
/** Days after which a day counts half as much. */
const HALF_LIFE = 28;
/** From so many days on, there are weekdays, trends and wild days that come again. */
const TWO_WEEKS = 14;
const TREND_DAYS = 21;
/** How many variances of chance are taken off a trend, or a change of level, before it is believed: by the backtest. */
const TREND_DOUBT = 4;
const CHANGE_DOUBT = 6;
/** The most a trend goes on with a day, as a share of the level, and how much of it is left the day after. */
const MOST_TREND = 0.03;
const DAMPING = 0.95;

/**
 * Learns from the last full days, oldest first. Spends are evened out by weekday and cut where they are wild; the level
 * is their mean, later days counting more, and the last week's where that differs by more than chance; a trend is what
 * both halves of the time show. Wild days count as far as they come again: the wildest one never does.
 */
export function burnRate(daysMinor: readonly Minor[]): BurnRate {
  if (hasStopped(daysMinor)) {
    return { levelMinor: 0, spreadMinor: 0, scatterMinor: 0, factor: () => 1, expectedMinor: () => 0 };
  }
  const factors = weekdayFactors(daysMinor);
  const factor = (ahead: number) => factors[ahead % WEEK]!;
  const days = daysMinor
    .map((minor, at) => ({ age: daysMinor.length - at, minor }))
    .map(({ age, minor }) => ({ age, minor, factor: factors[weekdayOfAge(age)]! }))
    .filter((day) => day.factor > SAYS_NOTHING)
    .map(({ age, minor, factor: of }): Day => ({ age, minor: minor / of, factor: of }));
  const { tamed, spreadMinor } = tame(days);
  const { levelMinor, trendMinor } = levelOf(tamed, spreadMinor);
  const again = comingAgain(days, tamed, daysMinor.length);
  return {
    levelMinor,
    spreadMinor,
    scatterMinor: scatterOf(days, levelMinor, trendMinor),
    factor,
    expectedMinor: (ahead) => Math.max(0, levelMinor + trendMinor * damped(ahead)) * factor(ahead) + again,
  };
}

/** Nothing for three days or more, and for longer than ever between two days of spending. */
function hasStopped(daysMinor: readonly Minor[]): boolean {
  const last = daysMinor.findLastIndex((minor) => minor > 0);
  const idle = daysMinor.length - 1 - last;
  let longest = 0;
  let since = 0;
  for (const minor of daysMinor.slice(0, last + 1)) {
    since = minor > 0 ? 0 : since + 1;
    longest = Math.max(longest, since);
  }
  return idle >= 3 && idle > longest + 1;
}

/** Wild days are cut to what the week around them allows. */
function tame(days: readonly Day[]): { tamed: Day[]; spreadMinor: number } {
  const around = days.map((_, at) => {
    const start = Math.max(0, Math.min(at - 3, days.length - WEEK));
    return median(days.slice(start, start + WEEK).map(({ minor }) => minor));
  });
  const spreadMinor = spreadOf(days.map(({ minor }, at) => minor - around[at]!));
  const room = WILD * spreadMinor;
  const tamed = days.map((day, at) => {
    return { ...day, minor: Math.min(around[at]! + room, Math.max(around[at]! - room, day.minor)) };
  });
  return { tamed, spreadMinor };
}

/** The level as of today, and by how much it moves a day. */
function levelOf(days: readonly Day[], spreadMinor: number): { levelMinor: number; trendMinor: number } {
  const trend = trendOf(days);
  const asOfToday = days.map(({ minor, age }) => minor + trend * age);
  const weights = days.map(({ factor, age }) => factor * 0.5 ** (age / HALF_LIFE));
  const slow = weightedMean(asOfToday, weights);
  const week = asOfToday.slice(-WEEK);
  const fast = weightedMean(
    week,
    days.slice(-WEEK).map(({ factor }) => factor),
  );
  const changed = believed(fast - slow, (spreadMinor * spreadMinor) / week.length, CHANGE_DOUBT);
  const levelMinor = Math.max(0, slow + changed * (fast - slow));
  const most = MOST_TREND * levelMinor;
  return { levelMinor, trendMinor: Math.max(-most, Math.min(most, trend * (1 - changed))) };
}

/** How much more each day takes than the one before, as far as both halves of the time show it: a step is no trend. */
function trendOf(days: readonly Day[]): number {
  if (days.length < TREND_DAYS) return 0;
  const of = (some: readonly Day[]) =>
    slopeOf(
      some.map(({ age }) => -age),
      some.map(({ minor }) => minor),
    );
  const { slope, variance } = of(days);
  const half = days.length >> 1;
  const up = Math.sign(slope);
  const weaker = Math.min(of(days.slice(0, half)).slope * up, of(days.slice(half)).slope * up);
  const seen = Math.abs(slope) * believed(slope, variance, TREND_DOUBT);
  return up * Math.max(0, Math.min(seen, 2 * weaker));
}

/** What wild days add to an average day, the wildest left out. */
function comingAgain(days: readonly Day[], tamed: readonly Day[], most: number): number {
  if (most < TWO_WEEKS) return 0;
  const beyond = days.map(({ minor, factor }, at) => Math.max(0, minor - tamed[at]!.minor) * factor);
  return (sum(beyond) - Math.max(0, ...beyond)) / most;
}

function scatterOf(days: readonly Day[], levelMinor: number, trendMinor: number): number {
  const squares = days.map(({ minor, age }) => (minor - levelMinor + trendMinor * age) ** 2).toSorted((a, b) => a - b);
  return Math.sqrt(mean(days.length >= WEEK ? squares.slice(0, -1) : squares));
}

/** How many days' worth of a trend that fades a day so far ahead has. */
function damped(ahead: number): number {
  return (DAMPING * (1 - DAMPING ** ahead)) / (1 - DAMPING);
}
