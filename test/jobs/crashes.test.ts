import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { JOBS } from '../../src/jobs/clock.js';
import { createDispatcher } from '../../src/notices/outbox/dispatcher.js';
import { listUnknown } from '../../src/notices/outbox/held-back.js';
import { enqueue, type Notice } from '../../src/notices/outbox/outbox.js';
import { connectMongo, disconnectMongo, syncIndexes } from '../../src/mongo.js';
import { makeManyWorkspaces, MONTH } from '../bench/sweeps/many-workspaces.js';
import { openMarketing, topUp } from '../notices/company.js';
import { scriptedPoster } from '../notices/scripted-poster.js';
import { freshDatabaseUri } from '../support/database.js';
import { createLedger } from '../../src/ledger/ledger.js';
import { ensureLedgerIndexes } from '../../src/ledger/line.js';
import { plainText } from '../../src/cards/plain-text.js';
import { type Replica, startReplica } from './start-replica.js';

const AT = new Date('2026-12-01T02:00:00Z');

const after = (seconds: number) => new Date(AT.getTime() + seconds * 1000);
const log = { warn: () => undefined, error: () => undefined };

let uri: string;
let replicas: Replica[];

beforeEach(async () => {
  uri = freshDatabaseUri();
  replicas = [];
  await connectMongo(uri);
  await syncIndexes();
});

afterEach(async () => {
  for (const replica of replicas) replica.process.kill('SIGKILL');
  await Promise.all(replicas.map((replica) => replica.ended));
  await mongoose.connection.dropDatabase();
  await disconnectMongo();
});

function start(role: 'dispatch' | 'clock' | 'sweep', stopAt?: string, at = AT): Replica {
  const replica = startReplica(uri, role, at, stopAt);
  replicas.push(replica);
  return replica;
}

const notice = (id: string, urgent: boolean): Notice => ({
  id,
  account: 'acc_1',
  to: { channel: { platform: 'slack', tenant: 'T1', channel: id } },
  card: { name: 'test', parts: [{ part: 'text', text: [id] }] },
  urgent,
});

const truth = async () =>
  (await mongoose.connection.collection('truth').find().toArray()).map((post) => String(post['id'])).toSorted();

const outbox = () => mongoose.connection.collection('outbox');

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds()));
}

/** What another replica posts once the dead one's lease is over. */
async function recover(): Promise<string[]> {
  const poster = scriptedPoster();
  const dispatcher = createDispatcher({ posters: [poster], log });
  for (const seconds of [30, 61, 65, 70]) await dispatcher.runOnce(after(seconds));
  return poster.sent.map((sent) => plainText(sent.card));
}

describe('a replica killed with -9', () => {
  test('after the claim, before the post: the alert arrives, marked; the other is listed for the operator', async () => {
    await enqueue([notice('alert', true), notice('summary', false)]);
    const replica = start('dispatch', 'before post');
    await replica.says('before post');
    await until(async () => (await outbox().countDocuments({ state: 'sending' })) === 2);
    replica.process.kill('SIGKILL');
    await replica.ended;
    const recovered = await recover();
    expect(recovered).toEqual([expect.stringContaining('alert\nPerhaps a copy')]);
    expect((await listUnknown(10)).map(({ id }) => id)).toEqual(['summary']);
    expect(await truth()).toEqual([]);
  });

  test('after the post, before it is written down: a second copy of the alert alone, and marked', async () => {
    await enqueue([notice('alert', true), notice('summary', false)]);
    const replica = start('dispatch', 'after post');
    await replica.says('after post');
    await until(async () => (await truth()).length === 2);
    replica.process.kill('SIGKILL');
    await replica.ended;
    expect(await recover()).toEqual([expect.stringContaining('alert\nPerhaps a copy')]);
    expect((await listUnknown(10)).map(({ id }) => id)).toEqual(['summary']);
    expect(await truth()).toEqual(['alert', 'summary']);
  });
});

test('a replica frozen past its lease writes nothing over what came after it', async () => {
  await enqueue([notice('summary', false)]);
  const replica = start('dispatch', 'after post');
  await replica.says('after post');
  replica.process.kill('SIGSTOP');
  expect(await recover()).toEqual([]);
  replica.process.kill('SIGCONT');
  replica.tell();
  await replica.says('done');
  expect((await listUnknown(10)).map(({ id }) => id)).toEqual(['summary']);
  expect(await truth()).toEqual(['summary']);
});

describe('a replica in the middle of closing the months of many workspaces', () => {
  const COUNT = 250;
  const due = new Date(MONTH.to.getTime() + 10 * 60_000);
  const later = new Date(MONTH.to.getTime() + 2 * 3_600_000);

  beforeEach(async () => {
    const db = mongoose.connection.db!;
    await ensureLedgerIndexes(db);
    await makeManyWorkspaces(
      db,
      createLedger(db),
      { ledger: createLedger(db), pictureOf: () => undefined, log },
      COUNT,
    );
  });

  /** Every month is closed once and told once, and what is to be posted is posted once. */
  async function expectEachOnce(): Promise<void> {
    const { connection } = mongoose;
    const closed = await connection.collection('summaries').countDocuments({ period: MONTH.period });
    expect(closed).toBe(COUNT + 1);
    expect(await connection.collection('summary_schedules').countDocuments({ period: MONTH.period })).toBe(0);
    const poster = scriptedPoster();
    await createDispatcher({ posters: [poster], log }).runOnce(later);
    const ids = poster.sent.map((sent) => (sent.did === 'post' ? sent.id : 'an edit'));
    expect(ids.length).toBe(COUNT + 1);
    expect(new Set(ids).size).toBe(COUNT + 1);
  }

  test('killed with -9 between two batches: another closes the rest', async () => {
    const replica = start('sweep', 'second batch', due);
    await replica.says('second batch');
    replica.process.kill('SIGKILL');
    await replica.ended;
    const closed = await mongoose.connection.collection('summaries').countDocuments({ period: MONTH.period });
    expect(closed).toBeGreaterThan(0);
    expect(closed).toBeLessThan(COUNT);
    const next = start('sweep', undefined, due);
    await next.says('done');
    expect(next.said()).toContain(`closed ${COUNT + 1 - closed}`);
    await expectEachOnce();
  }, 60_000);

  test('frozen there while a newer version is deployed, which closes the rest: woken, it closes nothing twice', async () => {
    const old = start('sweep', 'second batch', due);
    await old.says('second batch');
    old.process.kill('SIGSTOP');
    const newer = start('sweep', undefined, due);
    await newer.says('done');
    old.process.kill('SIGCONT');
    old.tell();
    await old.says('done');
    expect(newer.said()).not.toContain('closed 0');
    await expectEachOnce();
  }, 60_000);
});

test('five replicas booting at once at the month’s end make one summary, and one document for each sweep', async () => {
  const db = mongoose.connection.db!;
  await ensureLedgerIndexes(db);
  const ledger = createLedger(db);
  const company = await openMarketing(ledger, new Date('2026-11-22T09:00:00Z'));
  await topUp(ledger, company, 10_000, new Date('2026-11-22T10:00:00Z'));
  const booting = Array.from({ length: 5 }, () => start('clock'));
  await Promise.all(booting.map((replica) => replica.says('ready')));
  for (const replica of booting) replica.tell();
  await Promise.all(booting.map((replica) => replica.says('done')));
  const last = start('clock');
  await last.says('ready');
  last.tell();
  await last.says('done');
  expect(await truth()).toEqual([
    `summary:${company.marketing.id}:2026-11:channel:slack:${company.tenant}:C0MARKETING`,
  ]);
  expect(await mongoose.connection.collection('summaries').countDocuments()).toBe(1);
  const jobs = await mongoose.connection.collection(JOBS).find().toArray();
  expect(jobs.map((job) => String(job['name'])).toSorted()).toEqual(['summaries', 'summary-enrolment']);
  expect(jobs.filter((job) => job['lockedAt'])).toEqual([]);
}, 60_000);
