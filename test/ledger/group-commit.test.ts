import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Document, MongoBulkWriteError, MongoClient } from 'mongodb';
import mongoose from 'mongoose';
import { createCommitter } from '../../src/ledger/committer.js';
import type { Ledger, Posting } from '../../src/ledger/entry.js';
import { createLedger, operationOf } from '../../src/ledger/ledger.js';
import { type Line, linesOf } from '../../src/ledger/line.js';
import { firstLine } from '../../src/ledger/next-line.js';
import { LedgerBusy } from '../../src/ledger/outcome.js';
import { createTurn } from '../../src/ledger/turn.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { at, newWallet, spend, topUp } from './postings.js';

useDatabase();
const ledger = useLedger();

/** A ledger whose commands are watched. */
let client: MongoClient;
let watched: Ledger;
let commands: Document[];
let wallet: string;

const database = () => client.db(mongoose.connection.db!.databaseName);
const times = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));
const named = (name: string) => commands.filter((command) => name in command);
const outcomes = (settled: readonly PromiseSettledResult<{ outcome: string }>[]) =>
  settled.map((one) => (one.status === 'fulfilled' ? one.value.outcome : 'rejected'));

beforeAll(async () => {
  client = await MongoClient.connect(process.env['TEST_MONGODB_URI']!, { monitorCommands: true });
  client.on('commandStarted', ({ command }) => commands.push(command));
});
afterAll(() => client.close());
beforeEach(async () => {
  commands = [];
  watched = createLedger(database());
  wallet = await funded();
  commands = [];
});

async function funded(amountMinor = 1_000): Promise<string> {
  const opened = newWallet();
  await watched.open({ wallet: opened, account: 'acc_1', currency: 'GBP', at });
  await watched.post(topUp(opened, '1', amountMinor));
  return opened;
}

describe('what is written together', () => {
  test('a posting to a wallet at rest is one insert and nothing else', async () => {
    await watched.post(spend(wallet, '1', 1));
    expect(commands.map((command) => Object.keys(command)[0])).toEqual(['insert']);
  });

  test('postings that come while one is being written gather, and go in one ordered insert', async () => {
    const first = watched.post(spend(wallet, 'first', 1));
    await Promise.resolve().then(() => undefined);
    await Promise.all([first, ...times(50, (i) => watched.post(spend(wallet, String(i), 1)))]);
    expect(named('insert').map(({ documents, ordered }) => [documents.length, ordered])).toEqual([
      [1, true],
      [50, true],
    ]);
  });

  test('many wallets go in one insert, their last lines read in one query', async () => {
    const wallets = [];
    for (let i = 0; i < 20; i++) wallets.push(await funded());
    const restarted = createLedger(database());
    commands = [];
    const postings = wallets.flatMap((one) => [spend(one, 'a', 1), spend(one, 'b', 1)]);
    expect(new Set(outcomes(await restarted.postMany(postings)))).toEqual(new Set(['posted']));
    expect(commands.map((command) => Object.keys(command)[0])).toEqual(['aggregate', 'insert']);
  });

  /** Fails without the batch size (tried): the server gives 101 at a time. */
  test('the last lines of however many wallets come in one answer', async () => {
    const wallets = times(150, newWallet);
    await Promise.all(wallets.map((one) => watched.open({ wallet: one, account: 'acc_1', currency: 'GBP', at })));
    const restarted = createLedger(database());
    commands = [];
    await restarted.postMany(wallets.map((one) => topUp(one, '1', 1)));
    expect(commands.map((command) => Object.keys(command)[0])).toEqual(['aggregate', 'insert']);
  });

  /** Fails if the callers are told at once (tried): what they do next keeps the database waiting. */
  test('the next group is on its way before the callers of the last are told', async () => {
    const first = watched.post(spend(wallet, '1', 1));
    await Promise.resolve().then(() => undefined);
    const second = watched.post(spend(wallet, '2', 1));
    await first;
    expect(named('insert')).toHaveLength(2);
    await second;
  });

  test('the last lines of many wallets are a scan of distinct index keys', async () => {
    const other = await funded();
    const plan = await linesOf(database())
      .aggregate([
        { $match: { w: { $in: [wallet, other] } } },
        { $sort: { w: -1, s: -1 } },
        { $group: { _id: '$w', last: { $first: '$$ROOT' } } },
      ])
      .explain();
    expect(JSON.stringify(plan)).toContain('DISTINCT_SCAN');
  });
});

describe('a line of another writer in the way', () => {
  /** Fails with `ordered: false` (tried): the lines after the one that is taken are stored above a gap. */
  test('stops the group there: what was acknowledged has no gap', async () => {
    await ledger().post(spend(wallet, 'theirs', 600));
    const settled = await watched.postMany(times(10, (i) => spend(wallet, String(i), 100)));
    expect(outcomes(settled)).toEqual([...times(4, () => 'posted'), ...times(6, () => 'insufficient')]);
    expect(await ledger().head(wallet)).toMatchObject({ balanceMinor: 0, sequence: 7 });
  });

  /** Fails if a refusal under a line that was not stored is told (tried). */
  test('makes a refusal of the same group be decided anew', async () => {
    await ledger().post(topUp(wallet, 'theirs', 500));
    const settled = await watched.postMany([spend(wallet, '1', 900), spend(wallet, '2', 200)]);
    expect(outcomes(settled)).toEqual(['posted', 'posted']);
  });

  /** Fails if the key is not read before "insufficient" is told (tried). */
  test('that took the last money for the same key is a duplicate, not a want of money', async () => {
    await ledger().post(spend(wallet, '1', 1_000));
    const restarted = createLedger(database());
    expect(await restarted.post(spend(wallet, '1', 1_000))).toMatchObject({ outcome: 'duplicate' });
    expect(await restarted.post(spend(wallet, '2', 1_000))).toMatchObject({ outcome: 'insufficient' });
  });

  test('in one wallet lets the other wallets of the group through', async () => {
    const other = await funded();
    await ledger().post(spend(wallet, 'theirs', 1));
    const settled = await watched.postMany([spend(wallet, '1', 1), spend(other, '1', 1)]);
    expect(outcomes(settled)).toEqual(['posted', 'posted']);
  });
});

describe('repeats', () => {
  /** Fails if duplicates within a group are left to the database (tried): each breaks the insert. */
  test('inside one group are found in memory', async () => {
    const settled = await watched.postMany([
      spend(wallet, '1', 5),
      spend(wallet, '1', 5),
      spend(wallet, '1', 6),
      spend(wallet, '2', 5),
    ]);
    expect(outcomes(settled)).toEqual(['posted', 'duplicate', 'conflict', 'posted']);
    expect(named('insert').map(({ documents }) => documents.length)).toEqual([2]);
  });

  test('of what this process wrote lately need no database', async () => {
    await watched.post(spend(wallet, '1', 5));
    commands = [];
    expect(await watched.post(spend(wallet, '1', 5))).toMatchObject({ outcome: 'duplicate' });
    expect(commands).toEqual([]);
  });

  /** Fails if the key is not read after E11000, or if repeats are not looked for first from then on (tried). */
  test('of what another process wrote cost one failed insert; from then on they are looked for first', async () => {
    const batch = (name: string): Posting[] => times(30, (i) => spend(wallet, `${name}${i}`, 1));
    await ledger().postMany([...batch('a'), ...batch('b')]);
    expect(new Set(outcomes(await watched.postMany(batch('a'))))).toEqual(new Set(['duplicate']));
    expect(named('insert')).toHaveLength(1);
    expect(new Set(outcomes(await watched.postMany(batch('b'))))).toEqual(new Set(['duplicate']));
    expect(named('insert')).toHaveLength(1);
  });
});

describe('an answer that says nothing', () => {
  /** On a failover the driver throws a bulk error without any write error. Fails if that is taken for "none was written" (tried). */
  test('is of unknown outcome: each key is looked up', async () => {
    const lines = linesOf(mongoose.connection.db!);
    const insertMany = lines.insertMany.bind(lines);
    const error = await bulkError(lines);
    let inserts = 0;
    Object.assign(lines, {
      insertMany: async (...[sent, options]: Parameters<typeof insertMany>) => {
        inserts += 1;
        const half = sent.slice(0, inserts === 1 ? 2 : sent.length);
        await insertMany(half, options);
        if (inserts === 1) throw error;
      },
    });
    const { append } = createCommitter(lines, createTurn(mongoose.connection.db!));
    const posted = await Promise.all(times(4, (i) => append(operationOf(spend(wallet, String(i), 100)))));
    expect(posted.map(({ outcome }) => outcome)).toEqual(times(4, () => 'posted'));
    expect(await ledger().head(wallet)).toMatchObject({ balanceMinor: 600, sequence: 6 });
    expect(inserts).toBe(2);
  });

  async function bulkError(lines: ReturnType<typeof linesOf>): Promise<MongoBulkWriteError> {
    const [there] = await lines.find({ w: wallet, s: 1 }).toArray();
    try {
      await lines.insertMany([there as Line]);
    } catch (error) {
      if (error instanceof MongoBulkWriteError) return Object.assign(error, { writeErrors: [] });
    }
    throw new Error('the insert went through');
  }
});

describe('too much at once', () => {
  test('is refused as a whole, nothing of it is posted, and what fits is taken again', async () => {
    const small = createLedger(database(), { waiting: 3, perWallet: 2 });
    const other = await funded();
    await expect(small.postMany(times(4, (i) => spend(wallet, String(i), 1)))).rejects.toBeInstanceOf(LedgerBusy);
    await expect(small.postMany(times(3, (i) => spend(wallet, String(i), 1)))).rejects.toBeInstanceOf(LedgerBusy);
    const fits = [spend(wallet, '1', 1), spend(wallet, '2', 1), spend(other, '1', 1)];
    const settled = small.postMany(fits);
    await expect(small.post(spend(other, '2', 1))).rejects.toMatchObject({ name: 'LedgerBusy', retryAfterSeconds: 1 });
    expect(outcomes(await settled)).toEqual(['posted', 'posted', 'posted']);
    expect(outcomes(await small.postMany(fits))).toEqual(['duplicate', 'duplicate', 'duplicate']);
    expect(await ledger().head(wallet)).toMatchObject({ sequence: 4, balanceMinor: 998 });
  });

  /** Fails if heads, keys or queues are kept without a bound (each tried): 4 MB and more. */
  test('leaves no more behind than the process had kept before, however many wallets and keys come', async () => {
    setFlagsFromString('--expose-gc');
    const collect: unknown = runInNewContext('gc');
    const heldBytes = () => {
      if (typeof collect === 'function') collect();
      return process.memoryUsage().heapUsed;
    };
    const lines = linesOf(mongoose.connection.db!);
    const none = { map: () => none, toArray: async () => [] };
    const taken = async () => undefined;
    Object.assign(lines, { insertMany: taken, insertOne: taken, aggregate: () => none });
    const { append } = createCommitter(lines, createTurn(mongoose.connection.db!), { waiting: 25_000, perWallet: 1 });
    const flood = async (from: number) => {
      const sent = times(26_000, (i) => append(opened(`ws_${from + i}`)));
      expect(new Set(outcomes(await Promise.allSettled(sent)))).toEqual(new Set(['posted', 'rejected']));
    };
    await flood(0);
    await flood(26_000);
    const before = heldBytes();
    await flood(52_000);
    expect(heldBytes() - before).toBeLessThan(2_500_000);
  });

  function opened(opens: string) {
    const next = () => firstLine({ wallet: opens, account: 'acc_1', currency: 'GBP', at }, 'hash');
    return { wallet: opens, key: 'opened', hash: 'hash', next };
  }
});
