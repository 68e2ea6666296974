import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Document, MongoClient } from 'mongodb';
import type { MongoMemoryReplSet } from 'mongodb-memory-server';
import mongoose from 'mongoose';
import { newId } from '../../src/id.js';
import { OutcomeUnknown } from '../../src/ledger/outcome.js';
import { createPayments } from '../../src/payments/payments.js';
import { createStripeProvider } from '../../src/payments/stripe.js';
import { enableAccount } from '../../src/workspace/accounts.js';
import { createWorkspace } from '../../src/workspace/workspaces.js';
import { GOOD_CARD, SECRET_KEY, useProduct, useSandbox, WEBHOOK_SECRET } from '../payments/harness.js';
import { useDatabase } from '../support/database.js';
import { expectLedgerSound, useLedger } from '../support/ledger.js';
import { startReplicaSet } from '../support/replica-set.js';
import { paymentWrites, type Shop } from './payment-writes.js';
import { type Begun, ledgerWrites, type LongWrite, sweptWrites, type Write } from './writes.js';

/** A mongod of its own: a fail point holds for the whole server. */
let replicaSet: MongoMemoryReplSet;
let observer: MongoClient;
const shared = process.env['TEST_MONGODB_URI'];
beforeAll(async () => {
  replicaSet = await startReplicaSet();
  observer = await MongoClient.connect(replicaSet.getUri());
  // After a step-down the driver looks for a primary this often, and not twice a second.
  process.env['TEST_MONGODB_URI'] = `${replicaSet.getUri()}&appName=product&minHeartbeatFrequencyMS=10`;
});
useDatabase();
const ledger = useLedger({ unverified: 'it is once all is mended, by the last test' });
const product = useProduct(() => undefined);
const { sandbox, apiUrl } = useSandbox(product);
afterEach(async () => void (await mend()));
afterAll(async () => {
  process.env['TEST_MONGODB_URI'] = shared;
  await observer.close();
  await replicaSet.stop();
});

const seen = () => observer.db(mongoose.connection.db!.databaseName);
const lines = (w: string, k: string) => seen().collection('entries').countDocuments({ w, '_id.k': k });
const rows = (collection: string, filter: object) => seen().collection(collection).countDocuments(filter);

const COMMANDS = ['insert', 'update', 'findAndModify', 'commitTransaction'];

interface Failure {
  mode: { times: number } | { skip: number };
  failCommands: readonly string[];
  how: Document;
}

async function fail({ mode, failCommands, how }: Failure): Promise<void> {
  const data = { appName: 'product', failCommands, ...how };
  await observer.db('admin').command({ configureFailPoint: 'failCommand', mode, data });
}
const mend = () => observer.db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' });

const FAULTS: readonly [string, Document][] = [
  ['the connection closes', { closeConnection: true }],
  ['no majority confirms (writeConcernError)', { writeConcernError: { code: 64, errmsg: 'timed out' } }],
  ['a write conflict comes back (error 112)', { errorCode: 112 }],
  ['the primary is interrupted (error 11602)', { errorCode: 11602 }],
  ['the primary is one no more (error 10107)', { errorCode: 10107 }],
];

let shop: Shop;
async function openShop(): Promise<void> {
  for (const name of ['top_ups', 'payment_reversals', 'payment_events', 'payment_cursors', 'automatic_payments'])
    await seen().collection(name).deleteMany({});
  const provider = createStripeProvider({ secretKey: SECRET_KEY, webhookSecrets: [WEBHOOK_SECRET], apiUrl: apiUrl() });
  const payments = createPayments({
    provider,
    ledger: ledger(),
    publicUrl: product(),
    log: { error: () => undefined },
  });
  const at = new Date();
  const { account, owner } = await enableAccount({
    name: 'Acme',
    tenant: `slack:${newId('T')}`,
    ownerUser: 'U0OLIVIA',
    currency: 'GBP',
    plan: 'teams',
    timeZone: 'Europe/London',
    at,
  });
  const open = async (name: string) => {
    const by = owner.id;
    const workspace = await createWorkspace({ ledger: ledger(), account, name, primaryOwner: by, by, at });
    const of = { account: account.id, workspace: workspace.id };
    const customer = await provider.createCustomer({ ...of, name, key: `customer:${workspace.id}` });
    await mongoose.connection.collection('payment_customers').insertOne({ ...of, name, customer });
    sandbox().saveCard(customer, GOOD_CARD);
    return workspace;
  };
  const workspaces = [await open('Marketing'), await open('Support')] as const;
  shop = { payments, ledger: ledger(), sandbox: sandbox(), workspaces, rows, lines };
}

type Failed = { error: unknown } | undefined;

const tried = ({ ask }: Begun): Promise<Failed> =>
  ask().then(
    () => undefined,
    (error: unknown) => ({ error }),
  );

/** Asked for again under the same key when the database is well; resolves with how often it was there before that. */
async function expectSettled({ ask, times }: Begun, failed: Failed): Promise<number> {
  const there = await times();
  if (failed) expect(there).toBeLessThanOrEqual(1);
  else expect(there).toBe(1);
  await ask();
  expect(await times()).toBe(1);
  await ask();
  expect(await times()).toBe(1);
  return there;
}

/** Of the ledger itself: what it says of a failure is true. */
async function expectSaidTruly(begun: Begun, failed: Failed): Promise<void> {
  const there = await expectSettled(begun, failed);
  if (failed && !(failed.error instanceof OutcomeUnknown)) expect(there).toBe(0);
}

/** Asked for while the database is in trouble. */
async function once(write: Write, failure: Failure): Promise<[Begun, Failed]> {
  const begun = await write.begin();
  await fail(failure);
  const failed = await tried(begun);
  await mend();
  return [begun, failed];
}

const dayInMinor = async (w: string) => {
  const day = await seen().collection('ledgerTotals').findOne({ w, u: 'day' });
  return Number(day?.['inMinor'] ?? 0);
};

const LEDGER_WRITES = ledgerWrites(lines);

describe.each(FAULTS)('where %s', (_what, how) => {
  test.each(LEDGER_WRITES)('once: $name is acknowledged once, failed never, unknown at most once', async (write) => {
    await expectSaidTruly(...(await once(write, { mode: { times: 1 }, failCommands: COMMANDS, how })));
  });

  /** All are asked for side by side: each tries until it gives up, for a second some of them. */
  describe('and goes on', () => {
    const all = new Map<Write, [Begun, Failed]>();
    beforeAll(async () => {
      const begun = await Promise.all(LEDGER_WRITES.map((write) => write.begin()));
      await fail({ mode: { skip: 0 }, failCommands: COMMANDS, how });
      const failed = await Promise.all(begun.map(tried));
      await mend();
      for (const [i, write] of LEDGER_WRITES.entries()) all.set(write, [begun[i]!, failed[i]]);
    });

    test.each(LEDGER_WRITES)('$name is acknowledged once, failed never, unknown at most once', async (write) => {
      await expectSaidTruly(...all.get(write)!);
    });
  });
});

/** What is refused without end in a transaction is begun anew for two minutes: these are refused once, or cut off for good. */
function testsOf(write: LongWrite): void {
  const places = [...FAULTS.map((fault) => [...fault, COMMANDS] as const), ...eachCommand(FAULTS[0]!)];
  test.each(places)('where %s (%j): is there once, and the next try settles it', async (_what, how, failCommands) => {
    await expectSettled(...(await once(write, { mode: { times: 1 }, failCommands, how })));
  });

  test.each(write.cuts)('cut off after %i writes: is there once, and the next try settles it', async (skip) => {
    const failure = { mode: { skip }, failCommands: COMMANDS, how: { errorCode: 8000 } };
    await expectSettled(...(await once(write, failure)));
  });
}

const eachCommand = ([what, how]: (typeof FAULTS)[number]) =>
  COMMANDS.slice(1).map((command) => [`${what} at ${command}`, how, [command]] as const);

describe.each(sweptWrites(lines, dayInMinor))('$name', (write) => {
  testsOf(write);
});

describe.each(paymentWrites(() => shop))('$name', (write) => {
  beforeEach(openShop);
  testsOf(write);
});

test('the ledger of all of these is sound', expectLedgerSound);
