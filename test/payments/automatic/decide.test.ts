import { describe, expect, test } from '@jest/globals';
import type { Automatic } from '../../../src/payments/automatic/automatic.js';
import { decide } from '../../../src/payments/automatic/decide.js';
import { withRules } from '../../../src/payments/automatic/settings.js';
import { sizeOf } from '../../../src/payments/automatic/size.js';
import { credited, declined, planned, resumed } from '../../../src/payments/automatic/transitions.js';
import type { Workspace } from '../../../src/workspace/entities.js';

const ZONE = 'Europe/London';
const workspace: Workspace = {
  id: 'ws_1',
  account: 'acc_1',
  name: 'Marketing',
  status: 'active',
  currency: 'GBP',
  timeZone: ZONE,
  createdAt: new Date('2026-01-01T00:00:00Z'),
};
const on = (at: string) => new Date(at);
const BELOW = { belowMinor: 2_000, addMinor: 5_000 };
const CARD = 'pm_1';

type Set = Omit<Parameters<typeof withRules>[1], 'workspace' | 'by'>;
const set = (rules: Set, now?: Automatic) => withRules(now, { workspace, by: 'p_olivia', ...rules });

/** What is decided, and then planned, at that moment. */
function plan(automatic: Automatic, availableMinor: number, at: string): Automatic {
  const decision = decide(automatic, availableMinor, ZONE, on(at));
  if (decision.do !== 'charge') throw new Error(`decided to ${decision.do}`);
  return planned(automatic, decision, { card: CARD, zone: ZONE, at: on(at) });
}

describe('the size of an auto top-up closes the whole gap, in whole steps', () => {
  test.each([
    // available, this month so far, maximum, amount
    [2_000, 0, undefined, 'enough'],
    [1_999, 0, undefined, 5_000],
    [0, 0, undefined, 5_000],
    [-3_000, 0, undefined, 5_000],
    [-3_001, 0, undefined, 10_000],
    [-48_000, 0, undefined, 50_000],
    [1_999, 0, 20_000, 5_000],
    [1_999, 15_000, 20_000, 5_000],
    // The last step is cut to what the maximum leaves.
    [1_999, 17_500, 20_000, 2_500],
    [-48_000, 5_000, 20_000, 15_000],
    // Less than the least payment is not worth a charge.
    [1_999, 19_901, 20_000, 'maximumReached'],
    [1_999, 20_000, 20_000, 'maximumReached'],
    [1_999, 25_000, 20_000, 'maximumReached'],
    // Never more than one payment can be.
    [-999_999_999, 0, undefined, 99_999_999],
  ] as const)(
    'available %i after %i this month, of %s: %s',
    (availableMinor, chargedMinor, monthlyMaxMinor, amount) => {
      const rule = { ...BELOW, ...(monthlyMaxMinor !== undefined && { monthlyMaxMinor }) };
      const size = sizeOf(rule, availableMinor, chargedMinor);
      expect(typeof size === 'string' ? size : size.amountMinor).toBe(amount);
    },
  );
});

describe('auto top-up', () => {
  const AT = '2026-11-16T09:00:00Z';

  test('each fall below is a cause of its own, each try has a key of its own', () => {
    const first = plan(set({ below: BELOW, at: on(AT) }), 1_000, AT);
    expect(first.charge).toMatchObject({ cause: 'below:1', key: 'auto:below:1:1', amountMinor: 5_000 });
    const again = plan(declined(first, 'insufficient_funds', on(AT)), 1_000, '2026-11-16T10:00:00Z');
    expect(again.charge).toMatchObject({ cause: 'below:1', key: 'auto:below:1:2' });
    const next = plan(credited(again), 1_000, '2026-11-16T11:00:00Z');
    expect(next.charge).toMatchObject({ cause: 'below:2', key: 'auto:below:2:3' });
  });

  test("counts towards the month's maximum until it is declined, and anew in the next month", () => {
    const rules = set({ below: { ...BELOW, monthlyMaxMinor: 5_000 }, at: on(AT) });
    const charging = plan(rules, 1_000, AT);
    expect(decide(credited(charging), 1_000, ZONE, on(AT))).toEqual({
      do: 'tellMaximum',
      period: '2026-11',
      againAt: on('2026-12-01T00:00:00Z'),
    });
    expect(decide(declined(charging, 'x', undefined), 1_000, ZONE, on(AT)).do).toBe('charge');
    expect(decide(credited(charging), 1_000, ZONE, on('2026-12-01T00:00:00Z')).do).toBe('charge');
  });

  test('a decline of last month does not free any of this month', () => {
    const november = plan(
      set({ below: { ...BELOW, monthlyMaxMinor: 6_000 }, at: on(AT) }),
      1_000,
      '2026-11-30T23:59:00Z',
    );
    const december = { ...november, tally: { period: '2026-12', minor: 5_000 } };
    expect(declined(december, 'x', undefined).tally).toEqual({ period: '2026-12', minor: 5_000 });
  });

  test('the maximum is told once a month, and again where it was changed', () => {
    const told = { ...set({ below: { ...BELOW, monthlyMaxMinor: 5_000 }, at: on(AT) }), maximumTold: '2026-11' };
    const reached = { ...told, tally: { period: '2026-11', minor: 5_000 } };
    expect(decide(reached, 1_000, ZONE, on(AT))).toEqual({ do: 'wait', until: on('2026-12-01T00:00:00Z') });
    const changed = set({ below: { ...BELOW, monthlyMaxMinor: 5_500 }, at: on(AT) }, reached);
    expect(decide(changed, 1_000, ZONE, on(AT))).toMatchObject({ do: 'charge', amountMinor: 500 });
  });

  test('waits out the back-off, whatever the balance', () => {
    const waiting = declined(plan(set({ below: BELOW, at: on(AT) }), 1_000, AT), 'x', on('2026-11-16T10:00:00Z'));
    expect(decide(waiting, 0, ZONE, on('2026-11-16T09:59:59Z'))).toEqual({
      do: 'wait',
      until: on('2026-11-16T10:00:00Z'),
    });
  });

  test('another card has all its tries before it', () => {
    const tried = declined(plan(set({ below: BELOW, at: on(AT) }), 0, AT), 'x', on(AT));
    const decision = decide(tried, 0, ZONE, on(AT));
    if (decision.do !== 'charge') throw new Error(decision.do);
    expect(planned(tried, decision, { card: CARD, zone: ZONE, at: on(AT) }).declines).toBe(1);
    expect(planned(tried, decision, { card: 'pm_2', zone: ZONE, at: on(AT) }).declines).toBe(0);
  });
});

describe('monthly recharge', () => {
  const monthly = (day: number, amountMinor = 10_000) => ({ monthly: { day, amountMinor } });
  const whatAt = (automatic: Automatic, at: string) => {
    const decision = decide(automatic, 1_000_000, ZONE, on(at));
    return decision.do === 'charge' ? decision.cause : decision.do;
  };

  test.each([
    ['2026-11-16T09:00:00Z', 20, '2026-11-20T09:00:00Z'],
    ['2026-11-16T09:00:00Z', 5, '2026-12-05T09:00:00Z'],
    ['2026-11-16T09:00:00Z', 31, '2026-11-30T09:00:00Z'],
    // On its own day: later today, or in a month.
    ['2026-11-16T08:59:00Z', 16, '2026-11-16T09:00:00Z'],
    ['2026-11-16T09:00:00Z', 16, '2026-12-16T09:00:00Z'],
    ['2026-01-31T12:00:00Z', 31, '2026-02-28T09:00:00Z'],
  ])('set at %s for day %i, is first due at %s', (at, day, first) => {
    const automatic = set({ ...monthly(day), at: on(at) });
    expect(automatic.rechargeAt).toEqual(on(first));
    expect(whatAt(automatic, at)).toBe('wait');
    expect(whatAt(automatic, first)).toMatch(/^monthly:/);
  });

  test('a month is charged once', () => {
    const before = set({ ...monthly(5), at: on('2026-10-20T12:00:00Z') });
    const charging = plan(before, 0, '2026-11-05T09:00:30Z');
    expect(charging.charge).toMatchObject({ kind: 'monthly', cause: 'monthly:2026-11', amountMinor: 10_000 });
    expect(charging.rechargeAt).toEqual(on('2026-12-05T09:00:00Z'));
    expect(whatAt(credited(charging), '2026-11-05T09:01:00Z')).toBe('wait');
    expect(whatAt(credited(charging), '2026-12-05T09:00:00Z')).toBe('monthly:2026-12');
  });

  test.each([
    // Found late, as after downtime: within three days it is made, later it is left out; one charge at most.
    ['2026-11-08T08:59:00Z', 'monthly:2026-11'],
    ['2026-11-08T09:00:01Z', 'leaveOutRecharge'],
    ['2027-02-05T09:00:00Z', 'monthly:2027-02'],
    ['2027-02-20T09:00:00Z', 'leaveOutRecharge'],
  ])('found at %s: %s', (at, what) => {
    const automatic = set({ ...monthly(5), at: on('2026-10-20T12:00:00Z') });
    expect(whatAt(automatic, at)).toBe(what);
    if (what.startsWith('monthly')) {
      const charging = plan(automatic, 0, at);
      expect(whatAt(credited(charging), at)).toBe('wait');
    }
  });

  test('changed in the middle of a month that was charged, begins with the next', () => {
    const charged = credited(plan(set({ ...monthly(5), at: on('2026-10-20T12:00:00Z') }), 0, '2026-11-05T09:00:00Z'));
    const moved = set({ ...monthly(20, 20_000), at: on('2026-11-10T12:00:00Z') }, charged);
    expect(moved.rechargeAt).toEqual(on('2026-12-20T09:00:00Z'));
    expect(whatAt(moved, '2026-11-20T09:00:00Z')).toBe('wait');
  });

  test('changed before its day, is made on the new day of the same month', () => {
    const before = set({ ...monthly(25), at: on('2026-11-02T12:00:00Z') });
    expect(set({ ...monthly(20), at: on('2026-11-10T12:00:00Z') }, before).rechargeAt).toEqual(
      on('2026-11-20T09:00:00Z'),
    );
  });

  test('a declined one is tried again for the same month, and given up for the next', () => {
    const owed = declined(
      plan(set({ ...monthly(5), at: on('2026-10-20T12:00:00Z') }), 0, '2026-11-05T09:00:00Z'),
      'insufficient_funds',
      on('2026-11-05T10:00:00Z'),
    );
    expect(whatAt(owed, '2026-11-05T10:00:00Z')).toBe('monthly:2026-11');
    expect(plan(owed, 0, '2026-11-05T10:00:00Z').charge?.key).toBe('auto:monthly:2026-11:2');
    expect(whatAt(owed, '2026-12-05T09:00:00Z')).toBe('monthly:2026-12');
    expect(whatAt(credited(plan(owed, 0, '2026-12-05T09:00:00Z')), '2026-12-05T09:01:00Z')).toBe('wait');
  });

  test('a declined one that is set anew waits for the new day', () => {
    const owed = declined(
      plan(set({ ...monthly(5), at: on('2026-10-20T12:00:00Z') }), 0, '2026-11-05T09:00:00Z'),
      'insufficient_funds',
      on('2026-11-05T10:00:00Z'),
    );
    const anew = set({ ...monthly(20), at: on('2026-11-05T09:30:00Z') }, owed);
    expect(whatAt(anew, '2026-11-06T09:00:00Z')).toBe('wait');
    expect(whatAt(anew, '2026-11-20T09:00:00Z')).toBe('monthly:2026-11');
  });

  test('what fell into a pause is not made up', () => {
    const paused = {
      ...set({ ...monthly(5), at: on('2026-10-20T12:00:00Z') }),
      paused: { why: 'person' as const, at: on('2026-11-01T12:00:00Z') },
    };
    const again = resumed(paused, ZONE, on('2026-11-06T12:00:00Z'));
    expect(whatAt(again, '2026-11-06T12:00:00Z')).toBe('wait');
    expect(again.rechargeAt).toEqual(on('2026-12-05T09:00:00Z'));
  });

  test('comes before an auto top-up that is due as well: one at a time', () => {
    const both = set({ ...monthly(5), below: BELOW, at: on('2026-10-20T12:00:00Z') });
    expect(decide(both, 0, ZONE, on('2026-11-05T09:00:00Z'))).toMatchObject({ do: 'charge', kind: 'monthly' });
  });
});
