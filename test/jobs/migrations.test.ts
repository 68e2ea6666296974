import { beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { migrate, type Migration } from '../../src/jobs/migrations/migrate.js';
import { MIGRATIONS } from '../../src/jobs/migrations/migrations.js';
import { migrationSweep } from '../../src/jobs/migration-sweep.js';
import { createDispatcher } from '../../src/notices/outbox/dispatcher.js';
import { retryDead } from '../../src/notices/outbox/held-back.js';
import { enqueue, type Notice } from '../../src/notices/outbox/outbox.js';
import { scriptedPoster } from '../notices/scripted-poster.js';
import { useDatabase } from '../support/database.js';

useDatabase();

const START = new Date('2026-11-22T12:00:00Z').getTime();
const at = (seconds: number) => new Date(START + seconds * 1_000);
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

const rows = () => mongoose.connection.collection<{ _id: string; queue?: string }>('outbox');
const queueless = () => rows().countDocuments({ queue: { $exists: false } });

beforeEach(async () => {
  for (const name of ['migrations', 'outbox', 'messages', 'gates'])
    await mongoose.connection.collection(name).deleteMany({});
});

/** As the version before wrote them. */
async function writeOld(...notices: Notice[]): Promise<void> {
  await enqueue(notices);
  await rows().updateMany({ _id: { $in: notices.map(({ id }) => id) } }, { $unset: { queue: 1 } });
}

const notice = (id: string, to?: Notice['to']): Notice => ({
  id,
  account: 'acc_1',
  to: to ?? { channel: { platform: 'slack', tenant: 'T1', channel: id } },
  card: { name: 'test', parts: [{ part: 'text', text: [id] }] },
});

async function sendAll(): Promise<string[]> {
  const poster = scriptedPoster();
  await createDispatcher({ posters: [poster], log }).runOnce(at(120));
  return poster.sent.map((sent) => (sent.did === 'post' ? sent.id : 'an edit')).toSorted();
}

describe('notices of a version that knew no queues', () => {
  test('are sent by this one, also those that were in hand or given up, whoever of five processes brings them over', async () => {
    await writeOld(notice('low'), notice('gone'), notice('hung'), notice('mailed', { email: 'nina@acme.com' }));
    await rows().updateOne({ _id: 'gone' }, { $set: { state: 'dead', endedAt: at(0) } });
    await rows().updateOne({ _id: 'hung' }, { $set: { state: 'sending', leaseUntil: at(600) } });
    expect(await sendAll()).toEqual([]);
    const booting = Array.from({ length: 5 }, () => migrate(MIGRATIONS, { log, now: () => at(0) }));
    await Promise.all(booting);
    expect(await queueless()).toBe(0);
    expect(await rows().distinct('queue')).toEqual(['mail', 'slack:T1']);
    await retryDead('gone', at(60));
    await rows().updateOne({ _id: 'hung' }, { $set: { state: 'pending' } });
    expect(await sendAll()).toEqual(['gone', 'hung', 'low']);
  });

  test('that an old replica writes while it is being replaced are brought over within a minute, for a day', async () => {
    await migrate(MIGRATIONS, { log, now: () => at(0) });
    const sweep = migrationSweep({ migrations: MIGRATIONS });
    await writeOld(notice('late'));
    await sweep.run({ at: at(60), timeIsUp: () => false });
    expect(await queueless()).toBe(0);
    await writeOld(notice('much too late'));
    await sweep.run({ at: at(86_401), timeIsUp: () => false });
    expect(await queueless()).toBe(1);
  });
});

describe('a migration', () => {
  /** Ten things to bring over, one by one; `stopAt` is what breaks the first process. */
  function counting() {
    const done: number[] = [];
    const run: Migration['run'] = async (mayGoOn) => {
      for (let thing = done.length; thing < 10; thing++) {
        done.push(thing);
        if (!(await mayGoOn())) return;
      }
    };
    return { done, migration: { id: 'counting', run } };
  }

  test('that breaks stops the start, and goes on where it was at the next', async () => {
    const { done, migration } = counting();
    const breaking: Migration = {
      id: migration.id,
      run: (mayGoOn) =>
        migration.run(() => (done.length === 4 ? Promise.reject(new Error('the disk is full')) : mayGoOn())),
    };
    await expect(migrate([breaking], { log, now: () => at(0) })).rejects.toThrow('the disk is full');
    await migrate([migration], { log, now: () => at(1) });
    await migrate([migration], { log, now: () => at(2) });
    expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  // Without the fence in `keep`, the first process goes on beside the second; without the lease in `take`, both begin.
  test('of a process that froze is taken over when its lease is up; woken, it leaves the rest to the other', async () => {
    const { done, migration } = counting();
    let wake: () => void = () => undefined;
    const frozen = new Promise<void>((resolve) => (wake = resolve));
    let froze: () => void = () => undefined;
    const isFrozen = new Promise<void>((resolve) => (froze = resolve));
    const first = migrate(
      [
        {
          id: migration.id,
          run: (mayGoOn) =>
            migration.run(async () => {
              if (done.length === 3) {
                froze();
                await frozen;
              }
              return mayGoOn();
            }),
        },
      ],
      { log, now: () => at(0) },
    );
    await isFrozen;
    let looks = 0;
    const clock = () => at(looks * 30);
    await migrate([migration], { log, now: clock, pause: async () => void looks++ });
    expect(looks).toBe(2);
    expect(done).toHaveLength(10);
    wake();
    await first;
    expect(done).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
