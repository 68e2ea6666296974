import { describe, expect, test } from '@jest/globals';
import { forecast, LONGEST_DAYS } from '../../src/forecast/forecast.js';
import { historyOf } from '../../src/forecast/spend-history.js';
import { unusualSpend } from '../../src/forecast/unusual-spend.js';

const AT = new Date('2026-11-22T12:00:00Z');
const noon = { todayMinor: 0, todayLeft: 0.5, today: '2026-11-22' };
const lasts = (balanceMinor: number, daysMinor: readonly number[], today = noon) =>
  forecast(balanceMinor, { ...today, daysMinor }, AT);
const weeks = (many: number, week: readonly number[]) => Array.from({ length: many }, () => week).flat();

describe('how long a balance lasts', () => {
  test.each([
    ['no full day', 10_000, [], { kind: 'tooNew' }],
    ['two full days', 10_000, [100, 100], { kind: 'tooNew' }],
    ['nothing spent', 10_000, [0, 0, 0, 0], { kind: 'idle' }],
    ['three even days', 1_000, [100, 100, 100], { kind: 'days', perDayMinor: 100, daysLeft: 10, confidence: 'rough' }],
    ['one wild day among seven', 1_000, [100, 100, 9_000, 100, 100, 100, 100], { perDayMinor: 100, daysLeft: 10 }],
    [
      'one wild day in eight weeks',
      1_000,
      [...weeks(7, Array(7).fill(100)), 9_000, ...Array(6).fill(100)],
      { perDayMinor: 100 },
    ],
    ['less than a day', 50, [100, 100, 100], { kind: 'days', daysLeft: 0 }],
    ['below zero after a dispute', -500, [100, 100, 100], { kind: 'days', daysLeft: 0, leastDays: 0 }],
    ['longer than anybody can guess', 1e9, [100, 100, 100], { daysLeft: LONGEST_DAYS, mostDays: LONGEST_DAYS }],
    ['stopped for four days', 1_000, [...weeks(3, Array(7).fill(100)), 0, 0, 0, 0], { kind: 'idle' }],
    ['a free weekend is no stop', 1_000, weeks(4, [100, 100, 100, 100, 100, 0, 0]), { kind: 'days' }],
    [
      'twice as much since a week',
      2_000,
      [...weeks(5, Array(7).fill(100)), ...Array(8).fill(200)],
      { perDayMinor: 200 },
    ],
  ])('%s', (_case, balanceMinor, days, expected) => {
    expect(lasts(balanceMinor, days)).toMatchObject(expected);
  });

  test('each weekday goes as it goes: over a free weekend nothing runs out', () => {
    // Yesterday was a Saturday; Sunday and Saturday are free.
    const days = weeks(6, [0, 200, 200, 200, 200, 200, 0]);
    expect(lasts(100, days)).toMatchObject({ daysLeft: 1, runsOutOn: new Date('2026-11-23T12:00:00Z') });
    expect(lasts(1_000, days)).toMatchObject({ daysLeft: 5, perDayMinor: 143 });
  });

  test('a balance that grows dearer each day lasts shorter than at the pace of today', () => {
    const days = Array.from({ length: 56 }, (_, day) => Math.round(1_000 * 1.02 ** day));
    const guess = lasts(60_000, days);
    expect(guess).toMatchObject({ kind: 'days', confidence: 'fair' });
    if (guess.kind !== 'days') throw new Error('no days');
    expect(guess.daysLeft).toBeLessThan(60_000 / days.at(-1)!);
    expect(guess.perDayMinor).toBeGreaterThan(guess.usualPerDayMinor);
  });

  test('the range is wide where there is little to go by, and a wild today is its short end', () => {
    const few = lasts(1_000, [60, 140, 100, 90]);
    const many = lasts(1_000, weeks(8, [60, 140, 100, 90, 110, 130, 70]));
    if (few.kind !== 'days' || many.kind !== 'days') throw new Error('no days');
    expect(few.confidence).toBe('rough');
    expect(many.confidence).toBe('fair');
    expect(few.mostDays - few.leastDays).toBeGreaterThan(many.mostDays - many.leastDays);
    expect(few.leastDays).toBeLessThanOrEqual(few.daysLeft);
    const wild = lasts(10_000, weeks(3, Array(7).fill(1_000)), { ...noon, todayMinor: 9_000 });
    expect(wild).toMatchObject({ daysLeft: 10, leastDays: 0 });
  });
});

describe('what is unusual', () => {
  const usual = weeks(4, [1_000, 1_200, 900, 1_100, 1_000, 200, 100]);
  const today = (todayMinor: number, daysMinor: readonly number[] = usual) =>
    unusualSpend({ ...noon, daysMinor, todayMinor });

  test.each([
    ['a day like others', 1_100, usual],
    ['a dear day', 2_000, usual],
    ['what happened twice before', 6_000, [...usual.slice(0, -14), 7_000, ...usual.slice(-13, -1), 7_000]],
    ['too new a wallet', 50_000, usual.slice(0, 13)],
    ['some pence', 450, usual.map((minor) => minor / 100)],
    ['the first day after a stop', 5_000, [...usual, 0, 0, 0, 0, 0]],
  ])('not %s', (_case, todayMinor, days) => {
    expect(today(todayMinor, days)).toBeUndefined();
  });

  test('a day beyond all others, as soon as it is', () => {
    expect(today(6_000)).toEqual({ day: '2026-11-22', spentMinor: 6_000, usualMinor: expect.any(Number) });
    expect(today(6_000)!.usualMinor).toBeGreaterThan(800);
    expect(today(6_000)!.usualMinor).toBeLessThan(1_200);
  });
});

describe('the days of a calendar', () => {
  test.each([
    ['Europe/London', '2026-10-25T12:00:00Z', '2026-10-25', 12 / 25],
    ['Europe/London', '2026-03-29T12:00:00Z', '2026-03-29', 11 / 23],
    ['Asia/Kolkata', '2026-11-22T18:30:00Z', '2026-11-23', 1],
    ['Asia/Kathmandu', '2028-02-29T06:15:00Z', '2028-02-29', 0.5],
    ['Pacific/Kiritimati', '2026-12-31T10:00:00Z', '2027-01-01', 1],
  ])('%s at %s is %s', (zone, at, day, todayLeft) => {
    const days = historyOf(new Map([[day, 700]]), new Date(0), { zone, at: new Date(at) });
    expect(days).toMatchObject({ today: day, todayMinor: 700, daysMinor: { length: 56 } });
    expect(days.todayLeft).toBeCloseTo(todayLeft, 10);
  });

  test('begin with the day after the first use; a day that came to nothing counts, one that brought money back is none', () => {
    const spent = new Map([
      ['2026-11-18', 500],
      ['2026-11-19', 300],
      ['2026-11-21', -200],
    ]);
    const { daysMinor } = historyOf(spent, new Date('2026-11-18T09:00:00Z'), { zone: 'Europe/London', at: AT });
    expect(daysMinor).toEqual([300, 0, 0]);
  });
});
