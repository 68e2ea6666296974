import { MongoMemoryReplSet } from 'mongodb-memory-server';
import { MongoClient } from 'mongodb';
import { findMongod } from '../../../src/local/mongod.js';
import { newId } from '../../../src/id.js';
import { median, percentile, rounded } from '../figures.js';
import { alone, type Measured, measure } from './measure.js';
import { mediciPath } from './medici.js';
import { insertPath, ledgerPath, type Path, transactionPath } from './paths.js';
import { createShape, type Shape, type ShapeName } from './shapes.js';

const FUNDS = 1_000_000_000;
const SHAPES: readonly ShapeName[] = ['hot', 'zipf', 'uniform'];

/** Every path on every shape in turns, on one set of three members; the ledger is verified after each of its runs. */
export async function benchLedger({ quick }: { quick: boolean }): Promise<object> {
  const [repetitions, ms, wallets] = quick ? [1, 1_500, 10_000] : [5, 3_000, 10_000];
  const { path: systemBinary } = await findMongod({ env: process.env });
  const set = await MongoMemoryReplSet.create({
    binary: { systemBinary },
    replSet: { count: 3, storageEngine: 'wiredTiger', args: ['--wiredTigerCacheSizeGB', '0.25'] },
  });
  try {
    const uri = set.getUri();
    const figures: Record<string, object> = {};
    const ratios: Record<string, number> = {};
    let medici = '';
    for (const name of SHAPES) {
      const shape = createShape(name, wallets);
      const measured = await onShape(uri, shape, { repetitions, ms });
      medici = measured.medici;
      figures[name] = Object.fromEntries(measured.medians);
      Object.assign(ratios, ratiosOf(name, measured.medians));
    }
    const idle = await whileIdle(uri, quick ? 200 : 500);
    ratios['idle p99 against a lone insert'] = rounded(idle.ledgerP99 / idle.insertP99);
    return { bench: 'ledger', members: 3, repetitions, secondsEach: ms / 1_000, medici, ratios, idle, figures };
  } finally {
    await set.stop();
  }
}

type Medians = Map<string, Measured & { verifiedPerSecond?: number }>;

async function onShape(
  uri: string,
  shape: Shape,
  of: { repetitions: number; ms: number },
): Promise<{ medians: Medians; medici: string }> {
  const database = (name: string) => `bench_${shape.name}_${name}`;
  const medici = await mediciPath(uri, database('medici'));
  const paths: Path[] = [
    await ledgerPath(uri, database('ledger')),
    await insertPath(uri, database('many'), 500),
    await insertPath(uri, database('one'), 1),
    await transactionPath(uri, database('transaction')),
    medici,
  ];
  const pair = await ledgerPath(uri, database('pair'), 2);
  const all = [...paths, pair];
  const runs = new Map<string, Measured[]>();
  const verified: number[] = [];
  const run = async (name: string, path: Path, replayed = 0) => {
    const measured = await measure(path, shape, of.ms, replayed);
    runs.set(name, [...(runs.get(name) ?? []), measured]);
    console.log(`${shape.name} ${name}: ${Math.round(measured.perSecond)}/s, p99 ${rounded(measured.p99)} ms`);
    if (path.verify) verified.push((await path.verify()).perSecond);
  };
  for (const path of all) await path.fund(shape.wallets, FUNDS);
  for (let i = 0; i < of.repetitions; i++) {
    for (const path of all) await run(path.name, path);
    await run('ledger, 5 % again', paths[0]!, 0.05);
  }
  for (const path of all) await path.close();
  const medians: Medians = new Map([...runs].map(([name, measured]) => [name, medianOf(measured)]));
  const own = medians.get('ledger');
  if (own) own.verifiedPerSecond = Math.round(median(verified));
  return { medians, medici: medici.version };
}

function medianOf(measured: readonly Measured[]): Measured {
  const of = (field: keyof Measured) => rounded(median(measured.map((one) => one[field])));
  return { perSecond: of('perSecond'), p50: of('p50'), p99: of('p99'), cpuMicros: of('cpuMicros') };
}

function ratiosOf(shape: ShapeName, medians: Medians): Record<string, number> {
  const perSecond = (name: string) => medians.get(name)?.perSecond ?? Number.NaN;
  const p99 = (name: string) => medians.get(name)?.p99 ?? Number.NaN;
  const against = (name: string) => rounded(perSecond('ledger') / perSecond(name));
  return {
    [`${shape}: against medici`]: against('medici'),
    [`${shape}: against a transaction per event`]: against('transaction'),
    [`${shape}: against insertOne`]: against('insertOne'),
    [`${shape}: against insertMany(500)`]: against('insertMany(500)'),
    [`${shape}: 5 % again against none`]: rounded(perSecond('ledger, 5 % again') / perSecond('ledger')),
    [`${shape}: two replicas against one`]: rounded(perSecond('ledger x2') / perSecond('ledger')),
    [`${shape}: p99 of two replicas against one`]: rounded(p99('ledger x2') / p99('ledger')),
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
  for (let i = 0; i < 5; i++) {
    const insert = async () => void (await plain.insertOne({ _id: newId('ev'), amountMinor: 1 }, { writeConcern }));
    took.insert.push(...(await alone(count / 5, insert)));
    took.ledger.push(...(await alone(count / 5, () => ledger.spend('ws_1', newId('ev'), 1))));
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
