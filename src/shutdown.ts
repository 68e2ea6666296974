import { ConfigFaults } from './config-faults.js';
import type { Log } from './log.js';

/** A process that is told to stop is gone within this, whatever hangs. */
const STOP_WITHIN_MS = 9_000;

interface Running {
  log: Log;
  stop(): Promise<void>;
}

/**
 * Starts, and stops in order on SIGTERM or SIGINT, or where nobody caught an error: what is in hand is finished first.
 * A second signal, or the time running out, ends the process at once.
 */
export async function runUntilSignal(start: () => Promise<Running>): Promise<void> {
  let running: Running;
  try {
    running = await start();
  } catch (error) {
    console.error(forPeople(error));
    process.exit(1);
  }
  const { log, stop } = running;
  let stopping = false;
  const end = (why: string, code: number): void => {
    if (stopping) process.exit(code || 130);
    stopping = true;
    log.info({ why }, 'stopping');
    setTimeout(() => {
      log.error('stopping took too long');
      process.exit(1);
    }, STOP_WITHIN_MS).unref();
    stop().then(
      () => process.exit(code),
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => end('SIGTERM', 0));
  process.on('SIGINT', () => end('SIGINT', 0));
  process.on('unhandledRejection', (error) => {
    log.fatal({ err: error }, 'a rejection that nobody handled');
    end('unhandledRejection', 1);
  });
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'an error that nobody caught');
    end('uncaughtException', 1);
  });
}

/** Faults of the surroundings are told in words; anything else with its stack. */
function forPeople(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const told = error instanceof ConfigFaults || TOLD_BY_NAME.has(error.name) || 'code' in error;
  return told ? error.message : (error.stack ?? error.message);
}

const TOLD_BY_NAME = new Set(['MongodNotFound', 'DataInUse', 'ChildFailed', 'MongooseServerSelectionError']);

/** The second also where the first failed: nothing that was started stays behind. */
export async function inOrder(first: () => Promise<void>, second: () => Promise<void>): Promise<void> {
  try {
    await first();
  } finally {
    await second();
  }
}
