import type { Ledger } from '../ledger/entry.js';
import type { Log } from '../log.js';
import type { AlertWatch } from '../notices/alerts/alert-watch.js';
import { enrolForAlerts, lookAtDue } from '../notices/alerts/looks.js';
import type { Dispatcher } from '../notices/outbox/dispatcher.js';
import type { Sweep } from './sweep.js';

/** Derives the alerts whose process died between the ledger's line and its notice. */
export function alertSweep({ alerts }: { alerts: Pick<AlertWatch, 'runOnce'> }): Sweep {
  return {
    name: 'alerts',
    everySeconds: 60,
    async run({ at }) {
      await alerts.runOnce(at);
    },
  };
}

interface Needs {
  ledger: Ledger;
  dispatcher: Pick<Dispatcher, 'nudge'>;
  log: Pick<Log, 'error'>;
}

/** Looks at what changes by time alone: days left, snoozes, quiet hours, owners to be told directly. */
export function alertLookSweep({ dispatcher, ...needs }: Needs): Sweep {
  return {
    name: 'alert-looks',
    everySeconds: 60,
    async run({ at, timeIsUp }) {
      if ((await lookAtDue(needs, at, timeIsUp)) > 0) dispatcher.nudge();
    },
  };
}

/** Has new workspaces looked after. */
export function alertEnrolmentSweep(): Sweep {
  return {
    name: 'alert-enrolment',
    everySeconds: 600,
    async run({ at }) {
      await enrolForAlerts(at);
    },
  };
}
