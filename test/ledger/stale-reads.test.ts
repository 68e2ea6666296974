import { beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { createCommitter } from '../../src/ledger/committer.js';
import type { Posting } from '../../src/ledger/entry.js';
import { type Line, linesOf } from '../../src/ledger/line.js';
import { operationOf } from '../../src/ledger/ledger.js';
import { lastLine } from '../../src/ledger/read.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { alwaysOurs, at, newWallet, spend, topUp } from './postings.js';

useDatabase();
const ledger = useLedger();

let wallet: string;
beforeEach(() => {
  wallet = newWallet();
});

/** A posting by a process that remembers `stale` as the wallet's last line: what a deposed primary may have shown it, too. */
function postSeeing(stale: Line, posting: Posting) {
  const { append, recent } = createCommitter(lines(), alwaysOurs);
  recent.rememberHead(stale);
  return append(operationOf(posting));
}

const lines = () => linesOf(mongoose.connection.db!);

async function newest(): Promise<Line> {
  const line = await lastLine(lines(), wallet);
  if (!line) throw new Error('no line');
  return line;
}

describe('a last line that is not the last any more', () => {
  /** Fails without the linearizable look (tried). */
  test('does not make a top-up vanish: insufficient is said of the newest state alone', async () => {
    await ledger().open({ wallet, account: 'acc_1', currency: 'GBP', at });
    const empty = await newest();
    await ledger().post(topUp(wallet, '1', 100));
    expect(await postSeeing(empty, spend(wallet, '1', 60))).toMatchObject({
      outcome: 'posted',
      entry: { balanceMinor: 40 },
    });
  });

  /** Fails if the line is still remembered after the lost race (tried): no try would ever succeed. */
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

  /** Fails without the linearizable look (tried). */
  test('does not deny a wallet that was opened', async () => {
    await ledger().open({ wallet, account: 'acc_1', currency: 'GBP', at });
    const seeingNothing = lines();
    const aggregate = seeingNothing.aggregate.bind(seeingNothing);
    let looks = 0;
    Object.assign(seeingNothing, {
      aggregate: (...asked: Parameters<typeof aggregate>) => {
        looks += 1;
        return looks === 1 ? aggregate([{ $match: { w: 'nobody' } }]) : aggregate(...asked);
      },
    });
    const { append } = createCommitter(seeingNothing, alwaysOurs);
    expect(await append(operationOf(topUp(wallet, '1', 100)))).toMatchObject({ outcome: 'posted' });
  });
});
