import { beforeEach, describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import mongoose from 'mongoose';
import { openHoldsOf, totalsOf } from '../../src/ledger/derived.js';
import type { Entry, Totals } from '../../src/ledger/entry.js';
import { expireHolds } from '../../src/ledger/expire-holds.js';
import { linesOf } from '../../src/ledger/line.js';
import { projectAll, projectWallet, rebuildWallet } from '../../src/ledger/project.js';
import { startOf } from '../../src/ledger/running-totals.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { lookedAt } from '../support/looked-at.js';
import { at, minutesLater, newWallet, spend, topUp } from './postings.js';

useDatabase();
const ledger = useLedger();

const db = () => mongoose.connection.db!;
const never = () => false;
const LABELS = ['spring', 'a.b', '$x', 'naïve 50 %'];
const DAYS = 4;
/** A line every 97 minutes: hours with none, days with many. */
const LINES = Math.floor((DAYS * 24 * 60) / 97);

let wallet: string;
beforeEach(async () => {
  wallet = newWallet();
  await ledger().open({ wallet, account: 'acc_1', currency: 'GBP', at });
  await ledger().post(topUp(wallet, '1', 10_000));
});

async function spendOn(from: number, to: number): Promise<void> {
  const postings = Array.from({ length: to - from }, (_, i) => {
    const n = from + i;
    const labels = { resource: LABELS[n % 4]!, person: `p_${n % 3}`, item: 'sms', at: minutesLater(97 * n) };
    return n % 10 === 9 ? topUp(wallet, `t${n}`, n, labels) : spend(wallet, String(n), n, labels);
  });
  await ledger().postMany(postings);
}

/** The same sums, one entry after the other. */
async function byHand(from: Date, to: Date): Promise<Totals> {
  const { entries } = await ledger().history(wallet, { limit: 1_000, after: 0 });
  const before = entries.findLast((entry) => entry.at < from);
  const within = entries.filter((entry) => entry.at >= from && entry.at < to);
  const sum = (of: readonly Entry[]) => of.reduce((all, { amountMinor }) => all + amountMinor, 0);
  const group = <K>(of: readonly Entry[], key: (entry: Entry) => K | undefined, sign: number) => {
    const groups = new Map<K, number>();
    for (const entry of of) {
      const k = key(entry);
      if (k !== undefined) groups.set(k, (groups.get(k) ?? 0) + sign * entry.amountMinor);
    }
    return groups;
  };
  const spends = within.filter(({ contra }) => contra === 'revenue');
  const openingMinor = before?.balanceMinor ?? 0;
  return {
    openingMinor,
    inMinor: sum(within.filter(({ amountMinor }) => amountMinor > 0)),
    outMinor: -sum(within.filter(({ amountMinor }) => amountMinor < 0)) + 0,
    closingMinor: openingMinor + sum(within),
    byKind: group(
      within.filter(({ contra }) => contra !== 'none'),
      ({ kind }) => kind,
      1,
    ),
    spendByResource: group(spends, ({ resource }) => resource, -1),
    spendByPerson: group(spends, ({ person }) => person, -1),
    spendByItem: group(spends, ({ item }) => item, -1),
  };
}

const PERIODS: readonly [number, number][] = [
  [0, 60 * 24 * DAYS],
  [-1_000, 60 * 24 * 40],
  [17, 60 * 24 * 3 + 31],
  [14 * 60, 14 * 60 + 60 * 24 * 2],
  [60 * 30, 60 * 30 + 45],
  [60 * 30 + 10, 60 * 33 + 10],
  [60 * 24, 60 * 24],
];

async function expectRight(): Promise<void> {
  for (const [from, to] of PERIODS) {
    const [start, end] = [minutesLater(from), minutesLater(to)];
    expect(await ledger().totals(wallet, start, end)).toEqual(await byHand(start, end));
  }
}

describe('running totals', () => {
  test('say to the last unit what the entries say, wherever the projector stands', async () => {
    await spendOn(1, LINES / 2);
    await expectRight();
    expect((await projectAll(db(), never)).added).toBeGreaterThan(0);
    await expectRight();
    await spendOn(Math.floor(LINES / 2), LINES);
    await expectRight();
    await projectWallet(db(), wallet);
    await expectRight();
    expect(await projectWallet(db(), wallet)).toBe(0);
  });

  test('spare the entries: whole days and hours are not read again', async () => {
    await spendOn(1, LINES);
    await projectWallet(db(), wallet);
    const [from, to] = [minutesLater(-24 * 60), minutesLater(60 * 24 * 40)];
    const expected = await byHand(from, to);
    const kept = await linesOf(db()).find({ w: wallet }).toArray();
    await linesOf(db()).deleteMany({ w: wallet });
    expect(await ledger().totals(wallet, from, to)).toEqual(expected);
    await linesOf(db()).insertMany(kept);
  });

  /** Fails if the mark moves whatever it was (tried). */
  test('count each line once, however many project at once', async () => {
    await spendOn(1, LINES / 2);
    await projectWallet(db(), wallet);
    await spendOn(Math.floor(LINES / 2), LINES);
    await Promise.all([1, 2, 3].map(() => projectWallet(db(), wallet)));
    await expectRight();
  });

  test('can be thrown away and made anew', async () => {
    await spendOn(1, LINES);
    await projectWallet(db(), wallet);
    const before = await totalsOf(db()).find({ w: wallet }).sort({ _id: 1 }).toArray();
    await totalsOf(db()).updateMany({ w: wallet, u: 'day' }, { $inc: { outMinor: 5 } });
    await rebuildWallet(db(), wallet);
    expect(await totalsOf(db()).find({ w: wallet }).sort({ _id: 1 }).toArray()).toEqual(before);
  });
});

describe('what was spent by day', () => {
  const zone = 'Europe/London';
  const [from, to] = [minutesLater(-24 * 60), minutesLater(60 * 24 * 40)];

  async function byHandByDay(): Promise<Map<string, number>> {
    const { entries } = await ledger().history(wallet, { limit: 1_000, after: 0, kind: 'usage' });
    const days = new Map<string, number>();
    for (const { at: when, amountMinor } of entries) {
      const day = DateTime.fromJSDate(when, { zone }).toFormat('yyyy-MM-dd');
      days.set(day, (days.get(day) ?? 0) - amountMinor);
    }
    return days;
  }

  test('is what the entries say, wherever the projector stands', async () => {
    await spendOn(1, LINES / 2);
    expect(await ledger().dailySpend(wallet, { from, to, zone })).toEqual(await byHandByDay());
    await projectAll(db(), never);
    await spendOn(Math.floor(LINES / 2), LINES);
    expect(await ledger().dailySpend(wallet, { from, to, zone })).toEqual(await byHandByDay());
    await projectAll(db(), never);
    const days = await byHandByDay();
    expect(days.size).toBe(DAYS + 1);
    expect(await ledger().dailySpend(wallet, { from, to, zone })).toEqual(days);
  });

  test('is read from the running totals alone, in any zone', async () => {
    await spendOn(1, LINES);
    await projectWallet(db(), wallet);
    const kept = await linesOf(db()).find({ w: wallet }).toArray();
    await linesOf(db()).deleteMany({ w: wallet });
    const sums = await Promise.all(
      ['Asia/Kolkata', 'Pacific/Auckland', 'UTC'].map(async (one) => {
        const days = await ledger().dailySpend(wallet, { from, to, zone: one });
        return [...days.values()].reduce((sum, minor) => sum + minor, 0);
      }),
    );
    await linesOf(db()).insertMany(kept);
    const spent = [...(await byHandByDay()).values()].reduce((sum, minor) => sum + minor, 0);
    expect(sums).toEqual([spent, spent, spent]);
  });
});

test('when wallets were first charged is told of all at once, to the hour, wherever the projector stands', async () => {
  const unused = newWallet();
  await ledger().open({ wallet: unused, account: 'acc_1', currency: 'GBP', at });
  await spendOn(5, LINES);
  const first = minutesLater(97 * 5);
  const firstUses = () => ledger().firstUses([wallet, unused, 'ws_unknown']);
  expect(await firstUses()).toEqual(new Map([[wallet, first]]));
  await projectAll(db(), never);
  expect(await firstUses()).toEqual(new Map([[wallet, startOf('hour', first)]]));
  const [marks, hoursWithoutUsage, hour] = [2, 2, 1];
  expect((await lookedAt(firstUses)).documents).toBe(marks + hoursWithoutUsage + hour);
});

test('the balance at a moment is the one of the line before it', async () => {
  await ledger().post(spend(wallet, '1', 10, { at: minutesLater(10) }));
  expect(await ledger().balanceBefore(wallet, minutesLater(10))).toBe(10_000);
  expect(await ledger().balanceBefore(wallet, minutesLater(11))).toBe(9_990);
  expect(await ledger().balanceBefore(wallet, at)).toBeUndefined();
});

describe('holds whose time is up', () => {
  const reserve = (hold: string, expiresAt?: Date) =>
    ledger().reserve({ wallet, hold, amountMinor: 100, at, ...(expiresAt && { expiresAt }) });
  const openHolds = async () => (await openHoldsOf(db()).find({ w: wallet }).toArray()).map(({ _id }) => _id.h).sort();

  test('are closed by the sweep, the others stay', async () => {
    await reserve('soon', minutesLater(10));
    await reserve('taken', minutesLater(10));
    await reserve('later', minutesLater(60));
    await reserve('endless');
    await projectWallet(db(), wallet);
    await ledger().capture({ wallet, hold: 'taken', id: '1', at });
    expect(await expireHolds(db(), ledger(), minutesLater(10), never)).toEqual({ closed: 1, failed: [] });
    expect(await ledger().hold(wallet, 'soon')).toMatchObject({ state: 'expired', remainingMinor: 0 });
    expect(await ledger().head(wallet)).toMatchObject({ balanceMinor: 9_900, heldMinor: 200 });
    expect(await openHolds()).toEqual(['endless', 'later']);
    expect(await expireHolds(db(), ledger(), minutesLater(11), never)).toEqual({ closed: 0, failed: [] });
  });
});
