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
    await connectMongo(databaseOfWorker());
    await emptyWholeDatabase();
    await syncNewIndexes();
  });
  afterAll(disconnectMongo);
  afterAll(() => expect(spy.straysOfProduct()).toEqual([]));
  return spy;
}

const synced = new Set<string>();

/** Of models that no file of this worker had before. Indexes stay: to make them anew took longer than many a file's tests. */
async function syncNewIndexes(): Promise<void> {
  const models = Object.values(mongoose.models).filter(({ modelName }) => !synced.has(modelName));
  await syncIndexes(models);
  for (const { modelName } of models) synced.add(modelName);
}

function databaseOfWorker(): string {
  const uri = new URL(process.env['TEST_MONGODB_URI']!);
  uri.pathname = `/t_worker_${process.env['JEST_WORKER_ID']}`;
  return uri.toString();
}
