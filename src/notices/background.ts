import type { Log } from '../log.js';

/** Work that others ask for and do not wait for: never twice at once, and once more if asked while it runs. */
export interface Background {
  nudge(): void;
  /** Asks for nothing more; resolves when what runs has ended. */
  stop(): Promise<void>;
}

export function createBackground(work: () => Promise<void>, log: Pick<Log, 'error'>, what: string): Background {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;

  const wantsMore = () => again && !stopped;

  async function run(): Promise<void> {
    do {
      again = false;
      try {
        await work();
      } catch (error) {
        log.error({ err: error }, `${what} failed; it is tried again by its sweep`);
      }
    } while (wantsMore());
    running = undefined;
  }

  return {
    nudge() {
      if (stopped) return;
      if (running) again = true;
      else running = run();
    },
    async stop() {
      stopped = true;
      await running;
    },
  };
}
