import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import mongoose from 'mongoose';
import { connectMongo, disconnectMongo, syncIndexes } from '../../src/mongo.js';

/** The address of a fresh database in the run's replica set. */
export function freshDatabaseUri(): string {
  const uri = new URL(process.env['TEST_MONGODB_URI']!);
  uri.pathname = `/t_${randomBytes(6).toString('hex')}`;
  return uri.toString();
}

/** Connects mongoose to a database of this test file's own, with every imported model's indexes; drops it at the end. */
export function useDatabase(): void {
  beforeAll(async () => {
    await connectMongo(freshDatabaseUri());
    await syncIndexes();
  });
  afterAll(async () => {
    await mongoose.connection.dropDatabase();
    await disconnectMongo();
  });
}
