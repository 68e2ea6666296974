import type { Ledger } from '../ledger/entry.js';
import type { Log } from '../log.js';
import type { Dispatcher } from '../notices/outbox/dispatcher.js';
import { makeDueSummaries } from '../notices/summaries/summaries.js';
import { enrolWorkspaces, oldestDueSchedule } from '../notices/summaries/summary-schedule.js';
import type { Sweep } from './sweep.js';

interface Needs {
  ledger: Ledger;
  dispatcher: Pick<Dispatcher, 'nudge'>;
  log: Pick<Log, 'error'>;
}

/** Closes the months that are over. */
export function summarySweep(needs: Needs): Sweep {
  return {
    name: 'summaries',
    everySeconds: 60,
    run: (turn) => closeMonths(needs, turn),
    oldestDue: oldestDueSchedule,
  };
}

/** Gives new workspaces their schedule of monthly summaries; one that was enrolled late may be due at once. */
export function enrolmentSweep(needs: Needs): Sweep {
  return {
    name: 'summary-enrolment',
    everySeconds: 600,
    async run(turn) {
      if ((await enrolWorkspaces()) > 0) await closeMonths(needs, turn);
    },
  };
}

async function closeMonths(needs: Needs, { at, timeIsUp }: Parameters<Sweep['run']>[0]): Promise<void> {
  if ((await makeDueSummaries(needs, at, timeIsUp)) > 0) needs.dispatcher.nudge();
}
