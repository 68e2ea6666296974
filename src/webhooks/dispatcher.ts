import type { Log } from '../log.js';
import type { DeliveryRow } from './delivery-model.js';
import { dueDeliveries, recoverDeliveries } from './delivery-rows.js';
import { deliver, type Delivering, type DeliveryOutcome } from './deliver.js';

export interface WebhookDispatcher {
  /** Sends one batch of what is due at that time; resolves with how many events it took in hand. */
  runOnce(at: Date): Promise<number>;
  /** Sends batches until nothing is due, or the time is up. */
  drain(timeIsUp: () => boolean): Promise<void>;
  /** Ends what is in hand, which goes again later; resolves when that is written down. */
  stop(): Promise<void>;
}

const BATCH = 200;
const AT_ONCE = 20;

/**
 * Brings events to the workspaces' endpoints, any number of processes beside each other: at least once, and of one
 * workspace one after the other.
 */
export function createWebhookDispatcher(
  deps: Omit<Delivering, 'stopping'> & {
    /** Aborted by `stop`. */
    stopping: AbortController;
    log: Pick<Log, 'error'>;
    /** Told what became of each event taken in hand: for metrics. */
    onOutcome?: (outcome: DeliveryOutcome) => void;
    now?: () => Date;
  },
): WebhookDispatcher {
  const { log, stopping, now = () => new Date(), onOutcome = () => undefined } = deps;
  const delivering: Delivering = { ...deps, stopping: stopping.signal };
  const inHand = new Set<Promise<unknown>>();

  async function send(row: DeliveryRow, at: Date): Promise<void> {
    try {
      onOutcome(await deliver(delivering, row, at));
    } catch (error) {
      const { _id, account, workspace } = row;
      log.error({ err: error, event: _id, account, workspace }, 'what became of a webhook could not be written down');
    }
  }

  async function runBatch(at: Date): Promise<number> {
    if (stopping.signal.aborted) return 0;
    await recoverDeliveries(at);
    const waiting = await dueDeliveries(at, BATCH);
    const found = waiting.length;
    const worker = async () => {
      for (let row = waiting.shift(); row && !stopping.signal.aborted; row = waiting.shift()) await send(row, at);
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, found) }, worker));
    return found;
  }

  async function drain(timeIsUp: () => boolean): Promise<void> {
    while (!stopping.signal.aborted && !timeIsUp() && (await runBatch(now())) > 0);
  }

  async function track<T>(work: Promise<T>): Promise<T> {
    inHand.add(work);
    try {
      return await work;
    } finally {
      inHand.delete(work);
    }
  }

  return {
    runOnce: (at) => track(runBatch(at)),
    drain: (timeIsUp) => track(drain(timeIsUp)),
    async stop() {
      stopping.abort();
      await Promise.allSettled(inHand);
    },
  };
}
