import { describe, expect, test } from '@jest/globals';
import { forecast } from '../../src/notices/forecast.js';

const AT = new Date('2026-11-22T12:00:00Z');

describe('how long a balance lasts', () => {
  test.each([
    ['no full day', 10_000, [], { kind: 'tooNew' }],
    ['two full days', 10_000, [100, 100], { kind: 'tooNew' }],
    ['nothing spent', 10_000, [0, 0, 0, 0], { kind: 'idle' }],
    ['three even days', 1_000, [100, 100, 100], { kind: 'days', perDayMinor: 100, daysLeft: 10 }],
    [
      'one wild day among seven',
      1_000,
      [100, 100, 9_000, 100, 100, 100, 100],
      { kind: 'days', perDayMinor: 100, daysLeft: 10 },
    ],
    ['less than a day', 50, [100, 100, 100], { kind: 'days', daysLeft: 0 }],
    ['below zero after a dispute', -500, [100, 100, 100], { kind: 'days', daysLeft: 0 }],
  ])('%s', (_case, balanceMinor, days, expected) => {
    expect(forecast(balanceMinor, days, AT)).toMatchObject(expected);
  });
});
