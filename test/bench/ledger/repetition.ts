import type { Db, MongoClient } from 'mongodb';
import { verifyLedger } from '../../../src/ledger/verify.js';
import { type Measured, measured, run, type Spend } from './measure.js';
import { insertManyPath, insertOnePath, ledgerPath, type Path } from './paths.js';
import type { Replicas } from './replicas.js';
import type { Shape } from './shapes.js';

/** Events under way at once, but for the paths that are slower with so many. */
const IN_FLIGHT = 2_000;
const FUNDS = 1_000_000_000;
const REPLAYED = 0.05;
/** Not measured: until the code of a path is compiled. */
const WARM_UP_MS = 500;

export interface Repetition {
  paths: Record<'ledger' | 'again' | 'replicas' | 'insertMany' | 'insertOne' | 'transaction' | 'medici', Measured>;
  verifiedPerSecond: number;
  /** With all indexes, as the server stores them. */
  bytesPerEntry: number;
}

interface Contest {
  client: MongoClient;
  uri: string;
  ms: number;
  replicas: Replicas;
  /** At the concurrency that suits them best. */
  slow: Record<'transaction' | 'medici', { spend: Spend; inFlight: number }>;
}

/** Every path in turns on one shape, each in a new database; the ledgers are verified. */
export async function repeat(contest: Contest, shape: Shape): Promise<Repetition> {
  const { client, uri, ms, replicas, slow } = contest;
  const database = (name: string) => `bench_${shape.name}_${name}`;
  const one = await ledgerPath(uri, database('ledger'));
  const many = await insertManyPath(uri, database('many'));
  const single = await insertOnePath(uri, database('one'));
  const pair = await ledgerPath(uri, database('pair'));
  const all: readonly Path[] = [one, many, single, pair];
  for (const path of all) await path.fund(shape.wallets, FUNDS);
  await replicas.open(uri, database('pair'));
  const of = async ({ spend }: { spend: Spend }, inFlight = IN_FLIGHT, replayed = 0) => {
    await run(spend, shape, { ms: WARM_UP_MS, inFlight });
    await allCaughtUp(client);
    return measured([await run(spend, shape, { ms, inFlight, replayed })]);
  };
  const paths: Repetition['paths'] = {
    ledger: await of(one),
    insertMany: await of(many),
    replicas: await together(contest, shape),
    insertOne: await of(single),
    again: await of(one, IN_FLIGHT, REPLAYED),
    transaction: await of(slow.transaction, slow.transaction.inFlight),
    medici: await of(slow.medici, slow.medici.inFlight),
  };
  await verified(client.db(database('pair')));
  const verifiedPerSecond = await verified(client.db(database('ledger')));
  const bytesPerEntry = await bytesOf(client.db(database('ledger')));
  await replicas.close();
  for (const path of all) await path.close();
  for (const name of ['ledger', 'many', 'one', 'pair']) await client.db(database(name)).dropDatabase();
  return { paths, verifiedPerSecond, bytesPerEntry };
}

async function together({ client, replicas, ms }: Contest, shape: Shape): Promise<Measured> {
  await allCaughtUp(client);
  const of = { shape: shape.name, wallets: shape.wallets.length, inFlight: IN_FLIGHT };
  // Until they have met, and have read the wallets once: that they take turns is what is measured, not how they find out.
  await replicas.run({ ...of, ms });
  return measured(await replicas.run({ ...of, ms }));
}

/** The member that a majority did not need has work left from the last path. */
async function allCaughtUp(client: MongoClient): Promise<void> {
  await client
    .db('bench')
    .collection('turns')
    .insertOne({}, { writeConcern: { w: 3 } });
}

/** Entries a second. Throws where what is stored does not add up. */
async function verified(db: Db): Promise<number> {
  const began = performance.now();
  const { entries, findings } = await verifyLedger(db);
  if (findings.length > 0) throw new Error(`the ledger does not add up: ${JSON.stringify(findings[0])}`);
  return (entries * 1_000) / (performance.now() - began);
}

async function bytesOf(db: Db): Promise<number> {
  await db.admin().command({ fsync: 1 });
  const [stats] = await db
    .collection('entries')
    .aggregate<{ storageStats: { count: number; totalSize: number } }>([{ $collStats: { storageStats: {} } }])
    .toArray();
  return stats!.storageStats.totalSize / stats!.storageStats.count;
}
