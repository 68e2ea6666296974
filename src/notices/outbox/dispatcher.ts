import type { ChatPoster } from '../../chat/port.js';
import type { Log } from '../../log.js';
import type { Mailer } from '../../mail/mailer.js';
import { afterUnknown } from './after-failure.js';
import { createBackground } from '../background.js';
import { onlyEdits } from './deliver.js';
import { createPace } from './pace.js';
import { dueRows, expiredRows } from './rows.js';
import { type Outcome, type Sending, sendRow, settleRow } from './send-row.js';

export interface DispatcherDeps {
  posters: readonly ChatPoster[];
  mailer?: Mailer;
  log: Pick<Log, 'warn' | 'error'>;
  /** Told what became of each row taken in hand: for metrics. */
  onOutcome?: (outcome: Outcome) => void;
  now?: () => Date;
}

export interface Dispatcher {
  /** Says that something was enqueued: what is due goes out at once, in the background. */
  nudge(): void;
  /** Sends one batch of what is due at that time; resolves with how many rows it took in hand. */
  runOnce(at: Date): Promise<number>;
  /** Sends batches until nothing that may go is due, or the time is up. */
  drain(timeIsUp: () => boolean): Promise<void>;
  /** Takes nothing more in hand; resolves when what is in hand is written down. */
  stop(): Promise<void>;
}

const BATCH = 200;
const AT_ONCE = 20;

/**
 * Brings the outbox's rows to people. Any number of dispatchers may run: a row is claimed before it is sent.
 * A known failure is sent again, an alert whose fate nobody knows once more and marked; anything else of unknown
 * fate stays listed for the operator.
 */
export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  const now = deps.now ?? (() => new Date());
  const sending: Sending = {
    carriers: { posters: new Map(deps.posters.map((poster) => [poster.platform, poster])), mailer: deps.mailer },
    pace: createPace(),
    log: deps.log,
    onOutcome: deps.onOutcome ?? (() => undefined),
  };
  const inHand = new Set<Promise<unknown>>();
  let stopped = false;
  let alarm: NodeJS.Timeout | undefined;

  async function runBatch(at: Date): Promise<number> {
    await recoverExpired(sending, at);
    const rows = await dueRows(at, sending.pace.closedLanes(at), BATCH);
    await eachOf(rows, AT_ONCE, async (row) => {
      if (stopped) return;
      sending.pace.sent(row.lane, at);
      await sendRow(sending, row, at).catch((error: unknown) => {
        deps.log.error({ err: error, notice: row._id }, 'what became of a notice could not be written down');
      });
    });
    return rows.length;
  }

  async function drain(timeIsUp: () => boolean): Promise<void> {
    const mayGoOn = () => !stopped && !timeIsUp();
    while (mayGoOn() && (await runBatch(now())) > 0);
    wakeAtNextOpening();
  }

  /** A recipient had its message of this second, or a team asked us to wait: what is left goes when that is over. */
  function wakeAtNextOpening(): void {
    const opensAt = sending.pace.nextOpening(now());
    clearTimeout(alarm);
    if (opensAt && !stopped) alarm = setTimeout(background.nudge, opensAt.getTime() - now().getTime());
    alarm?.unref();
  }

  async function track<T>(work: Promise<T>): Promise<T> {
    inHand.add(work);
    try {
      return await work;
    } finally {
      inHand.delete(work);
    }
  }

  const background = createBackground(() => drain(() => false), deps.log, 'sending what is due');

  return {
    nudge: background.nudge,
    runOnce: (at) => track(runBatch(at)),
    drain: (timeIsUp) => track(drain(timeIsUp)),
    async stop() {
      stopped = true;
      clearTimeout(alarm);
      await Promise.allSettled([background.stop(), ...inHand]);
    },
  };
}

/** Rows whose dispatcher died or froze: an edit can be repeated, a post may or may not have arrived. */
async function recoverExpired(sending: Sending, at: Date): Promise<void> {
  for (const row of await expiredRows(at, BATCH)) {
    const failure = 'its dispatcher stopped in mid-send';
    const repeat = await onlyEdits(row);
    const next = repeat ? { state: 'pending' as const, dueAt: at, failure } : afterUnknown(row, failure, at);
    await settleRow(sending, row, next, at);
  }
}

async function eachOf<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}
