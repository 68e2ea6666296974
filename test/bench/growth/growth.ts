import { strict as assert } from 'node:assert';
import { MongoMemoryReplSet } from 'mongodb-memory-server';
import type { Db } from 'mongodb';
import mongoose from 'mongoose';
import { forecastOf } from '../../../src/forecast/forecast-of.js';
import { findMongod } from '../../../src/local/mongod.js';
import type { Ledger } from '../../../src/ledger/entry.js';
import type { Place } from '../../../src/ledger/line-batches.js';
import { linesOf } from '../../../src/ledger/line.js';
import { verifyLedger, verifySlice } from '../../../src/ledger/verify.js';
import { disconnectMongo } from '../../../src/mongo.js';
import { reviseAlert } from '../../../src/notices/alerts/revise.js';
import type { Workspace } from '../../../src/workspace/entities.js';
import { median, rounded } from '../figures.js';
import { closeTheMonth } from './summary.js';
import { buildSmall, buildWorld, FEW, MONTH, type World } from './world.js';

const REPETITIONS = 5;
const CALLS = 200;
const MONTH_CALLS = 20;
const PAGE = 50;
const BALANCE = 1_000_000;
const FLAT = 1.3;
const MONTHLY = 1.5;
const VERIFIED_A_SECOND = 100_000;

/** The same thing done where there is little and where there is much; the ratio of the two has a bar. */
interface Row {
  bar: number;
  calls: number;
  /** Resolves with what it took, in milliseconds. */
  small: (i: number) => Promise<number>;
  big: (i: number) => Promise<number>;
}

/** What a chain of ten million entries (quick: one million) costs against one of ten thousand, and the verifier's speed. */
export async function benchGrowth({ quick }: { quick: boolean }): Promise<object> {
  const { path: systemBinary } = await findMongod({ env: process.env });
  const set = await MongoMemoryReplSet.create({
    binary: { systemBinary },
    replSet: { count: 1, storageEngine: 'wiredTiger', args: ['--wiredTigerCacheSizeGB', '1'] },
  });
  try {
    const began = performance.now();
    const lines = quick ? 1_000_000 : 10_000_000;
    const world = await buildWorld(set.getUri('growth_big'), lines);
    const smallDb = mongoose.connection.getClient().db('growth_small');
    const small = await buildSmall(smallDb);
    console.log(`built in ${Math.round((performance.now() - began) / 1_000)} s`);
    // The months first: what the events add later is swept into the running totals only in the product.
    const months = await costsOf(monthRows(world));
    const flat = await costsOf(flatRows(world, lines, small));
    const verified = await verifyInParts(world.db);
    assert.deepEqual((await verifyLedger(smallDb)).findings, []);
    const { entries, perSecond } = verified;
    const verifier = { 'verifier, entries/s': { value: perSecond, bar: VERIFIED_A_SECOND } };
    const ratios = { ...flat.ratios, ...months.ratios, ...verifier };
    const milliseconds = { ...flat.medians, ...months.medians };
    return { bench: 'growth', entries, against: FEW, repetitions: REPETITIONS, ratios, milliseconds };
  } finally {
    await disconnectMongo();
    await set.stop();
  }
}

function flatRows({ ledger, many }: World, lines: number, small: Awaited<ReturnType<typeof buildSmall>>) {
  const row = (call: (ledger: Ledger, wallet: string, lines: number, i: number) => Promise<unknown>): Row => ({
    bar: FLAT,
    calls: CALLS,
    small: (i) => timed(() => call(small.ledger, small.wallet, FEW, i)),
    big: (i) => timed(() => call(ledger, many.id, lines, i)),
  });
  return {
    balance: row((of, wallet) => of.head(wallet)),
    'last page': row((of, wallet) => of.history(wallet, { limit: PAGE })),
    'middle page': row((of, wallet, count, i) => of.history(wallet, { limit: PAGE, before: count / 2 + i })),
    'idle event': row(async (of, wallet, _count, i) => {
      const event = { wallet, key: `u:idle_${i}`, kind: 'usage', amountMinor: -1, contra: 'revenue' } as const;
      const { outcome } = await of.post({ ...event, at: MONTH.to });
      assert.equal(outcome, 'posted');
    }),
  };
}

function monthRows(world: World): Record<string, Row> {
  const { ledger, many, few } = world;
  const totals = (of: string) => timed(() => ledger.totals(of, MONTH.from, MONTH.to));
  const forecastFor = ({ id: wallet, timeZone: zone }: Workspace) =>
    timed(() => forecastOf(ledger, { wallet, zone, balanceMinor: BALANCE, at: MONTH.to }));
  const decide = (workspace: Workspace) => timed(() => reviseAlert(ledger, workspace, MONTH.to));
  const rows = { bar: MONTHLY, calls: MONTH_CALLS };
  return {
    "month's totals": { ...rows, small: () => totals(few.id), big: () => totals(many.id) },
    "month's summary": {
      ...rows,
      small: () => closeTheMonth(world, few),
      big: () => closeTheMonth(world, many),
    },
    'alert decision': { ...rows, small: () => decide(few), big: () => decide(many) },
    forecast: { ...rows, small: () => forecastFor(few), big: () => forecastFor(many) },
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** In turns, small and big one after the other; a first call of each is for warming up. */
async function costsOf(rows: Readonly<Record<string, Row>>) {
  const took = new Map(
    Object.keys(rows).map((name) => [name, { small: new Array<number>(), big: new Array<number>() }]),
  );
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    for (const [name, { calls, small, big }] of Object.entries(rows)) {
      const these = { small: new Array<number>(), big: new Array<number>() };
      for (let i = -1; i < calls; i++) {
        const number = repetition * (calls + 1) + i + 1;
        const [fast, slow] = [await small(number), await big(number)];
        if (i < 0) continue;
        these.small.push(fast);
        these.big.push(slow);
      }
      took.get(name)?.small.push(median(these.small));
      took.get(name)?.big.push(median(these.big));
    }
  }
  const medians: Record<string, { small: number; big: number }> = {};
  const ratios: Record<string, { ratio: number; bar: number }> = {};
  for (const [name, { small, big }] of took) {
    medians[name] = { small: rounded(median(small)), big: rounded(median(big)) };
    const each = big.map((ms, repetition) => ms / small[repetition]!);
    ratios[name] = { ratio: rounded(median(each)), bar: rows[name]!.bar };
    console.log(`${name}: ${JSON.stringify(medians[name])}`);
  }
  return { medians, ratios };
}

/** The whole ledger in as many parts as there are repetitions; throws where it does not add up. */
async function verifyInParts(db: Db): Promise<{ entries: number; perSecond: number }> {
  const all = await linesOf(db).estimatedDocumentCount();
  const speeds: number[] = [];
  let entries = 0;
  let after: Place | undefined;
  do {
    const start = performance.now();
    const part = { entries: Math.ceil(all / REPETITIONS), timeIsUp: () => false };
    const slice = await verifySlice(db, { ...part, ...(after && { after }) });
    assert.deepEqual(slice.findings, []);
    speeds.push((slice.entries * 1_000) / (performance.now() - start));
    entries += slice.entries;
    after = slice.stoppedAt;
  } while (after);
  assert.equal(entries, all);
  return { entries, perSecond: Math.round(median(speeds.slice(0, REPETITIONS))) };
}
