import { afterAll, beforeAll, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { createLedger } from '../../src/ledger/ledger.js';
import { ensureLedgerIndexes } from '../../src/ledger/line.js';
import { connectMongo, disconnectMongo, syncIndexes } from '../../src/mongo.js';
import { workspacesOfAccount } from '../../src/workspace/workspaces.js';
import { FakeSlack } from '../fakes/slack/slack.js';
import type { Shown } from '../fakes/slack/world.js';
import { words } from '../fakes/slack/words.js';
import { type Acme, setUpAcme } from '../support/acme.js';
import { type OwnMongod, startOwnMongod } from '../support/own-mongod.js';
import { type ProductProcess, startProductProcess } from '../support/product-process.js';

const PEOPLE = ['Olivia', 'Adam', 'Mia', 'Max', 'Nina', 'Late'].map((name) => ({
  id: `U0${name.toUpperCase()}`,
  name,
  email: `${name.toLowerCase()}@acme.com`,
}));

let mongod: OwnMongod;
let slack: FakeSlack;
let product: ProductProcess;
let acme: Acme;

beforeAll(async () => {
  mongod = await startOwnMongod();
  await connectMongo(mongod.uri);
  await syncIndexes();
  await ensureLedgerIndexes(mongoose.connection.db!);
  acme = await setUpAcme(createLedger(mongoose.connection.db!), new Date());
  slack = await FakeSlack.start({ users: PEOPLE });
  product = await startProductProcess({ mongodbUri: mongod.uri, slack });
  slack.aim(`${product.url}/slack/events`);
}, 60_000);

afterAll(async () => {
  await disconnectMongo();
  await product?.stop();
  await slack?.stop();
  await mongod?.stop();
});

const ready = async (): Promise<{ status: number; body: unknown }> => {
  const response = await fetch(`${product.url}/readyz`);
  return { status: response.status, body: await response.json() };
};

/** Each try takes a moment of its own while the database is away. */
async function untilReady(): Promise<void> {
  while ((await ready()).status !== 200);
}

async function workspaceNames(): Promise<string[]> {
  return (await workspacesOfAccount(acme.account.id)).map(({ name }) => name).toSorted();
}

/** The log lines of what the person can tell support. */
function loggedUnder(apology: Shown): unknown[] {
  const reference = /R-[A-Z0-9]{6}/.exec(words(apology))?.[0];
  expect(reference).toBeDefined();
  return product.log.filter((line) => line.reference === reference);
}

test('while the database hangs, people are told that nothing was done, and it leaves no command half done', async () => {
  const [arrived, release] = await holdProfileOf('U0NINA', 'balance');
  await arrived;
  mongod.freeze();
  release();
  const ack = await slack.command('U0OLIVIA', 'create Ops');
  expect(ack.status).toBe(200);
  const apology = await slack.privateTo('U0OLIVIA');
  expect(words(apology)).toContain('nothing was done');
  expect(loggedUnder(apology)).toMatchObject([{ level: 'error' }]);
  const midway = await slack.world.until(() => slack.world.shown.find(isNewTo('U0NINA')), 'apology', 20_000);
  expect(words(midway)).toContain('Sorry, that did not work.');
  midway.seen = true;
  expect(loggedUnder(midway)).toMatchObject([{ level: 'error', msg: 'a command failed' }]);
  expect(await ready()).toEqual({ status: 503, body: { ready: false, failing: ['database'] } });
  expect((await fetch(`${product.url}/healthz`)).status).toBe(200);

  mongod.thaw();
  await untilReady();
  expect(await workspaceNames()).toEqual(['Marketing', 'Support']);
  await slack.command('U0NINA', 'balance');
  expect(words(await slack.privateTo('U0NINA'))).toContain('no workspace');
  await slack.command('U0OLIVIA', 'create Ops');
  expect(words(await slack.privateTo('U0OLIVIA'))).toContain('Ops is active');
  expect(await workspaceNames()).toEqual(['Marketing', 'Ops', 'Support']);
}, 60_000);

test('a database that is killed and comes back needs no restart of the product', async () => {
  await mongod.kill();
  expect((await slack.command('U0OLIVIA', 'create Sales')).status).toBe(200);
  const apology = await slack.privateTo('U0OLIVIA');
  expect(words(apology)).toContain('nothing was done');
  expect(loggedUnder(apology)).toMatchObject([{ level: 'error' }]);
  expect((await ready()).status).toBe(503);

  await mongod.restart();
  await untilReady();
  await slack.command('U0OLIVIA', 'create Sales');
  expect(words(await slack.privateTo('U0OLIVIA'))).toContain('Sales is active');
  expect(await workspaceNames()).toEqual(['Marketing', 'Ops', 'Sales', 'Support']);
}, 60_000);

test('told to stop while people wait, it answers all of them and ends', async () => {
  const users = ['U0OLIVIA', 'U0ADAM', 'U0MIA', 'U0MAX'];
  const loggedBefore = product.log.length;
  const typed = Array.from({ length: 40 }, (_, i) => users[i % users.length]!);
  const [arrived, release] = await holdProfileOf('U0LATE', 'balance');
  await arrived;
  const acks = await Promise.all(typed.map((user) => slack.command(user, 'balance')));
  product.signal('SIGTERM');
  release();
  expect(new Set(acks.map(({ status }) => status))).toEqual(new Set([200]));
  expect(await product.exited).toBe(0);
  const answers = slack.world.shown.filter(({ seen }) => !seen);
  expect(answers.filter(({ text }) => /Marketing has|Support has/.test(text))).toHaveLength(typed.length);
  expect(answers.filter(({ to }) => to === 'U0LATE')).toHaveLength(1);
  const logged = product.log.slice(loggedBefore);
  expect(logged.filter(({ level }) => level === 'error' || level === 'fatal')).toEqual([]);
}, 60_000);

const isNewTo = (user: string) => (shown: Shown) => shown.to === user && !shown.seen;

/** Types as somebody never seen before: the command waits at the question who they are, until it is released. */
async function holdProfileOf(user: string, text: string): Promise<[arrived: Promise<void>, release: () => void]> {
  let release = (): void => undefined;
  const until = new Promise<void>((resolve) => (release = resolve));
  const arrived = new Promise<void>((resolve) => {
    slack.fail('users.info', { kind: 'held', arrived: resolve, until });
  });
  await slack.command(user, text);
  return [arrived, release];
}
