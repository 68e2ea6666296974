import { beforeEach, describe, expect, test } from '@jest/globals';
import { MongoError } from 'mongodb';
import mongoose from 'mongoose';
import { createCommitter } from '../../src/ledger/committer.js';
import { operationOf } from '../../src/ledger/ledger.js';
import { LANES, laneOf } from '../../src/ledger/lanes.js';
import { linesOf } from '../../src/ledger/line.js';
import { createTurn, type Turn } from '../../src/ledger/turn.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { alwaysOurs, at, newWallet, spend, topUp } from './postings.js';

useDatabase();
const ledger = useLedger();

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

const LANE = laneOf('ws_1');
const OTHER = (LANE + 1) % LANES;
const wants = (...wanted: number[]) => ({ wanted, given: [] });
const gives = (...given: number[]) => ({ wanted: [], given });

describe('turns among processes', () => {
  test('are had lane by lane, one process at a time, and given back', async () => {
    const [one, two] = [createTurn(db()), createTurn(db())];
    expect(one.isOurs(LANE)).toBe(true);
    for (const turn of [one, two]) turn.lost();
    expect([one.isOurs(LANE), two.isOurs(LANE)]).toEqual([false, false]);
    expect(await one.exchange(wants(LANE))).toEqual([LANE]);
    expect(await two.exchange(wants(LANE, OTHER))).toEqual([OTHER]);
    expect([one.isHeld(LANE), one.isOurs(LANE), two.isHeld(LANE), two.isHeld(OTHER)]).toEqual([
      true,
      true,
      false,
      true,
    ]);
    await one.exchange(gives(LANE));
    expect(await two.exchange(wants(LANE))).toEqual([LANE]);
    expect([one.isHeld(LANE), two.isHeld(LANE)]).toEqual([false, true]);
    await two.exchange(gives(LANE, OTHER));
  });

  test('that nobody else waits for are kept', async () => {
    const one = createTurn(db());
    one.lost();
    await one.exchange(wants(LANE));
    expect(await one.exchange({ wanted: [LANE], given: [LANE] })).toEqual([]);
    expect(one.isHeld(LANE)).toBe(true);
    await one.exchange(gives(LANE));
  });

  test('go to whoever waited, though the one who had it goes on wanting it', async () => {
    const [one, two] = [createTurn(db()), createTurn(db())];
    for (const turn of [one, two]) turn.lost();
    await one.exchange(wants(LANE));
    await two.exchange(wants(LANE));
    await one.exchange({ wanted: [LANE], given: [LANE] });
    expect(one.isHeld(LANE)).toBe(false);
    expect(await two.exchange(wants(LANE))).toEqual([LANE]);
    await two.exchange(gives(LANE));
    expect(await one.exchange(wants(LANE))).toEqual([LANE]);
    await one.exchange(gives(LANE));
  });

  test('are asked for only after a lost race: alone, a process never looks', async () => {
    const asked: unknown[] = [];
    const alone: Turn = { ...createTurn(db()), exchange: async (lanes) => (asked.push(lanes), []) };
    await writeAtOnce([alone]);
    expect(asked).toEqual([]);
  });

  test('that all believe to have do no harm', async () => {
    await writeAtOnce([alwaysOurs, alwaysOurs, alwaysOurs]);
  });

  test('let several writers through, each in the end', async () => {
    await writeAtOnce(times(3, () => createTurn(db())));
  });

  /** Fails if the error is not passed over, or is passed over without a word (tried). */
  test('that cannot be asked for are done without, and that is told', async () => {
    const told: string[] = [];
    const broken = createTurn(brokenDatabase());
    broken.lost();
    const committer = createCommitter(linesOf(db()), broken, undefined, (error) => told.push(error.message));
    const posted = await Promise.all(
      times(20, (i) => committer.append(operationOf(spend(wallets[i % 7]!, String(i), 1)))),
    );
    expect(new Set(posted.map(({ outcome }) => outcome))).toEqual(new Set(['posted']));
    expect(new Set(told)).toEqual(new Set(['no primary']));
  });
});

/** A database in which turns cannot be asked for. */
function brokenDatabase() {
  const broken = mongoose.connection.getClient().db(mongoose.connection.name);
  const failing = Object.assign(broken.collection('ledgerTurns'), {
    findOneAndUpdate: () => Promise.reject(new MongoError('no primary')),
  });
  return Object.assign(broken, { collection: () => failing });
}
