import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type CommandStartedEvent, type Db, type Document, MongoClient } from 'mongodb';
import type { MongoMemoryReplSet } from 'mongodb-memory-server';
import type { Ledger } from '../../src/ledger/entry.js';
import type { Moves } from '../../src/ledger/moves.js';
import { createLedger } from '../../src/ledger/ledger.js';
import { ensureLedgerIndexes } from '../../src/ledger/line.js';
import { OutcomeUnknown } from '../../src/ledger/outcome.js';
import { verifyLedger } from '../../src/ledger/verify.js';
import { startReplicaSet } from '../support/replica-set.js';
import { at, newWallet, spend, topUp } from './postings.js';

/** A mongod of its own: a fail point holds for the whole server. */
let replicaSet: MongoMemoryReplSet;
let observer: MongoClient;
let client: MongoClient;
let db: Db;
let ledger: Ledger & Moves;
let wallet: string;

beforeAll(async () => {
  replicaSet = await startReplicaSet();
  observer = await MongoClient.connect(replicaSet.getUri());
  client = await MongoClient.connect(replicaSet.getUri(), { appName: 'ledger', monitorCommands: true });
  db = client.db('faults');
  await ensureLedgerIndexes(db);
});
afterAll(async () => {
  await client.close();
  await observer.close();
  await replicaSet.stop();
});

beforeEach(async () => {
  ledger = createLedger(db);
  wallet = newWallet();
  await ledger.open({ wallet, account: 'acc_1', currency: 'GBP', at });
  await ledger.post(topUp(wallet, '1', 1_000));
});
afterEach(async () => {
  await mend();
  expect((await verifyLedger(observer.db('faults'))).findings).toEqual([]);
});

/** `mode`: how often, or after how many commands for good. */
async function fail(
  failCommands: readonly string[],
  mode: { times: number } | { skip: number },
  how: Document,
): Promise<void> {
  const data = { appName: 'ledger', failCommands, ...how };
  await observer.db('admin').command({ configureFailPoint: 'failCommand', mode, data });
}

const mend = () => observer.db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' });
const written = () => observer.db('faults').collection('entries').countDocuments({ w: wallet, '_id.k': 'u:1' });

const unconfirmed = { writeConcernError: { code: 64, errmsg: 'timed out' } };
const faults: readonly [string, Document][] = [
  ['the connection closes', { closeConnection: true }],
  ['a write conflict comes back (error 112)', { errorCode: 112 }],
  ['the primary steps down (error 11602)', { errorCode: 11602, errorLabels: ['RetryableWriteError'] }],
];

describe.each([...faults, ['written, but the majority did not confirm (writeConcernError)', unconfirmed] as const])(
  'an insert where %s',
  (_what, how) => {
    test.each([1, 2, 3])('%i times in a row: acknowledged, and there exactly once', async (times) => {
      await fail(['insert'], { times }, how);
      const posted = await ledger.post(spend(wallet, '1', 100));
      expect(posted).toMatchObject({ outcome: 'posted', entry: { sequence: 3, balanceMinor: 900 } });
      expect(await written()).toBe(1);
      expect(await ledger.post(spend(wallet, '1', 100))).toMatchObject({
        outcome: 'duplicate',
        entry: { balanceMinor: 900 },
      });
    });
  },
);

describe.each(faults)('an insert where %s, and then the chain cannot be asked', (_what, how) => {
  test('is of unknown outcome, and settled by the same key', async () => {
    await fail(['insert', 'find'], { skip: 0 }, how);
    await expect(ledger.post(spend(wallet, '1', 100))).rejects.toMatchObject({
      name: OutcomeUnknown.name,
      wallet,
      key: 'u:1',
    });
    await mend();
    expect(await ledger.post(spend(wallet, '1', 100))).toMatchObject({ outcome: 'posted' });
    expect(await written()).toBe(1);
  });

  test('that did reach the database is a duplicate when it is repeated', async () => {
    await fail(['insert'], { times: 1 }, unconfirmed);
    const posting = ledger.post(spend(wallet, '1', 100));
    expect(await posting).toMatchObject({ outcome: 'posted' });
    const restarted = createLedger(db);
    await fail(['insert', 'find'], { skip: 0 }, how);
    await expect(restarted.post(spend(wallet, '1', 100))).rejects.toBeInstanceOf(OutcomeUnknown);
    await mend();
    expect(await ledger.post(spend(wallet, '1', 100))).toMatchObject({ outcome: 'duplicate' });
    expect((await ledger.head(wallet))?.balanceMinor).toBe(900);
  });

  test('where neither the wallet nor its hold can be read: an ordinary outage, and no rejection is left over', async () => {
    const hold = { wallet, hold: 'h', at };
    await ledger.reserve({ ...hold, amountMinor: 100 });
    await fail(['aggregate', 'find'], { skip: 0 }, how);
    await expect(createLedger(db).void(hold)).rejects.not.toBeInstanceOf(OutcomeUnknown);
    await mend();
    expect(await ledger.void(hold)).toMatchObject({ outcome: 'posted' });
  });

  test('before anything was written is an ordinary outage', async () => {
    await fail(['aggregate'], { skip: 0 }, how);
    await expect(createLedger(db).post(spend(wallet, '1', 100))).rejects.not.toBeInstanceOf(OutcomeUnknown);
    await mend();
    expect(await written()).toBe(0);
  });
});

describe('an insert that broke off', () => {
  test('but did reach the database is found by its key, not sent again', async () => {
    let inserts = 0;
    const count = ({ commandName }: CommandStartedEvent) => {
      if (commandName === 'insert') inserts += 1;
    };
    client.on('commandStarted', count);
    await fail(['insert'], { times: 1 }, unconfirmed);
    expect(await ledger.post(spend(wallet, '1', 100))).toMatchObject({
      outcome: 'posted',
      entry: { balanceMinor: 900 },
    });
    client.off('commandStarted', count);
    expect(inserts).toBe(1);
  });

  test('for good is told as unknown, naming the key', async () => {
    await fail(['insert'], { skip: 0 }, { errorCode: 112 });
    await expect(ledger.post(spend(wallet, '1', 100))).rejects.toMatchObject({
      name: OutcomeUnknown.name,
      wallet,
      key: 'u:1',
    });
    expect(await written()).toBe(0);
  });

  test('fails its own group alone, not the calls that came after', async () => {
    await fail(['insert'], { times: 4 }, { errorCode: 112 });
    const group = ['1', '2'].map((id) => ledger.post(spend(wallet, id, 100)));
    await Promise.resolve().then(() => undefined);
    const posted = await Promise.allSettled([...group, ledger.post(spend(wallet, '3', 100))]);
    expect(posted.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    expect((await ledger.head(wallet))?.balanceMinor).toBe(900);
  });

  test('a refusal for want of money after it is still true', async () => {
    await fail(['insert'], { times: 1 }, { errorCode: 112 });
    const [spent, refused] = await Promise.all([
      ledger.post(spend(wallet, '1', 950)),
      ledger.post(spend(wallet, '2', 100)),
    ]);
    expect(spent).toMatchObject({ outcome: 'posted' });
    expect(refused).toMatchObject({ outcome: 'insufficient', balanceMinor: 50 });
  });
});
