import { beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { totalsOf } from '../../src/ledger/derived.js';
import { lineBefore } from '../../src/ledger/moment.js';
import { projectWallet } from '../../src/ledger/project.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { at, minutesLater, newWallet, spend, topUp } from './postings.js';

useDatabase();
const ledger = useLedger();
const db = () => mongoose.connection.db!;

let wallet: string;
beforeEach(async () => {
  wallet = newWallet();
  await ledger().open({ wallet, account: 'acc_1', currency: 'GBP', at });
});

const before = async (minutes: number) => {
  const line = await lineBefore(db(), wallet, minutesLater(minutes));
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
  expect(await lineBefore(db(), empty, at)).toBeUndefined();
});

/** Line n stands at minute 10 (n - 2), as above; the running totals go up to line 400. */
describe('with running totals that say between which lines an hour lies', () => {
  const moments = [1, 2, 6, 7, 60, 61, 300, 396, 397, 398, 399, 400, 401, 450, 700];
  const expectRight = async () => {
    for (const n of moments) expect([await before(10 * n), await before(10 * n + 1)]).toEqual([n + 1, n + 2]);
    expect([await before(-1), await before(0), await before(99_999)]).toEqual([undefined, undefined, 702]);
  };
  beforeEach(async () => {
    const spends = Array.from({ length: 700 }, (_, i) => spend(wallet, `${i}`, 1, { at: minutesLater(10 * (i + 1)) }));
    await ledger().postMany([topUp(wallet, '1', 1_000), ...spends.slice(0, 398)]);
    await projectWallet(db(), wallet);
    await ledger().postMany(spends.slice(398));
  });

  test('a moment is found before and behind the mark', expectRight);

  test('also where they are wrong', async () => {
    await totalsOf(db()).updateMany({ w: wallet, u: 'hour' }, { $inc: { lastS: 7 } });
    await expectRight();
    await totalsOf(db()).updateMany({ w: wallet, u: 'hour' }, { $inc: { lastS: -90 } });
    await expectRight();
  });
});
