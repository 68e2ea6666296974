import { strict as assert } from 'node:assert';
import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import { type Db, ObjectId } from 'mongodb';
import { makeDueSummaries, type SummaryDeps } from '../../../src/notices/summaries/summaries.js';

const JOBS = 'agendaSample';
const AT_MOST_MS = 120_000;
/** As many as are worked on are locked: without a limit it locks all that are due before it begins. */
const AT_ONCE = { concurrency: 20, lockLimit: 20 };

/** A way without sweeps: every workspace has an Agenda job of its own, all of them are due, and some are waited for. */
export interface JobForEach {
  /** Resolves with how many are done a minute. */
  perMinute: number;
  done: number;
}

/** Agenda with twenty workers and a job for each workspace; those that ran are closed afterwards, the others as they were. */
export async function jobForEach(
  db: Db,
  deps: SummaryDeps,
  of: { workspaces: readonly string[]; waitedFor: number; at: Date },
): Promise<JobForEach> {
  const { workspaces, waitedFor, at } = of;
  const schedules = db.collection<{ _id: string; dueAt: Date }>('summary_schedules');
  const agenda = new Agenda({ backend: new MongoBackend({ mongo: db, collection: JOBS }), name: 'bench' });
  await agenda.ready;
  let done = 0;
  let stopped = false;
  const inHand = new Set<Promise<void>>();
  let over: () => void = () => undefined;
  const enough = new Promise<void>((resolve) => (over = resolve));
  const makeOne = async (workspace: string): Promise<void> => {
    await schedules.updateOne({ _id: workspace }, { $set: { dueAt: at } });
    await makeDueSummaries(deps, at, () => false);
    if (++done === waitedFor) over();
  };
  agenda.define<{ workspace: string }>(
    'summary',
    // oxlint-disable-next-line typescript/no-misused-promises -- Agenda waits for it: the overload that does comes second
    async ({ attrs }) => {
      if (stopped) return;
      const made = makeOne(attrs.data.workspace);
      inHand.add(made);
      await made.finally(() => inHand.delete(made));
    },
    AT_ONCE,
  );
  await makeJobs(db, agenda, workspaces);
  const timer = setTimeout(over, AT_MOST_MS);
  const began = performance.now();
  await agenda.start();
  await enough;
  const minutes = (performance.now() - began) / 60_000;
  const perMinute = done / minutes;
  clearTimeout(timer);
  stopped = true;
  await agenda.stop(false);
  await Promise.allSettled(inHand);
  await db.collection(JOBS).drop();
  return { perMinute, done };
}

/** Agenda writes one, the others are like it: to have it write each takes longer than all the rest. */
async function makeJobs(db: Db, agenda: Agenda, workspaces: readonly string[]): Promise<void> {
  const [first, ...others] = workspaces;
  await agenda.schedule(new Date(), 'summary', { workspace: first });
  const job = await db.collection(JOBS).findOne({ name: 'summary' });
  assert(job);
  await db
    .collection(JOBS)
    .insertMany(others.map((workspace) => ({ ...job, _id: new ObjectId(), data: { workspace } })));
}
