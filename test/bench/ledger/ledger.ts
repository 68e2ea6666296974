import { loadavg } from 'node:os';
import { MongoClient } from 'mongodb';
import { MongoMemoryReplSet } from 'mongodb-memory-server';
import { newId } from '../../../src/id.js';
import { findMongod } from '../../../src/local/mongod.js';
import { median, percentile, rounded } from '../figures.js';
import { bestConcurrency } from './best-concurrency.js';
import { benchHttp } from './http.js';
import { alone } from './measure.js';
import { mediciPath } from './medici.js';
import { ledgerPath, transactionPath } from './paths.js';
import { medianOf, ratio, ratiosOf } from './ratios.js';
import { repeat, type Repetition } from './repetition.js';
import { type Replicas, startReplicas } from './replicas.js';
import { createShape, SHAPES, type ShapeName } from './shapes.js';

const FUNDS = 1_000_000_000;
const WALLETS = 10_000;
const VERIFIER_BAR = 100_000;
const IDLE_BAR = 1.3;

interface Extent {
  repetitions: number;
  ms: number;
  searchMs: number;
  idleEvents: number;
}

const FULL: Extent = { repetitions: 5, ms: 2_500, searchMs: 500, idleEvents: 1_000 };
const QUICK: Extent = { repetitions: 1, ms: 1_500, searchMs: 300, idleEvents: 250 };

/** Every path on every shape in turns, on one set of three members with majority writes: each ratio beside its bar. */
export async function benchLedger({ quick }: { quick: boolean }): Promise<object> {
  const extent = quick ? QUICK : FULL;
  const { path: systemBinary, version: mongod } = await findMongod({ env: process.env });
  const set = await MongoMemoryReplSet.create({
    binary: { systemBinary },
    replSet: { count: 3, storageEngine: 'wiredTiger', args: ['--wiredTigerCacheSizeGB', '0.25'] },
  });
  const replicas = startReplicas(2);
  try {
    const uri = set.getUri();
    const loadBefore = loadavg().map(rounded);
    const shapes = {
      hot: await onShape('hot', { uri, replicas, extent }),
      zipf: await onShape('zipf', { uri, replicas, extent }),
      uniform: await onShape('uniform', { uri, replicas, extent }),
    };
    const idle = await whileIdle(uri, extent.idleEvents);
    const http = await benchHttp(set.getUri('bench_http'), { ms: extent.ms });
    const repetitions = { hot: shapes.hot.runs, zipf: shapes.zipf.runs, uniform: shapes.uniform.runs };
    const verifier = median(SHAPES.flatMap((name) => repetitions[name].map((one) => one.verifiedPerSecond)));
    const ratios = [
      ...ratiosOf(repetitions),
      ratio('p99 of an event alone, against a lone majority insert', idle.ledgerP99 / idle.insertP99, IDLE_BAR, true),
      ratio('verifier, entries a second', Math.round(verifier), VERIFIER_BAR),
    ];
    for (const { name, ratio: reached, bar } of ratios) console.log(`${name}: ${reached} (${bar})`);
    return {
      bench: 'ledger',
      mongod,
      medici: shapes.hot.medici,
      members: 3,
      repetitions: extent.repetitions,
      secondsEach: extent.ms / 1_000,
      load: { before: loadBefore, after: loadavg().map(rounded) },
      ratios,
      idle,
      http,
      figures: Object.fromEntries(SHAPES.map((name) => [name, figuresOf(shapes[name])])),
    };
  } finally {
    replicas.stop();
    await set.stop();
  }
}

interface OnShape {
  runs: readonly Repetition[];
  medici: string;
  /** At which the slow paths were found to be fastest. */
  inFlight: Record<'transaction' | 'medici', number>;
}

async function onShape(
  name: ShapeName,
  { uri, replicas, extent }: { uri: string; replicas: Replicas; extent: Extent },
): Promise<OnShape> {
  const { ms, searchMs, repetitions } = extent;
  const shape = createShape(name, WALLETS);
  const client = await MongoClient.connect(uri);
  const transaction = await transactionPath(uri, `bench_${name}_transaction`);
  const medici = await mediciPath(uri, `bench_${name}_medici`);
  for (const path of [transaction, medici]) await path.fund(shape.wallets, FUNDS);
  const inFlight = {
    transaction: await bestConcurrency(transaction.spend, shape, searchMs),
    medici: await bestConcurrency(medici.spend, shape, searchMs),
  };
  const slow = {
    transaction: { spend: transaction.spend, inFlight: inFlight.transaction },
    medici: { spend: medici.spend, inFlight: inFlight.medici },
  };
  const runs: Repetition[] = [];
  for (let i = 0; i < repetitions; i++) {
    const done = await repeat({ client, uri, ms, replicas, slow }, shape);
    runs.push(done);
    const told = Object.entries(done.paths).map(([path, { perSecond }]) => `${path} ${Math.round(perSecond)}`);
    console.log(`${name}, events/s: ${told.join(', ')}`);
  }
  await Promise.all([transaction.close(), medici.close(), client.close()]);
  return { runs, medici: medici.version, inFlight };
}

function figuresOf({ runs, inFlight }: OnShape): object {
  const of = (path: keyof Repetition['paths']) => medianOf(runs.map(({ paths }) => paths[path]));
  return {
    ledger: of('ledger'),
    'ledger, 5 % again': of('again'),
    'two replicas': of('replicas'),
    'insertMany(500)': of('insertMany'),
    insertOne: of('insertOne'),
    transaction: { ...of('transaction'), inFlight: inFlight.transaction },
    medici: { ...of('medici'), inFlight: inFlight.medici },
    bytesPerEntry: Math.round(median(runs.map(({ bytesPerEntry }) => bytesPerEntry))),
  };
}

/** A posting alone against a majority insert alone, in turns. */
async function whileIdle(uri: string, count: number) {
  const ledger = await ledgerPath(uri, 'bench_idle');
  const client = await MongoClient.connect(uri);
  const plain = client.db('bench_idle').collection<{ _id: string; amountMinor: number }>('plain');
  await ledger.fund(['ws_1'], FUNDS);
  const took = { ledger: new Array<number>(), insert: new Array<number>() };
  const writeConcern = { w: 'majority', journal: true } as const;
  const insert = async () => void (await plain.insertOne({ _id: newId('ev'), amountMinor: 1 }, { writeConcern }));
  for (let done = 0; done < count; done += 25) {
    took.insert.push(...(await alone(25, insert)));
    took.ledger.push(...(await alone(25, () => ledger.spend('ws_1', newId('ev'), 1))));
  }
  await ledger.close();
  await client.close();
  const of = (values: readonly number[], share: number) => rounded(percentile(values, share));
  return {
    ledgerP50: of(took.ledger, 0.5),
    ledgerP99: of(took.ledger, 0.99),
    insertP50: of(took.insert, 0.5),
    insertP99: of(took.insert, 0.99),
  };
}
