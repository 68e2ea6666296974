import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { type LocalDatabase, startDatabase } from '../../src/local/database.js';
import { findMongod } from '../../src/local/mongod.js';

let folder: string;
let running: LocalDatabase | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'database-test-'));
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await rm(folder, { recursive: true, force: true });
});

async function start(): Promise<MongoClient> {
  const mongod = await findMongod({ env: process.env });
  running = await startDatabase({ mongod: mongod.path, folder, logFile: join(folder, 'mongod.log') });
  return new MongoClient(running.uri, { serverSelectionTimeoutMS: 5_000 });
}

async function stop(): Promise<void> {
  await running!.stop();
  running = undefined;
}

test('a second start finds the data of the first, also where the port has been taken since', async () => {
  const first = await start();
  const port = Number(new URL(running!.uri).port);
  await first.withSession((session) =>
    session.withTransaction(() => first.db().collection('kept').insertOne({ said: 'hello' }, { session })),
  );
  await first.close();
  await stop();

  const squatter = createServer().listen(port, '127.0.0.1');
  try {
    const second = await start();
    expect(new URL(running!.uri).port).not.toBe(`${port}`);
    expect(await second.db().collection('kept').findOne({})).toMatchObject({ said: 'hello' });
    await second
      .db()
      .collection('kept')
      .insertOne({ said: 'again' }, { writeConcern: { w: 'majority' } });
    await second.close();
  } finally {
    squatter.close();
  }
}, 60_000);

test('mongod listens on loopback alone', async () => {
  const client = await start();
  const { parsed } = await client.db('admin').command({ getCmdLineOpts: 1 });
  expect(parsed.net.bindIp).toBe('127.0.0.1');
  await client.close();
  await stop();
  expect(await readFile(join(folder, 'mongod.log'), 'utf8')).toContain('Waiting for connections');
}, 60_000);

test('data that another process uses is told, not waited for forever', async () => {
  const client = await start();
  await client.close();
  const mongod = await findMongod({ env: process.env });
  const second = startDatabase({ mongod: mongod.path, folder, logFile: join(folder, 'second.log') });
  await expect(second).rejects.toThrow('Workspaces already runs from this folder');
}, 60_000);

test('several that start at once each find a port of their own', async () => {
  const mongod = await findMongod({ env: process.env });
  const folders = ['a', 'b', 'c'].map((name) => join(folder, name));
  const databases = await Promise.all(
    folders.map(async (each) => {
      await mkdir(each);
      return startDatabase({ mongod: mongod.path, folder: each, logFile: join(each, 'mongod.log') });
    }),
  );
  expect(new Set(databases.map(({ uri }) => uri)).size).toBe(3);
  await Promise.all(databases.map((database) => database.stop()));
}, 60_000);
