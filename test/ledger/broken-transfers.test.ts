import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Document, MongoClient } from 'mongodb';
import type { MongoMemoryReplSet } from 'mongodb-memory-server';
import type { Ledger } from '../../src/ledger/entry.js';
import { createLedger } from '../../src/ledger/ledger.js';
import { ensureLedgerIndexes } from '../../src/ledger/line.js';
import type { Moves } from '../../src/ledger/moves.js';
import { OutcomeUnknown } from '../../src/ledger/outcome.js';
import { verifyLedger } from '../../src/ledger/verify.js';
import { startReplicaSet } from '../support/replica-set.js';
import { at, newWallet, topUp } from './postings.js';

/** A mongod of its own: a fail point holds for the whole server. */
let replicaSet: MongoMemoryReplSet;
let observer: MongoClient;
let client: MongoClient;
let ledger: Ledger & Moves;
let from: string;
let to: string;

beforeAll(async () => {
  replicaSet = await startReplicaSet();
  observer = await MongoClient.connect(replicaSet.getUri());
  client = await MongoClient.connect(replicaSet.getUri(), { appName: 'ledger' });
  await ensureLedgerIndexes(client.db('faults'));
});
afterAll(async () => {
  await client.close();
  await observer.close();
  await replicaSet.stop();
});

beforeEach(async () => {
  ledger = createLedger(client.db('faults'));
  [from, to] = [newWallet(), newWallet()];
  for (const wallet of [from, to]) await ledger.open({ wallet, account: 'acc_1', currency: 'GBP', at });
  await ledger.post(topUp(from, '1', 1_000));
});
afterEach(async () => {
  await mend();
  expect((await verifyLedger(observer.db('faults'))).findings).toEqual([]);
});

async function fail(failCommands: readonly string[], mode: { times: number } | { skip: number }, how: Document) {
  const data = { appName: 'ledger', failCommands, ...how };
  await observer.db('admin').command({ configureFailPoint: 'failCommand', mode, data });
}
const mend = () => observer.db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' });
const move = () => ledger.transfer({ id: '1', from, to, amountMinor: 300, at });
const balances = async () => [(await ledger.head(from))?.balanceMinor, (await ledger.head(to))?.balanceMinor];

const unknown = { errorLabels: ['UnknownTransactionCommitResult'] };

describe.each<[string, string, Document]>([
  ['the insert meets a write conflict', 'insert', { errorCode: 112, errorLabels: ['TransientTransactionError'] }],
  ['the connection closes on the insert', 'insert', { closeConnection: true }],
  ['the connection closes on the commit', 'commitTransaction', { closeConnection: true }],
  ['the commit is of unknown result', 'commitTransaction', { errorCode: 50, ...unknown }],
  [
    'a majority did not confirm the commit',
    'commitTransaction',
    { writeConcernError: { code: 64, errmsg: 'late' }, ...unknown },
  ],
])('a transfer where %s', (_what, command, how) => {
  /** Fails if a commit of unknown result is not sent again, and if a transient error is not begun anew (both tried). */
  test.each([1, 3])('%i times: is made once', async (times) => {
    await fail([command], { times }, how);
    expect(await move()).toMatchObject({ outcome: 'posted', from: { balanceMinor: 700 }, to: { balanceMinor: 300 } });
    expect(await move()).toMatchObject({ outcome: 'duplicate' });
    expect(await balances()).toEqual([700, 300]);
  });
});

test('a transfer of which nobody can say what became is of unknown outcome, and settled by the same id', async () => {
  await fail(['commitTransaction', 'find'], { skip: 1 }, { errorCode: 50, ...unknown });
  await expect(move()).rejects.toBeInstanceOf(OutcomeUnknown);
  await mend();
  expect(['posted', 'duplicate']).toContain((await move()).outcome);
  expect(await balances()).toEqual([700, 300]);
});
