import type { ChatPoster } from '../../chat/port.js';
import type { Log } from '../../log.js';
import type { Mailer } from '../../mail/mailer.js';
import { createBackground } from '../background.js';
import { createHands } from './hands.js';
import { createIntake } from './intake.js';
import { createPace } from './pace.js';
import { recoverExpired } from './recover.js';
import type { Sending } from './send-row.js';

export interface DispatcherDeps {
  posters: readonly ChatPoster[];
  mailer?: Mailer;
  log: Pick<Log, 'warn' | 'error'>;
  /** Told what became of each row taken in hand: for metrics. */
  onOutcome?: Sending['onOutcome'];
  now?: () => Date;
}

export interface Dispatcher {
  /** Says that something was enqueued: what is due goes out at once, in the background. */
  nudge(): void;
  /** Sends what may go at that time, and no more; resolves with how many rows it took in hand. */
  runOnce(at: Date): Promise<number>;
  /** Sends until nothing that may go is due, or the time is up. */
  drain(timeIsUp: () => boolean): Promise<void>;
  /** Takes nothing more in hand; resolves when what is in hand is written down. */
  stop(): Promise<void>;
}

/** Openings that are closer together are waited for together. */
const SHORTEST_WAIT_MS = 50;

/**
 * Brings the outbox's rows to people: alerts before all else, each queue in its turn, as fast as the platforms' rates
 * allow. Any number of dispatchers may run: a row is claimed before it is sent. A known failure is sent again, an alert
 * whose fate nobody knows once more and marked; anything else of unknown fate stays listed for the operator.
 */
export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  const now = deps.now ?? (() => new Date());
  const sending: Sending = {
    carriers: { posters: new Map(deps.posters.map((poster) => [poster.platform, poster])), mailer: deps.mailer },
    pace: createPace(),
    log: deps.log,
    onOutcome: deps.onOutcome ?? (() => undefined),
  };
  const hands = createHands();
  const takeInHand = createIntake({ sending, hands, isStopped: () => stopped });
  let stopped = false;
  let alarm: NodeJS.Timeout | undefined;
  let signal = createSignal();

  async function runOnce(at: Date): Promise<number> {
    const clock = () => at;
    await recoverExpired(sending, at);
    for (let all = 0; ; ) {
      const taken = await takeInHand(clock);
      if (taken === 0) return all;
      all += taken;
      await hands.emptied();
    }
  }

  async function drain(timeIsUp: () => boolean): Promise<void> {
    const mayGoOn = () => !stopped && !timeIsUp();
    await recoverExpired(sending, now());
    while (mayGoOn()) {
      const { given } = signal;
      const taken = await takeInHand(now);
      wakeAtNextOpening();
      if (taken === 0 && hands.lanes().length === 0) return;
      // What is slow holds up nothing that comes in meanwhile.
      await Promise.race([hands.halfEmptied(), given]);
    }
  }

  /** A recipient had its message of this second, or a team asked us to wait: what is left goes when that is over. */
  function wakeAtNextOpening(): void {
    const opensAt = sending.pace.nextOpening(now());
    clearTimeout(alarm);
    if (!opensAt || stopped) return;
    alarm = setTimeout(nudge, Math.max(opensAt.getTime() - now().getTime(), SHORTEST_WAIT_MS));
    alarm.unref();
  }

  const background = createBackground(() => drain(() => false), deps.log, 'sending what is due');

  function nudge(): void {
    background.nudge();
    giveSignal();
  }

  function giveSignal(): void {
    signal.give();
    signal = createSignal();
  }

  return {
    nudge,
    runOnce,
    drain,
    async stop() {
      stopped = true;
      clearTimeout(alarm);
      giveSignal();
      await background.stop();
      await hands.emptied();
    },
  };
}

function createSignal(): { given: Promise<void>; give: () => void } {
  let give: () => void = () => undefined;
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give };
}
