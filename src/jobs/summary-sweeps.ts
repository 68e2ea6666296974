import type { Ledger } from '../ledger/entry.js';
import type { Log } from '../log.js';
import type { Dispatcher } from '../notices/dispatcher.js';
import { makeDueSummaries } from '../notices/summaries.js';
import { enrolWorkspaces } from '../notices/summary-schedule.js';
import type { Sweep } from './sweep.js';

/** Closes the months that are over. */
export function summarySweep(needs: {
  ledger: Ledger;
  dispatcher: Pick<Dispatcher, 'nudge'>;
  log: Pick<Log, 'error'>;
}): Sweep {
  return {
    name: 'summaries',
    everySeconds: 60,
    async run({ at, timeIsUp }) {
      if ((await makeDueSummaries(needs, at, timeIsUp)) > 0) needs.dispatcher.nudge();
    },
  };
}

/** Gives new workspaces their schedule of monthly summaries. */
export function enrolmentSweep(): Sweep {
  return {
    name: 'summary-enrolment',
    everySeconds: 600,
    async run() {
      await enrolWorkspaces();
    },
  };
}
