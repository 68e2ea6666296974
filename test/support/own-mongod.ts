import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { MongoClient } from 'mongodb';
import { findMongod } from '../../src/local/mongod.js';

/** A replica set of one that belongs to whoever started it: it can be frozen, killed and brought back. */
export interface OwnMongod {
  uri: string;
  /** Takes what is sent and answers nothing, as a machine in trouble does. */
  freeze(): void;
  thaw(): void;
  /** As a power cut does. */
  kill(): Promise<void>;
  /** After a kill: on the same data and port, as primary. */
  restart(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

const SET = 'own';

export async function startOwnMongod(): Promise<OwnMongod> {
  const { path: program } = await findMongod({ env: process.env });
  const folder = await mkdtemp(join(tmpdir(), 'own-mongod-'));
  const port = await freePort();
  const launch = () => launchMongod(program, folder, port);
  let child = await launch();
  await asAdmin(port, async (client) => {
    await client
      .db('admin')
      .command({ replSetInitiate: { _id: SET, members: [{ _id: 0, host: `127.0.0.1:${port}` }] } });
  });
  await untilPrimary(port);

  const kill = async (): Promise<void> => {
    const gone = once(child, 'exit');
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await gone;
    }
  };
  return {
    uri: `mongodb://127.0.0.1:${port}/product?replicaSet=${SET}`,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
    kill,
    async restart() {
      child = await launch();
      await untilPrimary(port);
    },
    async stop() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Resolves when it takes connections; rejects if it ends before. */
async function launchMongod(program: string, folder: string, port: number): Promise<ChildProcess> {
  const args = ['--dbpath', folder, '--port', `${port}`, '--bind_ip', '127.0.0.1', '--replSet', SET];
  const child = spawn(program, [...args, '--wiredTigerCacheSizeGB', '0.25'], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes('Waiting for connections')) {
      child.stdout.resume();
      return child;
    }
  }
  throw new Error(`mongod ended before it took connections, with ${child.exitCode ?? child.signalCode}`);
}

async function asAdmin(port: number, work: (client: MongoClient) => Promise<void>): Promise<void> {
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/`, { directConnection: true });
  try {
    await work(client);
  } finally {
    await client.close();
  }
}

/** A client that knows the set waits for its primary. */
async function untilPrimary(port: number): Promise<void> {
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?replicaSet=${SET}`, {
    serverSelectionTimeoutMS: 30_000,
  });
  try {
    await client.connect();
  } finally {
    await client.close();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}
