import { AsyncLocalStorage } from 'node:async_hooks';
import { MongoServerError } from 'mongodb';
import mongoose from 'mongoose';

mongoose.set('strictQuery', 'throw');
mongoose.set('sanitizeFilter', true);
mongoose.set('autoIndex', false);
mongoose.set('autoCreate', false);
mongoose.set('transactionAsyncLocalStorage', true);
/** A database that is away is waited for by the driver alone, as long as the options below say. */
mongoose.set('bufferCommands', false);

const transaction = new AsyncLocalStorage<{ open: true }>();

/**
 * Connects the one mongoose connection of this process, with majority writes; rejects within about 5 s if nobody answers.
 * A server that hangs is noticed within 5 s: what was asked of it fails then, and finds another or fails 5 s later.
 */
export async function connectMongo(uri: string): Promise<void> {
  await mongoose.connect(uri, {
    serverSelectionTimeoutMS: 5_000,
    heartbeatFrequencyMS: 2_000,
    connectTimeoutMS: 3_000,
    maxPoolSize: 50,
    retryWrites: true,
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
  });
}

export async function disconnectMongo(): Promise<void> {
  await mongoose.disconnect();
}

/** Creates the collections and indexes of these models, or of all; harmless where they exist. */
export async function syncIndexes(models = Object.values(mongoose.models)): Promise<void> {
  for (const model of models) {
    await model.createCollection();
    await model.createIndexes();
  }
}

/**
 * Runs `work` in one transaction; mongoose calls inside join it by themselves (native `.collection` calls do not).
 * It may run more than once: no side effect but on documents. Inside another transaction it joins that one.
 */
export async function inTransaction<T>(work: () => Promise<T>): Promise<T> {
  if (transaction.getStore()) return work();
  let result: { value: T } | undefined;
  await mongoose.connection.transaction(() =>
    transaction.run({ open: true }, async () => {
      result = { value: await work() };
    }),
  );
  return result!.value;
}

/** Whether something was to be written a second time under a key that is written once. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === 11000;
}

/** Whether a majority of the replica set takes a write within 1.5 s; rejects where it does not. */
export async function majorityAnswers(): Promise<boolean> {
  const pings = mongoose.connection.collection<{ _id: string }>('pings');
  await pings.updateOne({ _id: 'ready' }, { $currentDate: { at: true } }, { upsert: true, timeoutMS: 1_500 });
  return true;
}
