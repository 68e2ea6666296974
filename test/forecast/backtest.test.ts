import { expect, test } from '@jest/globals';
import { backtest, type ModelName } from './backtest.js';

const SHAPES = ['steady', 'weekdays', 'bursts', 'growth', 'dead'] as const;
const SEEDS = [1, 2, 3, 4];
const found = SHAPES.map((shape) => backtest(shape, SEEDS));

test.each(found)('on $shape days the forecast is nearer than a week’s mean and the same weekday’s', ({ models }) => {
  expect(models.ours.dayError).toBeLessThan(models.lastWeek.dayError);
  expect(models.ours.dayError).toBeLessThan(models.sameWeekday.dayError);
});

test('in days left it is nearer than both, over all of them', () => {
  const error = (name: ModelName) => found.reduce((sum, { models }) => sum + models[name].daysLeftError, 0);
  expect(error('ours')).toBeLessThan(error('lastWeek'));
  expect(error('ours')).toBeLessThan(error('sameWeekday'));
});

test('ordinary days are not called unusual, and six times the usual is, where nothing like it happens', () => {
  for (const { shape, falseAlarms, found: seen } of found) {
    expect({ shape, few: falseAlarms < 0.005 }).toEqual({ shape, few: true });
    if (shape === 'steady' || shape === 'growth') expect({ shape, seen }).toEqual({ shape, seen: 1 });
  }
});
