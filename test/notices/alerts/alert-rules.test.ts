import { describe, expect, test } from '@jest/globals';
import type { Level } from '../../../src/ledger/entry.js';
import type { AlertRow } from '../../../src/notices/alerts/alert-model.js';
import { decide, type Seen } from '../../../src/notices/alerts/decide.js';
import { levelByDays } from '../../../src/notices/alerts/levels.js';
import { quietUntil } from '../../../src/notices/alerts/quiet-hours.js';

describe('quiet hours end', () => {
  const night = { from: '22:00', to: '07:00' };
  const lunch = { from: '12:00', to: '13:30' };
  test.each([
    ['an ordinary night, before midnight', night, 'Europe/London', '2026-11-22T23:00Z', '2026-11-23T07:00Z'],
    ['an ordinary night, after midnight', night, 'Europe/London', '2026-11-23T03:00Z', '2026-11-23T07:00Z'],
    ['the first minute is quiet', night, 'Europe/London', '2026-11-22T22:00Z', '2026-11-23T07:00Z'],
    ['the last one is not', night, 'Europe/London', '2026-11-23T07:00Z', undefined],
    ['by day', night, 'Europe/London', '2026-11-22T12:00Z', undefined],
    ['on one day', lunch, 'Europe/London', '2026-11-22T12:10Z', '2026-11-22T13:30Z'],
    ['the night the clocks go forward', night, 'Europe/London', '2026-03-28T23:00Z', '2026-03-29T06:00Z'],
    ['the night the clocks go back', night, 'Europe/London', '2026-10-24T22:30Z', '2026-10-25T07:00Z'],
    [
      'an end that the clocks leave out',
      { from: '22:00', to: '01:30' },
      'Europe/London',
      '2026-03-29T00:30Z',
      '2026-03-29T01:30Z',
    ],
    ['a zone with half hours', night, 'Asia/Kolkata', '2026-11-22T20:00Z', '2026-11-23T01:30Z'],
    ['a zone with quarters', night, 'Asia/Kathmandu', '2026-11-22T17:00Z', '2026-11-23T01:15Z'],
    ['a day that began yesterday elsewhere', night, 'Pacific/Kiritimati', '2026-11-22T09:00Z', '2026-11-22T17:00Z'],
    ["the year's end", night, 'America/New_York', '2027-01-01T04:00Z', '2027-01-01T12:00Z'],
    ['a leap day', night, 'Europe/London', '2028-02-28T23:00Z', '2028-02-29T07:00Z'],
  ] as const)('%s', (_what, quiet, zone, at, until) => {
    expect(quietUntil(quiet, zone, new Date(at))?.toISOString()).toBe(until && new Date(until).toISOString());
  });

  test('none are chosen', () => {
    expect(quietUntil(undefined, 'Europe/London', new Date('2026-11-22T23:00Z'))).toBeUndefined();
  });
});

describe('the days left', () => {
  const lasts = (daysLeft: number) => ({
    kind: 'days' as const,
    perDayMinor: 1,
    lastDayMinor: 1,
    daysLeft,
    runsOutOn: new Date(0),
  });
  test.each<[before: Level, daysLeft: number, level: Level]>([
    ['ok', 5, 'ok'],
    ['ok', 4, 'low'],
    ['low', 5, 'low'],
    ['low', 6, 'ok'],
    ['low', 1, 'critical'],
    ['critical', 2, 'critical'],
    ['critical', 3, 'low'],
    ['empty', 0, 'critical'],
  ])('after %s, %i days are %s', (before, daysLeft, level) => {
    expect(levelByDays(before, { ...lasts(daysLeft), ...MORE }, { low: 5, critical: 2 })).toBe(level);
  });

  test('say nothing where they cannot be guessed, or nobody wants them', () => {
    expect(levelByDays('ok', { kind: 'tooNew' }, { low: 5 })).toBe('ok');
    expect(levelByDays('ok', { kind: 'idle' }, { low: 5 })).toBe('ok');
    expect(levelByDays('ok', { ...lasts(0), ...MORE }, {})).toBe('ok');
  });
});

describe('what becomes of an alert', () => {
  const at = new Date('2026-11-22T12:00Z');
  const later = new Date('2026-11-22T18:00Z');
  const row = (is: Partial<AlertRow>): AlertRow => ({
    ...{ _id: 'ws', account: 'acc', revision: 1, episode: 1, level: 'ok', posted: 'ok', groups: [], lookAt: at },
    ...is,
  });
  const low = row({ level: 'low', posted: 'low' });
  const snoozed = { by: 'p', why: 'payday', until: later };
  const seen = (level: Level, more: Partial<Seen> = {}): Seen => ({
    ...{ level, balanceMinor: 1, cannotWait: level === 'empty' },
    ...more,
  });
  test.each<[what: string, row: AlertRow, seen: Seen, quietUntil: Date | undefined, step: string]>([
    ['nothing was, nothing is', row({}), seen('ok'), undefined, 'none'],
    ['a new one', row({}), seen('low'), undefined, 'post'],
    ['it goes on', low, seen('low'), undefined, 'none'],
    ['fewer days', { ...low, daysLeft: 4 }, seen('low', { daysLeft: 3 }), undefined, 'edit'],
    ['worse', low, seen('critical'), undefined, 'post'],
    ['better, but not well', row({ level: 'critical', posted: 'critical' }), seen('low'), undefined, 'edit'],
    ['well', low, seen('ok'), later, 'clear'],
    ['worse while snoozed', { ...low, snooze: snoozed }, seen('critical'), undefined, 'edit'],
    [
      'still as bad, while snoozed',
      row({ level: 'critical', posted: 'low', snooze: snoozed }),
      seen('critical'),
      undefined,
      'none',
    ],
    ['worse since it was snoozed', row({ level: 'critical', posted: 'low' }), seen('critical'), undefined, 'post'],
    ['empty while snoozed', { ...low, snooze: snoozed }, seen('empty'), undefined, 'post'],
    ['new in quiet hours', row({}), seen('low'), later, 'wait'],
    ['worse in quiet hours', low, seen('critical'), later, 'edit'],
    ['gone before they end', low, seen('critical', { cannotWait: true }), later, 'post'],
    ['empty in quiet hours', row({}), seen('empty'), later, 'post'],
  ])('%s', (_what, before, now, quiet, step) => {
    expect(decide(before, now, { at, quietUntil: quiet })).toBe(step);
  });
});

/** What a forecast says besides. */
const MORE = { usualPerDayMinor: 1, leastDays: 0, mostDays: 9, confidence: 'fair' as const };
