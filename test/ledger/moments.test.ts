import { afterEach, beforeEach, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { linesOf } from '../../src/ledger/line.js';
import { lineBefore } from '../../src/ledger/read.js';
import { useDatabase } from '../support/database.js';
import { expectLedgerSound, useLedger } from '../support/ledger.js';
import { at, minutesLater, newWallet, spend, topUp } from './postings.js';

useDatabase();
const ledger = useLedger();
afterEach(expectLedgerSound);

let wallet: string;
beforeEach(async () => {
  wallet = newWallet();
  await ledger().open({ wallet, account: 'acc_1', currency: 'GBP', at });
});

const before = async (minutes: number) => {
  const line = await lineBefore(linesOf(mongoose.connection.db!), wallet, minutesLater(minutes));
  return line?.s;
};

/** More lines than one look asks for. Line 1 and 2 stand at minute 0, line n at minute 10 (n - 2). */
test('the last line before a moment is found in a chain of any length', async () => {
  const spends = Array.from({ length: 700 }, (_, i) => spend(wallet, `${i}`, 1, { at: minutesLater(10 * (i + 1)) }));
  await ledger().postMany([topUp(wallet, '1', 1_000), ...spends]);
  for (const n of [1, 2, 255, 256, 257, 258, 511, 512, 513, 699, 700]) {
    expect([await before(10 * n), await before(10 * n + 1)]).toEqual([n + 1, n + 2]);
  }
  expect([await before(-1), await before(0), await before(1), await before(99_999)]).toEqual([
    undefined,
    undefined,
    2,
    702,
  ]);
});

test('lines of one moment are all before the next or all not', async () => {
  const spends = Array.from({ length: 300 }, (_, i) => spend(wallet, `${i}`, 1, { at: minutesLater(5) }));
  await ledger().postMany([topUp(wallet, '1', 1_000), ...spends]);
  expect([await before(5), await before(6)]).toEqual([2, 302]);
});

test('a wallet that is not open has no line', async () => {
  const empty = newWallet();
  expect(await lineBefore(linesOf(mongoose.connection.db!), empty, at)).toBeUndefined();
});
