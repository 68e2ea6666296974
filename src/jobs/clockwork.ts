import type { Db } from 'mongodb';
import type { ChatPoster } from '../chat/port.js';
import type { Log } from '../log.js';
import type { Mailer } from '../mail/mailer.js';
import { createAlertWatch } from '../notices/alerts/alert-watch.js';
import { createAutomaticWatch } from '../notices/payments/automatic-watch.js';
import { createBackground } from '../notices/background.js';
import { createDispatcher } from '../notices/outbox/dispatcher.js';
import type { WebhookDispatcher } from '../webhooks/dispatcher.js';
import type { WorkspaceId } from '../workspace/entities.js';
import { startClock } from './clock.js';
import { countOutcome, countRun, reportHealth } from './metrics.js';
import type { Sweep } from './sweep.js';
import { allSweeps } from './sweeps.js';
import { startWatchdog } from './watchdog.js';

type Needs = Omit<Parameters<typeof allSweeps>[0], 'dispatcher' | 'alerts' | 'automatic' | 'webhooks' | 'log'> &
  Pick<Parameters<typeof createAutomaticWatch>[0], 'payments' | 'ledger'> & {
    db: Db;
    log: Log;
    posters: readonly ChatPoster[];
    mailer?: Mailer;
    webhooks: WebhookDispatcher;
    alsoSweeps: readonly Sweep[];
  };

/** Everything that happens without being asked: alerts, automatic payments, the outbox, the clock and its watchdog. */
export interface Unasked {
  /** Says that something was written which others may have to be told of; where something was spent, in which workspace. */
  nudge(spentIn?: WorkspaceId): void;
  stop(): Promise<void>;
}

export async function startClockwork({ alsoSweeps, mailer, posters, ...needs }: Needs): Promise<Unasked> {
  const { db, ledger, payments, log } = needs;
  const dispatcher = createDispatcher({ posters, log, onOutcome: countOutcome, ...(mailer && { mailer }) });
  const events = createBackground(() => needs.webhooks.drain(() => false), log, 'sending webhooks');
  const onDerived = () => {
    dispatcher.nudge();
    events.nudge();
  };
  const alerts = createAlertWatch({ ledger, log, onDerived });
  const automatic = createAutomaticWatch({ ledger, payments, log, onTold: () => dispatcher.nudge() });
  const sweeps = [...allSweeps({ ...needs, dispatcher, alerts, automatic }), ...alsoSweeps];
  const clock = await startClock({ db, sweeps, log, onRun: countRun });
  const watchdog = startWatchdog({ db, sweeps, log, report: reportHealth });
  return {
    nudge(spentIn) {
      if (spentIn) automatic.spent(spentIn);
      else automatic.nudge();
      alerts.nudge();
      dispatcher.nudge();
      events.nudge();
    },
    async stop() {
      await Promise.all([clock.stop(), watchdog.stop(), alerts.stop(), automatic.stop()]);
      await Promise.all([dispatcher.stop(), needs.webhooks.stop(), events.stop()]);
    },
  };
}
