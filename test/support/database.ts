import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect } from '@jest/globals';
import mongoose from 'mongoose';
import { connectMongo, disconnectMongo, syncIndexes } from '../../src/mongo.js';
import { emptyWholeDatabase } from './empty-database.js';
import { type TenantSpy, useTenantSpy } from './tenant-spy.js';

/** The address of a fresh database in the run's replica set. */
export function freshDatabaseUri(): string {
  const uri = new URL(process.env['TEST_MONGODB_URI']!);
  uri.pathname = `/t_${randomBytes(6).toString('hex')}`;
  return uri.toString();
}

/**
 * Connects mongoose to an empty database that has every imported model's indexes. No two files that run at once share it.
 * What the product asks of it names an account or a workspace, or is one of the system's commands.
 */
export function useDatabase(): TenantSpy {
  const spy = useTenantSpy();
  beforeAll(async () => {
    const uri = databaseOfWorker();
    await connectMongo(uri);
    await emptyWholeDatabase();
    await syncNewIndexes(uri);
  });
  afterAll(disconnectMongo);
  afterAll(() => expect(spy.straysOfProduct()).toEqual([]));
  return spy;
}

/** The models that have their indexes, by the address of the database: a file with a replica set of its own has none yet. */
const synced = new Map<string, Set<string>>();

/** Of models that no file of this worker had before. Indexes stay: to make them anew took longer than many a file's tests. */
async function syncNewIndexes(uri: string): Promise<void> {
  const done = synced.get(uri) ?? new Set();
  const models = Object.values(mongoose.models).filter(({ modelName }) => !done.has(modelName));
  await syncIndexes(models);
  synced.set(uri, new Set([...done, ...models.map(({ modelName }) => modelName)]));
}

function databaseOfWorker(): string {
  const uri = new URL(process.env['TEST_MONGODB_URI']!);
  uri.pathname = `/t_worker_${process.env['JEST_WORKER_ID']}`;
  return uri.toString();
}
