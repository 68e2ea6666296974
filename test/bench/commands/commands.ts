import { strict as assert } from 'node:assert';
import { COMMANDS } from '../../../src/commands/registry.js';
import { connectMongo, disconnectMongo } from '../../../src/mongo.js';
import type { OwnMongod } from '../../support/own-mongod.js';
import { startProductProcess } from '../../support/product-process.js';
import { OWNER } from '../bench-company.js';
import { BOT_TOKEN, type Crowd, SIGNING_SECRET } from '../crowd.js';
import { median, rounded } from '../figures.js';
import { type RoundTrips, roundTrips } from '../round-trips.js';
import { foundCompanyOf } from './grow.js';
import { TYPED } from './typed.js';

const SIZES = { small: { members: 5, workspaces: 2 }, large: { members: 5_000, workspaces: 300 } } as const;
/** Of the large company's median to the small one's. */
const BAR = 1.5;

/** How often each command is typed before it counts, and then. */
interface Often {
  warming: number;
  repetitions: number;
}

type Name = keyof typeof SIZES;
type PerSize<T> = Record<Name, T>;

/**
 * Every command of the table, typed by the owner of a company of 5,000 members and 300 workspaces who is in all of them,
 * and by the owner of one of 5 and 2: each company has a database and a product of its own, and they take turns.
 */
export async function benchCommands(
  crowd: Crowd,
  mongod: OwnMongod,
  often: Often,
): Promise<{ worst: { command: string; ratio: number; bar: number; met: boolean }; [figure: string]: unknown }> {
  const untyped = COMMANDS.filter(({ name }) => !TYPED[name]);
  assert.deepEqual(untyped, [], 'every command is typed');
  const trips: PerSize<RoundTrips> = { small: await prepare(mongod, 'small'), large: await prepare(mongod, 'large') };
  const slack = { apiUrl: crowd.apiUrl, signingSecret: SIGNING_SECRET, botToken: BOT_TOKEN };
  const small = await startProductProcess({ mongodbUri: uriOf(mongod, 'small'), slack });
  const large = await startProductProcess({ mongodbUri: uriOf(mongod, 'large'), slack });
  try {
    const took = await inTurns(crowd, { small: small.url, large: large.url }, often);
    return report(took, trips);
  } finally {
    await Promise.all([small.stop(), large.stop()]);
  }
}

const uriOf = (mongod: OwnMongod, name: Name): string => mongod.uri.replace('/product?', `/${name}?`);

async function prepare(mongod: OwnMongod, name: Name): Promise<RoundTrips> {
  await connectMongo(`${uriOf(mongod, name)}&monitorCommands=true`);
  try {
    await foundCompanyOf(SIZES[name]);
    return await roundTrips();
  } finally {
    await disconnectMongo();
  }
}

async function inTurns(
  crowd: Crowd,
  urls: PerSize<string>,
  { warming, repetitions }: Often,
): Promise<Map<string, PerSize<number[]>>> {
  const took = new Map(
    Object.keys(TYPED).map((name) => [name, { small: new Array<number>(), large: new Array<number>() }]),
  );
  for (let i = -warming; i < repetitions; i++) {
    const order = i % 2 === 0 ? (['small', 'large'] as const) : (['large', 'small'] as const);
    for (const [command, [text, answer]] of Object.entries(TYPED)) {
      for (const size of order) {
        const { answerMs } = await crowd.asks(urls[size], OWNER, text, answer);
        if (i >= 0) took.get(command)?.[size].push(answerMs);
      }
    }
  }
  return took;
}

function report(took: Map<string, PerSize<number[]>>, trips: PerSize<RoundTrips>) {
  const commands = Object.fromEntries(
    [...took].map(([command, { small, large }]) => {
      const milliseconds = { small: rounded(median(small)), large: rounded(median(large)) };
      const ratio = rounded(median(large) / median(small));
      const of = (cost: 'documents' | 'keys') => ({
        small: trips.small[command]![cost],
        large: trips.large[command]![cost],
      });
      const roundTrips = { small: trips.small[command]!.trips.length, large: trips.large[command]!.trips.length };
      const figures = { ratio, milliseconds, roundTrips, documents: of('documents'), keys: of('keys') };
      console.log(`${command}: ${JSON.stringify(figures)}`);
      return [command, figures];
    }),
  );
  const [command, { ratio }] = Object.entries(commands).toSorted(([, a], [, b]) => b.ratio - a.ratio)[0]!;
  return { sizes: SIZES, worst: { command, ratio, bar: BAR, met: ratio <= BAR }, commands };
}
