import { describe, expect, test } from '@jest/globals';
import {
  endOfPeriod,
  lastOccasion,
  occasionAfter,
  occasionIn,
  periodOf,
} from '../../../src/payments/automatic/schedule.js';

const LONDON = 'Europe/London';

describe('the day of a monthly recharge', () => {
  test.each([
    ['2026-11', 5, LONDON, '2026-11-05T09:00:00.000Z'],
    // Month ends: the day that a month lacks is its last.
    ['2026-11', 31, LONDON, '2026-11-30T09:00:00.000Z'],
    ['2026-12', 31, LONDON, '2026-12-31T09:00:00.000Z'],
    ['2027-02', 31, LONDON, '2027-02-28T09:00:00.000Z'],
    ['2028-02', 31, LONDON, '2028-02-29T09:00:00.000Z'],
    ['2027-02', 29, LONDON, '2027-02-28T09:00:00.000Z'],
    ['2028-02', 29, LONDON, '2028-02-29T09:00:00.000Z'],
    ['2026-04', 30, LONDON, '2026-04-30T08:00:00.000Z'],
    // Clocks: nine in the morning is another moment before and after they are changed.
    ['2026-03', 28, LONDON, '2026-03-28T09:00:00.000Z'],
    ['2026-03', 29, LONDON, '2026-03-29T08:00:00.000Z'],
    ['2026-10', 24, LONDON, '2026-10-24T08:00:00.000Z'],
    ['2026-10', 25, LONDON, '2026-10-25T09:00:00.000Z'],
    ['2026-03', 8, 'America/New_York', '2026-03-08T13:00:00.000Z'],
    ['2026-11', 1, 'America/New_York', '2026-11-01T14:00:00.000Z'],
    // Zones far from ours, where it is another day, and of odd offsets.
    ['2026-11', 1, 'Pacific/Kiritimati', '2026-10-31T19:00:00.000Z'],
    ['2026-11', 30, 'Pacific/Pago_Pago', '2026-11-30T20:00:00.000Z'],
    ['2026-11', 5, 'Asia/Kathmandu', '2026-11-05T03:15:00.000Z'],
    ['2026-11', 5, 'Asia/Tokyo', '2026-11-05T00:00:00.000Z'],
  ])('%s, day %i in %s is %s', (period, day, zone, at) => {
    expect(occasionIn(period, day, zone)).toEqual({ period, at: new Date(at) });
  });

  test.each([
    ['2026-11-05T08:59:59.999Z', '2026-10'],
    ['2026-11-05T09:00:00.000Z', '2026-11'],
    ['2026-12-05T08:59:59.000Z', '2026-11'],
    ['2027-01-01T00:00:00.000Z', '2026-12'],
  ])('at %s the last one was that of %s', (at, period) => {
    expect(lastOccasion(5, LONDON, new Date(at)).period).toBe(period);
  });

  test('over the turn of the year, and from a month end to the next', () => {
    expect(occasionAfter('2026-12', 31, LONDON)).toEqual({ period: '2027-01', at: new Date('2027-01-31T09:00:00Z') });
    expect(occasionAfter('2027-01', 31, LONDON)).toEqual({ period: '2027-02', at: new Date('2027-02-28T09:00:00Z') });
  });
});

test.each([
  ['2026-10-31T23:30:00Z', LONDON, '2026-10', '2026-11-01T00:00:00.000Z'],
  ['2026-10-31T23:30:00Z', 'Europe/Berlin', '2026-11', '2026-11-30T23:00:00.000Z'],
  ['2026-04-30T23:30:00Z', LONDON, '2026-05', '2026-05-31T23:00:00.000Z'],
  ['2026-11-01T03:30:00Z', 'America/New_York', '2026-10', '2026-11-01T04:00:00.000Z'],
])('%s in %s is of %s, which ends at %s', (at, zone, period, end) => {
  expect(periodOf(new Date(at), zone)).toBe(period);
  expect(endOfPeriod(period, zone)).toEqual(new Date(end));
});
