import { afterEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { register } from 'prom-client';
import { type Clock, JOBS, startClock } from '../../src/jobs/clock.js';
import type { Ran, Run, Sweep } from '../../src/jobs/sweep.js';
import { countOutcome, countRun, reportHealth } from '../../src/jobs/metrics.js';
import { inspect } from '../../src/jobs/watchdog.js';
import { createLog } from '../../src/log.js';
import { enqueue } from '../../src/notices/outbox/outbox.js';
import { useDatabase } from '../support/database.js';

useDatabase();

/** Agenda leaves a timer of half a minute behind each run; jest need not wait for it. */
const schedule = globalThis.setTimeout;
globalThis.setTimeout = ((...timer: Parameters<typeof schedule>) => schedule(...timer).unref()) as typeof setTimeout;

const faults: string[] = [];
const log = createLog({ level: 'warn', write: (line) => void faults.push(line) });
const clocks: Clock[] = [];
const ran: Ran[] = [];

afterEach(async () => {
  await Promise.all(clocks.splice(0).map((clock) => clock.stop()));
  await mongoose.connection.collection(JOBS).deleteMany({});
  faults.length = 0;
  ran.length = 0;
});

const db = () => mongoose.connection.db!;

async function start(...sweeps: Sweep[]): Promise<Clock> {
  const clock = await startClock({ db: db(), sweeps, log, onRun: (one) => void ran.push(one) });
  clocks.push(clock);
  return clock;
}

/** A sweep that tells when it is woken, and runs until it is let go. */
function watched(name: string) {
  let runs = 0;
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  let wake: (run: Run) => void = () => undefined;
  const woken = new Promise<Run>((resolve) => (wake = resolve));
  const sweep: Sweep = {
    name,
    everySeconds: 60,
    run(run) {
      runs++;
      wake(run);
      return held;
    },
  };
  return { sweep, woken, letGo: () => letGo(), runs: () => runs };
}

describe('the clock', () => {
  test('wakes a sweep; a replica that boots meanwhile does not start it a second time', async () => {
    const first = watched('slow');
    await start(first.sweep);
    await first.woken;
    const booting = watched('slow');
    const probe = watched('probe');
    await start(booting.sweep, probe.sweep);
    await probe.woken;
    expect(booting.runs()).toBe(0);
    first.letGo();
    probe.letGo();
    expect(await db().collection(JOBS).countDocuments({ name: 'slow' })).toBe(1);
  });

  test('stops only when what is in hand has ended, and gives its locks back', async () => {
    const slow = watched('slow');
    const clock = await start(slow.sweep);
    const run = await slow.woken;
    expect(run.timeIsUp()).toBe(false);
    const stopped = clock.stop();
    expect(run.timeIsUp()).toBe(true);
    slow.letGo();
    await stopped;
    expect(
      await db()
        .collection(JOBS)
        .countDocuments({ lockedAt: { $ne: null } }),
    ).toBe(0);
  });

  test('a sweep that fails is logged and stays scheduled', async () => {
    const failing = watched('failing');
    const run = failing.sweep.run;
    const clock = await start({ ...failing.sweep, run: (how) => run(how).then(() => Promise.reject(new Error('no'))) });
    await failing.woken;
    failing.letGo();
    await clock.stop();
    expect(ran).toMatchObject([{ sweep: 'failing', outcome: 'failed' }]);
    expect(faults).toEqual([expect.stringContaining('a sweep failed; its next run looks again')]);
    expect(
      await db()
        .collection(JOBS)
        .countDocuments({ name: 'failing', nextRunAt: { $ne: null } }),
    ).toBe(1);
  });

  test('a changed interval reaches the document without touching its lock', async () => {
    const sweep = watched('sweep');
    await start(sweep.sweep);
    await sweep.woken;
    const before = await db().collection(JOBS).findOne({ name: 'sweep' });
    await start({ ...sweep.sweep, everySeconds: 5 });
    const after = await db().collection(JOBS).findOne({ name: 'sweep' });
    expect(after).toMatchObject({ repeatInterval: '5 seconds', lockedAt: before?.['lockedAt'] });
    sweep.letGo();
  });
});

describe('the watchdog', () => {
  const sweeps: Sweep[] = ['a', 'b', 'c'].map((name) => ({ name, everySeconds: 60, run: async () => undefined }));

  test('sees sweeps that nothing wakes, and notices that wait', async () => {
    const at = new Date(Date.now() + 10 * 60_000);
    await db()
      .collection(JOBS)
      .insertMany([
        { name: 'a', repeatInterval: '60 seconds', nextRunAt: at },
        { name: 'b', repeatInterval: '60 seconds', nextRunAt: new Date(at.getTime() - 4 * 60_000) },
      ]);
    const to = { channel: { platform: 'slack' as const, tenant: 'T1', channel: 'C1' } };
    await enqueue([{ id: 'n', account: 'acc_1', to, card: { name: 'test', parts: [] } }]);
    const due: Sweep = { ...sweeps[0]!, oldestDue: async () => new Date(at.getTime() - 7_000) };
    const health = await inspect(db(), [due, ...sweeps.slice(1)], at);
    expect(health).toMatchObject({
      missing: ['c'],
      overdue: ['b'],
      lateMs: { a: 7_000 },
      outbox: { due: 1, unknown: 0, dead: 0 },
    });
    expect(health.outbox.oldestDueMs).toBeGreaterThan(9 * 60_000);
  });

  test('tells it on /metrics, with what became of rows, by platform, and how long the sweeps took', async () => {
    const at = new Date(Date.now() + 10 * 60_000);
    const due: Sweep = { ...sweeps[0]!, name: 'due', oldestDue: async () => new Date(at.getTime() - 7_000) };
    reportHealth(await inspect(db(), [due], at));
    countOutcome('sent', 'teams');
    countRun({ sweep: 'due', tookMs: 40, outcome: 'done' });
    const metrics = await register.metrics();
    for (const line of [
      'sweep_oldest_due_seconds{sweep="due"} 7',
      'outbox_rows_total{outcome="sent",platform="teams"} 1',
      'sweep_duration_seconds_bucket{le="0.05",sweep="due",outcome="done"} 1',
    ]) {
      expect(metrics).toContain(line);
    }
    for (const name of ['outbox_oldest_due_seconds', 'outbox_due', 'outbox_unknown', 'outbox_dead'])
      expect(metrics).toContain(`${name} `);
  });
});
