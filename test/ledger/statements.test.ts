import { beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { totalsOf } from '../../src/ledger/derived.js';
import { projectWallet } from '../../src/ledger/project.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { at, minutesLater, newWallet, spend, topUp } from './postings.js';

useDatabase();
const ledger = useLedger();
const db = () => mongoose.connection.db!;
const LINES = 60;

let wallets: string[];
beforeEach(async () => {
  wallets = Array.from({ length: 4 }, newWallet);
  for (const [n, wallet] of wallets.entries()) await fill(wallet, n);
});

/** A line every 97 minutes over four days: spends by label, and a top-up now and then. */
async function fill(wallet: string, nth: number): Promise<void> {
  await ledger().open({ wallet, account: 'acc_1', currency: 'GBP', at });
  await ledger().post(topUp(wallet, '1', 10_000 + nth, { at: minutesLater(1) }));
  const postings = Array.from({ length: LINES }, (_, n) => {
    const labels = { resource: `r${n % 3}`, person: `p_${n % 2}`, item: 'sms', at: minutesLater(97 * (n + 1)) };
    return n % 9 === 8 ? topUp(wallet, `t${n}`, 50 + nth, labels) : spend(wallet, `${n}`, n + nth + 1, labels);
  });
  await ledger().postMany(postings);
}

async function openingsAt(from: Date): Promise<Map<string, number>> {
  const balances = await Promise.all(wallets.map((wallet) => ledger().balanceBefore(wallet, from)));
  return new Map(wallets.map((wallet, index) => [wallet, balances[index] ?? 0]));
}

const HOUR = 60;
const DAY = 24 * HOUR;
const PERIODS: readonly [name: string, from: number, to: number][] = [
  ['everything', -HOUR, 5 * DAY],
  ['days and hours', 5 * HOUR, 3 * DAY + 7 * HOUR],
  ['hours of one day', 26 * HOUR, 31 * HOUR],
  ['what is over, with much after it', HOUR, DAY],
  ['nothing', 10 * DAY, 11 * DAY],
];

describe.each(['before', 'halfway through', 'after'])('%s the running totals', (when) => {
  beforeEach(async () => {
    if (when === 'before') return;
    for (const wallet of wallets) {
      await projectWallet(db(), wallet);
      if (when === 'halfway through') await ledger().post(spend(wallet, 'late', 7, { at: minutesLater(98 * LINES) }));
    }
  });

  test.each(PERIODS)('many wallets are told what each is told by itself: %s', async (_name, start, end) => {
    const [from, to] = [minutesLater(start), minutesLater(end)];
    const told = await ledger().statements({ openings: await openingsAt(from), from, to });
    expect(told.size).toBe(wallets.length);
    for (const wallet of wallets) {
      const { balanceMinor, ...totals } = told.get(wallet)!;
      expect(totals).toEqual(await ledger().totals(wallet, from, to));
      expect(balanceMinor).toBe((await ledger().head(wallet))!.balanceMinor);
    }
  });
});

test('who cannot be told among many is left out: a wrong opening, wrong running totals, a cut hour, no wallet', async () => {
  for (const wallet of wallets) await projectWallet(db(), wallet);
  const [first = '', second = '', third = '', fourth = ''] = wallets;
  const [from, to] = [minutesLater(-HOUR), minutesLater(2 * DAY)];
  const openings = new Map([...(await openingsAt(from)), [first, 1], ['ws_none', 0]]);
  const wrong = async (by: number) => {
    const day = { w: second, u: 'day', t: new Date('2026-11-03T00:00:00Z') } as const;
    expect(await totalsOf(db()).updateOne(day, { $inc: { outMinor: by } })).toMatchObject({ modifiedCount: 1 });
  };
  await wrong(1);
  expect([...(await ledger().statements({ openings, from, to })).keys()]).toEqual([third, fourth]);
  await wrong(-1);
  await ledger().post(spend(third, 'x', 5, { at: minutesLater(97 * LINES + 1) }));
  await ledger().post(spend(third, 'y', 5, { at: minutesLater(97 * LINES + 3) }));
  await projectWallet(db(), third);
  const cut = minutesLater(97 * LINES + 2);
  const told = await ledger().statements({
    openings: new Map([
      [third, 0],
      [fourth, 0],
    ]),
    from,
    to: cut,
  });
  expect([...told.keys()]).toEqual([fourth]);
});
