import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import { type Db, MongoServerError } from 'mongodb';
import { newId } from '../id.js';
import type { Log } from '../log.js';
import type { Ran, Sweep } from './sweep.js';

/** Agenda's collection: one document for each sweep, ever. */
export const JOBS = 'agendaJobs';

/** A dead replica's sweep is taken over after this. */
const LOCK_MS = 60_000;
/** What a run may take, so that it is over long before its lock is. */
const WORK_MS = 20_000;
const POLL_MS = 2_000;
const START_WITHIN_MS = 10_000;
const DUPLICATE_KEY = 11_000;

export interface Clock {
  /**
   * Starts no more runs; resolves when those in hand have ended and their locks are given back. Agenda leaves a timer
   * of half a minute behind each run: the process ends by its own word, not by running dry.
   */
  stop(): Promise<void>;
}

/**
 * Wakes the sweeps with Agenda, each on one replica at a time. Agenda's documents say only when to look; what is due
 * stands in our own collections. `db` is the connection's own handle and stays open.
 */
export async function startClock(deps: {
  db: Db;
  sweeps: readonly Sweep[];
  log: Pick<Log, 'error'>;
  onRun?: (ran: Ran) => void;
  now?: () => Date;
}): Promise<Clock> {
  const { db, sweeps, log } = deps;
  const now = deps.now ?? (() => new Date());
  const replica = newId('replica');
  await onlyOneOfEach(db);
  const backend = new MongoBackend({ mongo: db, collection: JOBS });
  const agenda = new Agenda({ backend, name: replica, processEvery: POLL_MS });
  agenda.on('error', (error: Error) => log.error({ err: error }, 'the clock of the sweeps is in trouble'));
  /** Ends with Agenda's own last write about the run. */
  const runs = new Set<Promise<void>>();
  let stopping = false;

  for (const sweep of sweeps) {
    const handler = async () => {
      if (stopping) return;
      const over = new Promise<void>((resolve) => agenda.once(`complete:${sweep.name}`, () => resolve()));
      runs.add(over);
      void over.then(() => runs.delete(over));
      const until = Date.now() + WORK_MS;
      const began = performance.now();
      let outcome: Ran['outcome'] = 'done';
      try {
        await sweep.run({ at: now(), timeIsUp: () => stopping || Date.now() >= until });
      } catch (error) {
        outcome = 'failed';
        log.error({ err: error, sweep: sweep.name }, 'a sweep failed; its next run looks again');
      }
      deps.onRun?.({ sweep: sweep.name, tookMs: performance.now() - began, outcome });
    };
    // oxlint-disable-next-line typescript/no-misused-promises -- Agenda waits for it: the overload that does comes second
    agenda.define(sweep.name, handler, { concurrency: 1, lockLimit: 1, lockLifetime: LOCK_MS });
  }

  await within(START_WITHIN_MS, agenda.ready);
  for (const sweep of sweeps) await keepScheduled(agenda, db, sweep);
  await agenda.start();

  return {
    async stop() {
      stopping = true;
      await agenda.stop(false);
      await Promise.all(runs);
      await db
        .collection(JOBS)
        .updateMany({ lastModifiedBy: replica, lockedAt: { $ne: null } }, { $set: { lockedAt: null } });
    },
  };
}

/** Two replicas that boot at once would otherwise both insert the sweep's document. */
async function onlyOneOfEach(db: Db): Promise<void> {
  await db
    .collection(JOBS)
    .createIndex(
      { name: 1 },
      { unique: true, name: 'one_of_each', partialFilterExpression: { repeatInterval: { $type: 'string' } } },
    );
}

/** Inserts the sweep's document where it is missing and never touches its lock: it may be running elsewhere. */
async function keepScheduled(agenda: Agenda, db: Db, sweep: Sweep): Promise<void> {
  const every = `${sweep.everySeconds} seconds`;
  try {
    await agenda.create(sweep.name).repeatEvery(every).unique({}, { insertOnly: true }).save();
  } catch (error) {
    if (!(error instanceof MongoServerError && error.code === DUPLICATE_KEY)) throw error;
  }
  await db
    .collection(JOBS)
    .updateOne({ name: sweep.name, repeatInterval: { $ne: every } }, { $set: { repeatInterval: every } });
}

/** Agenda waits for ever where its backend cannot connect. */
async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`the clock of the sweeps did not start within ${ms / 1000} s`)), ms);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
