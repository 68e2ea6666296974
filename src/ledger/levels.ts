import { LEVELS, type Level, type Minor, type Thresholds } from './entry.js';

export const DEFAULT_THRESHOLDS: Thresholds = { lowPercent: 20, criticalPercent: 10 };

/** A level that was reached is left only at 110 % of its threshold, so that a balance on the edge alerts once. */
const REARM_PERCENT = 110;

interface Money {
  balanceMinor: Minor;
  /** The balance after the last credit; absent until the first, and until then nothing is alerted. */
  creditedToMinor?: Minor;
}

const worse = (a: Level, b: Level): Level => (LEVELS.indexOf(a) > LEVELS.indexOf(b) ? a : b);
const better = (a: Level, b: Level): Level => (LEVELS.indexOf(a) < LEVELS.indexOf(b) ? a : b);

/** Up to here the products below stay within the safe integers. */
const EXACT_MINOR = Number.MAX_SAFE_INTEGER / 11_000;

/** Compared as big integers where percent times balance may leave the safe range. */
function isUnder(
  money: Required<Money>,
  percent: number | undefined,
  fixedMinor: Minor | undefined,
  scalePercent: number,
): boolean {
  const { balanceMinor, creditedToMinor } = money;
  if (Math.max(Math.abs(balanceMinor), creditedToMinor, fixedMinor ?? 0) < EXACT_MINOR) {
    const scaled = balanceMinor * 100;
    return (
      (percent !== undefined && scaled * 100 < percent * creditedToMinor * scalePercent) ||
      (fixedMinor !== undefined && scaled < fixedMinor * scalePercent)
    );
  }
  const scaled = BigInt(balanceMinor) * 100n;
  const scale = BigInt(scalePercent);
  return (
    (percent !== undefined && scaled * 100n < BigInt(percent) * BigInt(creditedToMinor) * scale) ||
    (fixedMinor !== undefined && scaled < BigInt(fixedMinor) * scale)
  );
}

function levelAt({ balanceMinor, creditedToMinor }: Money, thresholds: Thresholds, scalePercent: number): Level {
  if (creditedToMinor === undefined) return 'ok';
  if (balanceMinor <= 0) return 'empty';
  const money = { balanceMinor, creditedToMinor };
  if (isUnder(money, thresholds.criticalPercent, undefined, scalePercent)) return 'critical';
  if (isUnder(money, thresholds.lowPercent, thresholds.lowMinor, scalePercent)) return 'low';
  return 'ok';
}

/** The level that the thresholds themselves say, whatever was reached before. */
export function plainLevel(money: Money, thresholds: Thresholds): Level {
  return levelAt(money, thresholds, 100);
}

/** The level after a change of the balance: worsens at the threshold, improves at 110 % of it. */
export function levelAfter(before: Level, money: Money, thresholds: Thresholds): Level {
  const reached = plainLevel(money, thresholds);
  if (reached === before) return before;
  const notYetRearmed = levelAt(money, thresholds, REARM_PERCENT);
  return worse(reached, better(before, notYetRearmed));
}
