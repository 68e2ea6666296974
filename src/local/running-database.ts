import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MongoClient, MongoServerSelectionError } from 'mongodb';

/** The address of the database that another process runs on this folder's data, or undefined if none does. */
export async function runningDatabase(folder: string): Promise<string | undefined> {
  const port = await numberIn(join(folder, 'mongo.port'));
  const process = await numberIn(join(folder, 'mongo', 'mongod.lock'));
  if (port === undefined || process === undefined) return undefined;
  const running = await processAt(port);
  return running === process ? `mongodb://127.0.0.1:${port}/workspaces?replicaSet=workspaces` : undefined;
}

/** The port may be another mongod's by now: only the process that holds the data's lock is ours. */
async function processAt(port: number): Promise<number | undefined> {
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/`, {
    directConnection: true,
    serverSelectionTimeoutMS: 2_000,
  });
  try {
    const { pid } = await client.db('admin').command({ serverStatus: 1 });
    return Number(pid);
  } catch (error) {
    if (error instanceof MongoServerSelectionError) return undefined;
    throw error;
  } finally {
    await client.close();
  }
}

async function numberIn(file: string): Promise<number | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return Number(text) || undefined;
}
