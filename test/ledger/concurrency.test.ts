import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import mongoose from 'mongoose';
import type { Ledger, Posted } from '../../src/ledger/entry.js';
import { createLedger } from '../../src/ledger/ledger.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { at, newWallet, spend, topUp } from './postings.js';

useDatabase();
const ledger = useLedger();

/** Two replicas: ledgers that share nothing but the database. */
let writers: readonly [Ledger, Ledger];
const clients: MongoClient[] = [];

beforeAll(async () => {
  const connect = async () => {
    const client = await MongoClient.connect(process.env['TEST_MONGODB_URI']!);
    clients.push(client);
    return createLedger(client.db(mongoose.connection.db!.databaseName));
  };
  writers = [await connect(), await connect()];
});
afterAll(() => Promise.all(clients.map((client) => client.close())));

async function fundedWallet(amountMinor: number): Promise<string> {
  const wallet = newWallet();
  await ledger().open({ wallet, account: 'acc_1', currency: 'GBP', at });
  await ledger().post(topUp(wallet, '1', amountMinor));
  return wallet;
}

const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const count = (posted: readonly Posted[], outcome: Posted['outcome']) =>
  posted.filter((one) => one.outcome === outcome).length;

describe('many at once', () => {
  test('one writer keeps the order of the calls', async () => {
    const wallet = await fundedWallet(1_000);
    const posted = await Promise.all(times(100, (i) => ledger().post(spend(wallet, String(i), 1))));
    expect(posted.map((one) => one.outcome === 'posted' && one.entry.sequence)).toEqual(times(100, (i) => i + 3));
  });

  test('two writers on one wallet lose nothing and leave no gap', async () => {
    const wallet = await fundedWallet(1_000);
    const posted = await Promise.all(times(120, (i) => writers[i % 2]!.post(spend(wallet, String(i), 1))));
    expect(count(posted, 'posted')).toBe(120);
    expect(await ledger().head(wallet)).toMatchObject({ balanceMinor: 880, sequence: 122 });
  });

  test('the last money is spent once, whoever asks for it', async () => {
    const wallet = await fundedWallet(30);
    const posted = await Promise.all(times(60, (i) => writers[i % 2]!.post(spend(wallet, String(i), 1))));
    expect(count(posted, 'posted')).toBe(30);
    expect(count(posted, 'insufficient')).toBe(30);
    expect((await ledger().head(wallet))?.balanceMinor).toBe(0);
  });

  test('many refusals for want of money share one look at the newest state', async () => {
    const wallet = await fundedWallet(10);
    const watched = await MongoClient.connect(process.env['TEST_MONGODB_URI']!, { monitorCommands: true });
    clients.push(watched);
    let looks = 0;
    watched.on('commandStarted', ({ command }) => {
      if (command['readConcern']?.level === 'linearizable') looks += 1;
    });
    const writer = createLedger(watched.db(mongoose.connection.db!.databaseName));
    const posted = await Promise.all(times(200, (i) => writer.post(spend(wallet, String(i), 11))));
    expect(count(posted, 'insufficient')).toBe(200);
    expect(looks).toBe(1);
    expect(await writer.post(spend(wallet, 'later', 11))).toMatchObject({ outcome: 'insufficient' });
    expect(looks).toBe(2);
  });

  test('one key from fifty callers is one entry', async () => {
    const wallet = await fundedWallet(1_000);
    const posted = await Promise.all(times(50, (i) => writers[i % 2]!.post(topUp(wallet, 'again', 500))));
    expect(count(posted, 'posted')).toBe(1);
    expect(count(posted, 'duplicate')).toBe(49);
    expect((await ledger().head(wallet))?.balanceMinor).toBe(1_500);
  });

  test('one key for two different requests: the first wins, the others are told of it', async () => {
    const wallet = await fundedWallet(1_000);
    const posted = await Promise.all(times(20, (i) => writers[i % 2]!.post(spend(wallet, 'same', i < 10 ? 1 : 2))));
    expect(count(posted, 'posted')).toBe(1);
    expect(count(posted, 'conflict')).toBe(10);
  });

  test('a wallet opened by both writers at once is opened once', async () => {
    const wallet = newWallet();
    const opened = await Promise.all(
      times(10, (i) => writers[i % 2]!.open({ wallet, account: 'acc_1', currency: 'GBP', at })),
    );
    expect(new Set(opened.map((entry) => entry.sequence))).toEqual(new Set([1]));
  });

  test('a crossing is decided once, by the line that crosses', async () => {
    const wallet = await fundedWallet(100);
    const posted = await Promise.all(times(85, (i) => writers[i % 2]!.post(spend(wallet, String(i), 1))));
    const alerts = posted.flatMap((one) => (one.outcome === 'posted' && one.entry.alert ? [one.entry.alert.to] : []));
    expect(alerts).toEqual(['low']);
  });
});
