import { strict as assert } from 'node:assert';
import { MongoMemoryReplSet } from 'mongodb-memory-server';
import mongoose from 'mongoose';
import { createPictures } from '../../../src/charts/pictures.js';
import { createEncryption } from '../../../src/encryption.js';
import { createLedger } from '../../../src/ledger/ledger.js';
import { ensureLedgerIndexes } from '../../../src/ledger/line.js';
import { findMongod } from '../../../src/local/mongod.js';
import { connectMongo, disconnectMongo, syncIndexes } from '../../../src/mongo.js';
import { makeDueSummaries, type SummaryDeps } from '../../../src/notices/summaries/summaries.js';
import { percentile, rounded } from '../figures.js';
import { openProbes } from './alert-latency.js';
import { jobForEach } from './job-each.js';
import { makeManyWorkspaces, MONTH } from './many-workspaces.js';

const TIMES_FASTER = 50;
const ALERT_WITHIN_MS = 2_000;
const DUE = new Date(MONTH.to.getTime() + 10 * 60_000);
const FAR = new Date('2100-01-01T00:00:00Z');

/**
 * Monthly summaries prepared a minute where a hundred thousand workspaces (quick: five thousand) are due at once, beside
 * one Agenda job for each, of which a sample is waited for; and how long a balance's fall takes to be posted meanwhile.
 */
export async function benchSweeps({ quick }: { quick: boolean }): Promise<object> {
  const { path: systemBinary } = await findMongod({ env: process.env });
  const set = await MongoMemoryReplSet.create({
    binary: { systemBinary },
    replSet: { count: 1, storageEngine: 'wiredTiger', args: ['--wiredTigerCacheSizeGB', '2'] },
  });
  try {
    await connectMongo(set.getUri('sweeps'));
    await syncIndexes();
    return await measure(quick ? 5_000 : 100_000, quick ? 100 : 300);
  } finally {
    await disconnectMongo();
    await set.stop();
  }
}

async function measure(count: number, waitedFor: number): Promise<object> {
  const db = mongoose.connection.db!;
  await ensureLedgerIndexes(db);
  const ledger = createLedger(db);
  const { addressOf } = createPictures(createEncryption([{ id: 'k1', key: Buffer.alloc(32, 7) }]), 'https://bot.test');
  const faults: object[] = [];
  const deps: SummaryDeps = {
    ledger,
    pictureOf: addressOf,
    log: { error: (fault: object) => void faults.push(fault) },
  };
  const began = performance.now();
  await makeManyWorkspaces(db, ledger, deps, count);
  const probes = await openProbes(ledger, new Date(MONTH.to.getTime() + 60_000), count / 100, clockFrom(DUE));
  console.log(`${count} workspaces made in ${Math.round((performance.now() - began) / 1_000)} s`);

  const schedules = db.collection<{ _id: string; period: string; dueAt: Date }>('summary_schedules');
  const open = { period: MONTH.period };
  await schedules.updateMany(open, { $set: { dueAt: FAR } });
  const workspaces = Array.from({ length: count }, (_, i) => `ws_bench_${i}`);
  const jobs = await jobForEach(db, deps, { workspaces, waitedFor, at: DUE });
  console.log(`${jobs.done} summaries by jobs: ${Math.round(jobs.perMinute)} a minute`);
  await schedules.updateMany(open, { $set: { dueAt: MONTH.to } });

  let over = false;
  const sweeping = sweep(deps, DUE).finally(() => (over = true));
  const alerts = await probes.run(() => over);
  const { made, minutes } = await sweeping;
  await probes.stop();
  assert.deepEqual(faults, []);
  const perMinute = made / minutes;
  console.log(
    `${made} by the sweep in ${rounded(minutes)} min; ${probes.posted()} posts and ${alerts.length} alerts meanwhile`,
  );
  return {
    bench: 'sweeps',
    workspaces: count,
    minutes: rounded(minutes),
    summariesPerMinute: { sweep: Math.round(perMinute), jobForEach: Math.round(jobs.perMinute), sampled: jobs.done },
    ratios: { 'sweep against a job for each': { ratio: rounded(perMinute / jobs.perMinute), bar: TIMES_FASTER } },
    alertPosted: {
      probes: alerts.length,
      p50Ms: rounded(percentile(alerts, 0.5)),
      p99Ms: rounded(percentile(alerts, 0.99)),
      bar: ALERT_WITHIN_MS,
    },
  };
}

async function sweep(deps: SummaryDeps, at: Date): Promise<{ made: number; minutes: number }> {
  const began = performance.now();
  const made = await makeDueSummaries(deps, at, () => false);
  return { made, minutes: (performance.now() - began) / 60_000 };
}

/** The hour after the month's end, in which its summaries are posted. */
function clockFrom(start: Date): () => Date {
  const began = performance.now();
  return () => new Date(start.getTime() + performance.now() - began);
}
