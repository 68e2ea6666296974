import type { Log } from '../../log.js';
import { setTimeout as passed } from 'node:timers/promises';
import { finish, giveBack, isDone, keep, take } from './migration-rows.js';

/** Brings what an earlier version stored to the shape that this one reads. */
export interface Migration {
  /** `1-outbox-queues`: never changed, as it tells what is done. */
  id: string;
  /**
   * Works in parts, and before each further one asks whether it may go on. Begun again, it goes on with what is not
   * done yet; what is done, it finds no more. Rejects where something cannot be brought over.
   */
  run(mayGoOn: () => Promise<boolean>): Promise<void>;
}

interface Deps {
  log: Pick<Log, 'info'>;
  now?: () => Date;
  /** Between two looks at what another process is at. */
  pause?: () => Promise<void>;
}

const PAUSE_MS = 250;

/**
 * Runs what is not done yet, one after the other, each by one process at a time; resolves when all of them are done,
 * whoever did them. What a process leaves behind when it dies, or freezes, is taken over when its lease is up.
 */
export async function migrate(migrations: readonly Migration[], deps: Deps): Promise<void> {
  const { now = () => new Date(), pause = () => passed(PAUSE_MS), log } = deps;
  for (const migration of migrations) {
    while (!(await isDone(migration.id))) {
      const fence = await take(migration.id, now());
      if (fence === undefined) await pause();
      else if (await run(migration, fence, now))
        log.info({ migration: migration.id }, 'what was stored is brought over');
    }
  }
}

/** False: another process has taken it over. */
async function run({ id, run: work }: Migration, fence: number, now: () => Date): Promise<boolean> {
  try {
    await work(() => keep(id, fence, now()));
  } catch (error) {
    await giveBack(id, fence);
    throw error;
  }
  return finish(id, fence, now());
}
