import { burnRate } from '../../src/forecast/burn-rate.js';
import { forecast } from '../../src/forecast/forecast.js';
import { unusualSpend } from '../../src/forecast/unusual-spend.js';
import { seriesOf, type Shape } from './series.js';

/** From the days so far to what each day ahead takes; 0 is the day that begins. */
type Model = (past: readonly number[]) => (ahead: number) => number;

export const MODELS = {
  lastWeek: (past) => {
    const even = mean(past.slice(-7));
    return () => even;
  },
  sameWeekday: (past) => (ahead) => mean([1, 2, 3, 4].map((week) => past[past.length - 7 * week + (ahead % 7)]!)),
  ours: (past) => burnRate(past.slice(-56)).expectedMinor,
} as const satisfies Record<string, Model>;

export type ModelName = keyof typeof MODELS;

/** Four weeks are learned from before anything is guessed; a balance that lasts longer than thirty days lasts thirty. */
const FIRST = 28;
const LONGEST = 30;
const DAY_AHEAD = 7;

export interface Figures {
  /** What the guesses of the next seven days were off, as a share of what was spent. */
  dayError: number;
  /** By how many days the guesses of days left were off. */
  daysLeftError: number;
}

export interface Findings {
  shape: Shape;
  models: Record<ModelName, Figures>;
  /** The share of guesses whose range held what came. */
  inRange: number;
  /** Of days that nobody planted anything on and that have no campaign: the share called unusual. */
  falseAlarms: number;
  /** Of such days with six times the usual on them: the share found. */
  found: number;
}

/** Guesses every day of some series from the days before it, and compares with what came. */
export function backtest(shape: Shape, seeds: readonly number[]): Findings {
  const names = Object.keys(MODELS) as ModelName[];
  const off = Object.fromEntries(names.map((name) => [name, { byDay: 0, daysLeft: [] as number[] }]));
  const held: number[] = [];
  const alarms = { quiet: [] as number[], planted: [] as number[] };
  let spent = 0;
  for (const seed of seeds) {
    const { daysMinor, bursts } = seriesOf(shape, seed);
    const balances = balancesOf(daysMinor, seed);
    for (let today = FIRST; today + LONGEST <= daysMinor.length; today++) {
      const past = daysMinor.slice(0, today);
      const balance = balances[today]!;
      const lasted = daysUntil(balance, (ahead) => daysMinor[today + ahead]!);
      for (const name of names) {
        const guess = MODELS[name](past);
        for (let ahead = 0; ahead < DAY_AHEAD; ahead++) {
          off[name]!.byDay += Math.abs(guess(ahead) - daysMinor[today + ahead]!);
        }
        off[name]!.daysLeft.push(Math.abs(daysUntil(balance, guess) - lasted));
      }
      for (let ahead = 0; ahead < DAY_AHEAD; ahead++) spent += daysMinor[today + ahead]!;
      held.push(...rangeHeld(past, balance, lasted));
      if (!bursts[today]) watch(alarms, past, daysMinor[today]!);
    }
  }
  const figures = (name: ModelName): Figures => ({
    dayError: off[name]!.byDay / spent,
    daysLeftError: mean(off[name]!.daysLeft),
  });
  return {
    shape,
    models: { lastWeek: figures('lastWeek'), sameWeekday: figures('sameWeekday'), ours: figures('ours') },
    inRange: mean(held),
    falseAlarms: mean(alarms.quiet),
    found: mean(alarms.planted),
  };
}

/** Topped up with the same amount each time it is gone: two weeks of an average day. */
function balancesOf(daysMinor: readonly number[], seed: number): number[] {
  const topUp = 14 * mean(daysMinor.filter((minor) => minor > 0));
  let left = topUp * (0.3 + 0.07 * (seed % 10));
  return daysMinor.map((minor) => {
    while (left <= 0) left += topUp;
    const balance = left;
    left -= minor;
    return balance;
  });
}

function daysUntil(balance: number, on: (ahead: number) => number): number {
  let left = balance;
  for (let ahead = 0; ahead < LONGEST; ahead++) {
    const minor = on(ahead);
    if (minor > 0 && minor >= left) return ahead + left / minor;
    left -= minor;
  }
  return LONGEST;
}

const startOfDay = (past: readonly number[], todayMinor = 0) => ({
  daysMinor: past.slice(-56),
  todayMinor,
  todayLeft: 1,
  today: '2026-11-16',
});

/** 1 or 0; nothing where no range was given, or the answer lies beyond what the backtest sees. */
function rangeHeld(past: readonly number[], balance: number, lasted: number): number[] {
  const guess = forecast(Math.round(balance), startOfDay(past), new Date(0));
  if (guess.kind !== 'days' || lasted >= LONGEST) return [];
  return [Number(Math.floor(lasted) >= guess.leastDays && Math.floor(lasted) <= guess.mostDays)];
}

function watch(alarms: { quiet: number[]; planted: number[] }, past: readonly number[], came: number): void {
  const isCalled = (minor: number) => Number(unusualSpend(startOfDay(past, minor)) !== undefined);
  alarms.quiet.push(isCalled(came));
  const usual = MODELS.sameWeekday(past)(0);
  if (usual > 0.5 * mean(past.slice(-28))) alarms.planted.push(isCalled(6 * usual));
}

function mean(values: readonly number[]): number {
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;
}
