import { believed, mean, median, spreadOf } from './robust.js';

const LEAST_WEEKS = 2;
/** How many variances of chance are taken off a pattern before it is believed. */
const DOUBT = 2;
/** The variance of a median beside that of a mean. */
const OF_MEDIAN = 1.57;

/**
 * What each weekday takes beside an even day: factors around 1, that of today's weekday first. All are 1 where there are
 * less than two weeks, or no more pattern than chance makes.
 */
export function weekdayFactors(daysMinor: readonly number[]): number[] {
  const shares = sharesByWeekday(daysMinor);
  const even = shares.map(() => 1);
  const weeks = shares[0]!.length;
  if (weeks < LEAST_WEEKS) return even;
  const usual = shares.map(median);
  const whole = mean(usual);
  if (whole === 0) return even;
  const factors = usual.map((share) => share / whole);
  const chance = spreadOf(shares.flatMap((some, weekday) => some.map((share) => share - usual[weekday]!)));
  const pattern = Math.sqrt(mean(factors.map((factor) => (factor - 1) ** 2)));
  const keep = believed(pattern, (chance * chance * OF_MEDIAN) / weeks, DOUBT);
  return factors.map((factor) => (factor === 0 && keep > 0.5 ? 0 : 1 + keep * (factor - 1)));
}

/** Which of the seven a day is whose age is that many days: yesterday's age is 1, today's place is 0. */
export function weekdayOfAge(age: number): number {
  return (7 - (age % 7)) % 7;
}

/** By weekday, each whole week's day as a share of that week's average day. */
function sharesByWeekday(daysMinor: readonly number[]): number[][] {
  const shares: number[][] = Array.from({ length: 7 }, () => []);
  for (let end = daysMinor.length; end >= 7; end -= 7) {
    const week = daysMinor.slice(end - 7, end);
    const average = mean(week);
    if (average > 0) week.forEach((minor, day) => shares[weekdayOfAge(7 - day)]!.push(minor / average));
  }
  return shares;
}
