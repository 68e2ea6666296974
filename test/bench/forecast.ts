import { backtest, type Findings, type ModelName } from '../forecast/backtest.js';
import { SHAPES } from '../forecast/series.js';
import { rounded } from './figures.js';

/** The shapes that the forecast must be nearest on; the others are printed beside them. */
const HELD = ['steady', 'weekdays', 'bursts', 'growth', 'dead'] as const;

/**
 * Guesses each day of wallets of every shape from the days before it, beside two naive forecasts: the mean of the last
 * seven days, and of the same weekday in the last four weeks. Unusual spend is held against the same days.
 */
export async function benchForecast({ quick }: { quick: boolean }): Promise<object> {
  const seeds = Array.from({ length: quick ? 10 : 40 }, (_, seed) => seed + 1);
  const found = SHAPES.map((shape) => backtest(shape, seeds));
  console.log(`${seeds.length} wallets of each shape, 140 days: each day guessed from the days before it.`);
  console.log('error: of the next seven days, a day, as a share of what was spent / of days left, in days\n');
  console.log(row('', 'last 7 days', 'same weekday', 'ours', 'in range', 'false alarms', 'x6 found'));
  for (const { shape, models, inRange, falseAlarms, found: seen } of found) {
    const { lastWeek, sameWeekday, ours } = models;
    console.log(
      row(
        shape,
        ...[lastWeek, sameWeekday, ours].map(both),
        percent(inRange, 0),
        percent(falseAlarms, 2),
        percent(seen, 0),
      ),
    );
  }
  const held = found.filter(({ shape }) => HELD.some((one) => one === shape));
  const nearerByDay = held.every(({ models: { ours, ...naive } }) =>
    Object.values(naive).every(({ dayError }) => ours.dayError < dayError),
  );
  const daysLeft = {
    lastWeek: meanDaysLeft(held, 'lastWeek'),
    sameWeekday: meanDaysLeft(held, 'sameWeekday'),
    ours: meanDaysLeft(held, 'ours'),
  };
  const nearerInDaysLeft = daysLeft.ours < Math.min(daysLeft.lastWeek, daysLeft.sameWeekday);
  const falseAlarms = held.reduce((sum, one) => sum + one.falseAlarms, 0) / held.length;
  console.log(
    `\ndays left over ${HELD.join(', ')}: ${JSON.stringify(daysLeft)}; false alarms ${percent(falseAlarms, 2)} of days`,
  );
  console.log(
    `nearer than both, by day on each of them: ${yesOrNo(nearerByDay)}; in days left over all: ${yesOrNo(nearerInDaysLeft)}`,
  );
  return {
    bench: 'forecast',
    shapes: Object.fromEntries(found.map(({ shape, ...figures }) => [shape, figures])),
    daysLeftError: daysLeft,
    falseAlarms,
    beatsBoth: nearerByDay && nearerInDaysLeft,
  };
}

function meanDaysLeft(held: readonly Findings[], name: ModelName): number {
  return rounded(held.reduce((sum, { models }) => sum + models[name].daysLeftError, 0) / held.length);
}

const both = ({ dayError, daysLeftError }: Findings['models'][ModelName]): string =>
  `${percent(dayError, 1)} / ${daysLeftError.toFixed(2)}`;

const yesOrNo = (is: boolean): string => (is ? 'yes' : 'NO');

const percent = (share: number, digits: number): string => `${(100 * share).toFixed(digits)} %`;

const row = (...cells: readonly string[]): string =>
  cells.map((cell, at) => (at === 0 ? cell.padEnd(10) : cell.padStart(15))).join('');
