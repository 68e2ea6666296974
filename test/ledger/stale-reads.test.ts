import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { createAppend } from '../../src/ledger/append.js';
import type { Posting } from '../../src/ledger/entry.js';
import { type Line, linesOf } from '../../src/ledger/line.js';
import { postingLine } from '../../src/ledger/next-line.js';
import { lastLine } from '../../src/ledger/read.js';
import { hashOfPosting } from '../../src/ledger/request-hash.js';
import { useDatabase } from '../support/database.js';
import { expectLedgerSound, useLedger } from '../support/ledger.js';
import { at, newWallet, spend, topUp } from './postings.js';

useDatabase();
const ledger = useLedger();
afterEach(expectLedgerSound);

let wallet: string;
beforeEach(() => {
  wallet = newWallet();
});

/** A posting whose first look at the wallet's last line shows `stale`: what a primary that was deposed unknowingly may answer. */
function postSeeing(stale: Line | undefined, posting: Posting) {
  const lines = linesOf(mongoose.connection.db!);
  const findOne = lines.findOne.bind(lines);
  let looks = 0;
  Object.assign(lines, {
    findOne: (...[filter, options]: Parameters<typeof findOne>) => {
      const looksForLast = options !== undefined && 'sort' in options;
      if (looksForLast) looks += 1;
      return looksForLast && looks === 1 ? Promise.resolve(stale ?? null) : findOne(filter, options);
    },
  });
  const hash = hashOfPosting(posting);
  return createAppend(lines)({
    wallet,
    key: posting.key,
    hash,
    next: (last) => last && postingLine(last, posting, hash),
  });
}

const newest = () => lastLine(linesOf(mongoose.connection.db!), wallet);

describe('a last line that is not the last any more', () => {
  test('does not make a top-up vanish: insufficient is said of the newest state alone', async () => {
    await ledger().open({ wallet, account: 'acc_1', currency: 'GBP', at });
    const empty = await newest();
    await ledger().post(topUp(wallet, '1', 100));
    expect(await postSeeing(empty, spend(wallet, '1', 60))).toMatchObject({
      outcome: 'posted',
      entry: { balanceMinor: 40 },
    });
  });

  test('does not spend money twice: the line under it is taken', async () => {
    await ledger().open({ wallet, account: 'acc_1', currency: 'GBP', at });
    await ledger().post(topUp(wallet, '1', 100));
    const full = await newest();
    await ledger().post(spend(wallet, '1', 60));
    expect(await postSeeing(full, spend(wallet, '2', 60))).toEqual({
      outcome: 'insufficient',
      balanceMinor: 40,
      availableMinor: 40,
    });
  });

  test('does not hide an entry that was made: the key is found', async () => {
    await ledger().open({ wallet, account: 'acc_1', currency: 'GBP', at });
    const empty = await newest();
    await ledger().post(topUp(wallet, '1', 100));
    expect(await postSeeing(empty, topUp(wallet, '1', 100))).toMatchObject({ outcome: 'duplicate' });
    expect(await postSeeing(empty, topUp(wallet, '1', 70))).toMatchObject({ outcome: 'conflict' });
  });

  test('does not deny a wallet that was opened', async () => {
    await ledger().open({ wallet, account: 'acc_1', currency: 'GBP', at });
    expect(await postSeeing(undefined, topUp(wallet, '1', 100))).toMatchObject({ outcome: 'posted' });
  });
});
