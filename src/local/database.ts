import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { MongoClient, MongoServerError } from 'mongodb';
import { type Child, ChildFailed, startChild } from './child.js';
import { freePort, isFree } from './ports.js';

export interface LocalDatabase {
  uri: string;
  stop(): Promise<void>;
}

const SET = 'workspaces';
const PREFERRED_PORT = 27_317;
const ALREADY_INITIALIZED = 23;
const PRIMARY_WITHIN_MS = 30_000;
/** Time for the mongod of a process that was killed a moment ago to go away. */
const PREDECESSOR_WITHIN_MS = 8_000;

/** Another process uses this data. */
export class DataInUse extends Error {
  constructor(folder: string) {
    super(`${folder} is in use: Workspaces already runs from this folder. Stop that one first, or use its addresses.`);
    this.name = 'DataInUse';
  }
}

interface Mongod {
  program: string;
  data: string;
  port: number;
  logFile: string;
}

/**
 * A mongod on loopback as a replica set of one (transactions need one), its data kept in `folder` between starts.
 * A port that has been taken since the last start is stepped over. Throws DataInUse.
 */
export async function startDatabase(options: {
  mongod: string;
  folder: string;
  logFile: string;
}): Promise<LocalDatabase> {
  const data = join(options.folder, 'mongo');
  const portFile = join(options.folder, 'mongo.port');
  await mkdir(data, { recursive: true });
  const kept = await keptPort(portFile);
  let port = kept !== undefined && (await isFree(kept)) ? kept : await freePort(PREFERRED_PORT);
  for (;;) {
    try {
      const mongod = { program: options.mongod, data, port, logFile: options.logFile };
      return await startOn(mongod, { portFile, kept });
    } catch (error) {
      if (!(error instanceof ChildFailed) || !error.output.includes('Address already in use')) throw error;
      port = await freePort(port + 1);
    }
  }
}

/** `kept`: the port that the data was last served on. */
async function startOn(mongod: Mongod, of: { portFile: string; kept: number | undefined }): Promise<LocalDatabase> {
  const { port } = mongod;
  if (of.kept !== undefined && of.kept !== port) await moveToPort(mongod);
  const child = await startMongod(mongod, ['--replSet', SET]);
  try {
    await withAdmin(port, (client) => becomePrimary(client, port, of.kept === undefined));
    await writeFile(of.portFile, `${port}\n`);
  } catch (error) {
    await child.stop();
    throw error;
  }
  return { uri: `mongodb://127.0.0.1:${port}/workspaces?replicaSet=${SET}`, stop: () => child.stop() };
}

async function keptPort(file: string): Promise<number | undefined> {
  try {
    return Number(await readFile(file, 'utf8')) || undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function startMongod({ program, data, port, logFile }: Mongod, more: readonly string[]): Promise<Child> {
  const args = ['--dbpath', data, '--port', `${port}`, '--bind_ip', '127.0.0.1', '--wiredTigerCacheSizeGB', '0.25'];
  const quick = ['--setParameter', 'shutdownTimeoutMillisForSignaledShutdown=100'];
  const giveUpAt = performance.now() + PREDECESSOR_WITHIN_MS;
  for (;;) {
    try {
      return await startChild({
        program,
        args: [...args, ...quick, ...more],
        ready: /Waiting for connections/,
        logFile,
      });
    } catch (error) {
      if (!(error instanceof ChildFailed) || !error.output.includes('DBPathInUse')) throw error;
      if (performance.now() > giveUpAt) throw new DataInUse(data);
      await pause(500);
    }
  }
}

/**
 * The set's configuration names the port it was made with. Outside the set it can be rewritten; inside, mongod
 * would first wait half a minute for whoever has that port now.
 */
async function moveToPort(mongod: Mongod): Promise<void> {
  const child = await startMongod(mongod, []);
  try {
    await withAdmin(mongod.port, async (client) => {
      const configuration = client.db('local').collection('system.replset');
      await configuration.updateOne({}, { $set: { 'members.0.host': `127.0.0.1:${mongod.port}` } });
    });
  } finally {
    await child.stop();
  }
}

async function withAdmin(port: number, work: (client: MongoClient) => Promise<void>): Promise<void> {
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/`, { directConnection: true });
  try {
    await work(await client.connect());
  } finally {
    await client.close();
  }
}

async function becomePrimary(client: MongoClient, port: number, firstStart: boolean): Promise<void> {
  const admin = client.db('admin');
  if (firstStart) {
    try {
      await admin.command({ replSetInitiate: { _id: SET, members: [{ _id: 0, host: `127.0.0.1:${port}` }] } });
    } catch (error) {
      if (!(error instanceof MongoServerError) || error.code !== ALREADY_INITIALIZED) throw error;
    }
  }
  const giveUpAt = performance.now() + PRIMARY_WITHIN_MS;
  while (!(await admin.command({ hello: 1 }))['isWritablePrimary']) {
    if (performance.now() > giveUpAt) throw new Error('the local mongod did not become primary; its log tells why');
    await pause(50);
  }
}
