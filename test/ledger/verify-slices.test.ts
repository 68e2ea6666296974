import { beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { linesOf } from '../../src/ledger/line.js';
import { ledgerProof, verifyNext } from '../../src/ledger/verify-round.js';
import { verifySlice } from '../../src/ledger/verify.js';
import { chainOf } from '../support/chain.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { at, minutesLater, spend, topUp } from './postings.js';

useDatabase();
const ledger = useLedger({ unverified: 'tests corrupt it' });
const db = () => mongoose.connection.db!;
const never = () => false;

/** Wallets of so many lines: a slice ends at the batch that fills it, in the middle of a chain. */
const CHAINS: Readonly<Record<string, number>> = { ws_a: 700, ws_b: 3, ws_c: 1_300 };
const ALL = 2_003 + 4;

beforeAll(async () => {
  for (const [wallet, count] of Object.entries(CHAINS)) {
    const chain = chainOf({ wallet, account: 'acc_1', currency: 'GBP', at }, count, (s) =>
      s === 2 ? topUp(wallet, '1', 10_000) : spend(wallet, String(s), 1),
    );
    await linesOf(db()).insertMany([...chain]);
  }
  // A hold that is reserved in one slice and taken in another; a transfer and what takes it back.
  await ledger().reserve({ wallet: 'ws_a', hold: '1', amountMinor: 50, at });
  await ledger().transfer({ id: '1', from: 'ws_a', to: 'ws_c', amountMinor: 5, at });
  await ledger().capture({ wallet: 'ws_a', hold: '1', id: '1', amountMinor: 50, at });
});

/** All slices of a round, and what each of them proved. */
async function round(entries: number) {
  const slices = [];
  let after: Parameters<typeof verifySlice>[1]['after'];
  do {
    const slice = await verifySlice(db(), { entries, timeIsUp: never, ...(after && { after }) });
    slices.push(slice);
    after = slice.stoppedAt;
  } while (after);
  return slices;
}

test('slices prove each entry once, and find nothing in what is sound', async () => {
  const slices = await round(1);
  expect(slices.length).toBeGreaterThan(3);
  expect(slices.flatMap(({ findings }) => findings)).toEqual([]);
  expect(slices.reduce((sum, { entries }) => sum + entries, 0)).toBe(ALL);
  expect(await round(1_000_000)).toEqual([{ entries: ALL, wallets: 3, findings: [] }]);
});

test('a slice ends when the time is up', async () => {
  const { entries, stoppedAt } = await verifySlice(db(), { entries: 1_000_000, timeIsUp: () => true });
  expect([entries, stoppedAt]).toEqual([500, { w: 'ws_a', s: 500 }]);
});

test('what is wrong at the border of two slices is found', async () => {
  await linesOf(db()).updateOne({ w: 'ws_a', s: 501 }, { $inc: { balanceMinor: 1 } });
  const found = (await round(1)).flatMap(({ findings }) => findings);
  expect(found).toContainEqual(expect.objectContaining({ rule: 'balance', wallet: 'ws_a', sequence: 501 }));
  await linesOf(db()).updateOne({ w: 'ws_a', s: 501 }, { $inc: { balanceMinor: -1 } });
  const last = await linesOf(db()).findOneAndDelete({ w: 'ws_a', s: 500 });
  expect((await round(1)).flatMap(({ findings }) => findings).map(({ rule }) => rule)).toContain('sequence');
  await linesOf(db()).insertOne(last!);
});

describe('rounds', () => {
  beforeEach(() => db().collection('ledgerRounds').deleteMany({}));
  const next = (minutes: number) => verifyNext(db(), { at: minutesLater(minutes), entries: 1_000, timeIsUp: never });

  test('go on where another process stopped, and begin anew at the end', async () => {
    expect(await next(0)).toMatchObject({ entries: 1_000 });
    expect(await ledgerProof(db(), minutesLater(1))).toEqual({ findings: 0, entries: 0 });
    await next(1);
    expect(await next(2)).not.toHaveProperty('stoppedAt');
    expect(await ledgerProof(db(), minutesLater(5))).toEqual({ findings: 0, entries: ALL, ageMs: 5 * 60_000 });
    expect(await next(6)).toMatchObject({ entries: 1_000, stoppedAt: { w: 'ws_c' } });
  });
});
