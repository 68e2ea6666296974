import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { createCommitter } from '../../src/ledger/committer.js';
import { operationOf } from '../../src/ledger/ledger.js';
import { linesOf } from '../../src/ledger/line.js';
import { createTurn, type Turn } from '../../src/ledger/turn.js';
import { useDatabase } from '../support/database.js';
import { expectLedgerSound, useLedger } from '../support/ledger.js';
import { at, newWallet, spend, topUp } from './postings.js';

useDatabase();
const ledger = useLedger();
afterEach(expectLedgerSound);

const db = () => mongoose.connection.db!;
const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
let wallets: string[];
beforeEach(async () => {
  wallets = times(8, newWallet);
  for (const wallet of wallets) await ledger().open({ wallet, account: 'acc_1', currency: 'GBP', at });
  await ledger().postMany(wallets.map((wallet) => topUp(wallet, '1', 1_000)));
});

async function writeAtOnce(turns: readonly Turn[]): Promise<void> {
  const committers = turns.map((turn) => createCommitter(linesOf(db()), turn));
  const posted = await Promise.all(
    times(200, (i) => committers[i % turns.length]!.append(operationOf(spend(wallets[i % 7]!, String(i), 1)))),
  );
  expect(new Set(posted.map(({ outcome }) => outcome))).toEqual(new Set(['posted']));
}

describe('turns among processes', () => {
  test('are taken one at a time, and given back', async () => {
    const [one, two] = [createTurn(db()), createTurn(db())];
    expect(one.isOurs()).toBe(true);
    for (const turn of [one, two]) turn.lost();
    await one.take();
    expect([one.isHeld(), one.isOurs(), two.isOurs()]).toEqual([true, true, false]);
    const taking = two.take();
    await one.give();
    expect(await taking).toBe(true);
    expect([one.isHeld(), two.isHeld()]).toEqual([false, true]);
    await two.give();
  });

  test('are asked for only after a lost race: alone, a process never looks', async () => {
    const asked: string[] = [];
    const alone: Turn = { ...createTurn(db()), take: async () => asked.push('take') > 0 };
    await writeAtOnce([alone]);
    expect(asked).toEqual([]);
  });

  test('that all believe to have do no harm', async () => {
    const deluded: Turn = {
      lost: () => undefined,
      isOurs: () => true,
      isHeld: () => false,
      take: async () => false,
      give: async () => undefined,
    };
    await writeAtOnce([deluded, deluded, deluded]);
  });

  test('let several writers through, each in the end', async () => {
    await writeAtOnce(times(3, () => createTurn(db())));
  });
});
