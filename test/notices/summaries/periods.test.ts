import { describe, expect, test } from '@jest/globals';
import {
  dueAt,
  endOf,
  monthName,
  nextPeriod,
  postedAt,
  periodOf,
  previousPeriod,
} from '../../../src/notices/summaries/periods.js';

describe('the end of a month, by the workspace’s own calendar', () => {
  test.each([
    ['2026-11', 'Europe/London', '2026-12-01T00:00:00Z', 'winter time'],
    ['2026-06', 'Europe/London', '2026-06-30T23:00:00Z', 'summer time'],
    ['2026-03', 'Europe/London', '2026-03-31T23:00:00Z', 'the clocks went forward in the month'],
    ['2026-10', 'Europe/London', '2026-11-01T00:00:00Z', 'the clocks went back in the month'],
    ['2026-10', 'America/New_York', '2026-11-01T04:00:00Z', 'the clocks go back on the day after'],
    ['2028-02', 'Europe/London', '2028-03-01T00:00:00Z', 'leap year'],
    ['2027-02', 'Europe/London', '2027-03-01T00:00:00Z', 'no leap year'],
    ['2100-02', 'UTC', '2100-03-01T00:00:00Z', 'a century that is no leap year'],
    ['2026-12', 'Pacific/Auckland', '2026-12-31T11:00:00Z', 'the year ends early'],
    ['2026-11', 'Asia/Kolkata', '2026-11-30T18:30:00Z', 'half an hour'],
    ['2026-11', 'Asia/Kathmandu', '2026-11-30T18:15:00Z', 'three quarters of an hour'],
    ['2026-11', 'America/St_Johns', '2026-12-01T03:30:00Z', 'half an hour to the west'],
    ['2026-03', 'Africa/Cairo', '2026-03-31T22:00:00Z', 'the clocks change on a Friday in April'],
    ['2011-12', 'Pacific/Apia', '2011-12-31T10:00:00Z', 'a day was left out'],
  ])('%s in %s is %s: %s', (period, zone, end) => {
    expect(endOf(period, zone)).toEqual(new Date(end));
    expect(periodOf(new Date(endOf(period, zone).getTime() - 1), zone)).toBe(period);
    expect(periodOf(endOf(period, zone), zone)).toBe(nextPeriod(period));
  });

  test('months follow each other over the year', () => {
    expect(nextPeriod('2026-12')).toBe('2027-01');
    expect(previousPeriod('2027-01')).toBe('2026-12');
  });

  test('a summary is made once the month has settled, and posted within the hour after, always at the same moment', () => {
    const end = endOf('2026-11', 'Europe/London').getTime();
    expect(dueAt('2026-11', 'Europe/London').getTime() - end).toBe(5 * 60_000);
    const posted = (workspace: string) => postedAt('2026-11', 'Europe/London', workspace);
    const delays = Array.from({ length: 200 }, (_, i) => posted(`ws_${i}`).getTime() - end);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(5 * 60_000);
    expect(Math.max(...delays)).toBeLessThan(65 * 60_000);
    expect(new Set(delays).size).toBeGreaterThan(190);
    expect(posted('ws_1')).toEqual(posted('ws_1'));
  });

  test('is named with its year where the month alone would be read wrongly', () => {
    expect(monthName('2026-11', new Date('2026-12-01T00:10:00Z'), 'Europe/London')).toBe('November');
    expect(monthName('2025-11', new Date('2026-12-01T00:10:00Z'), 'Europe/London')).toBe('November 2025');
  });
});
