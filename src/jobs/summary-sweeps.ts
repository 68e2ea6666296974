import type { Dispatcher } from '../notices/outbox/dispatcher.js';
import { oldestDueAccount } from '../notices/summaries/account-schedule.js';
import { makeDueAccountSummaries } from '../notices/summaries/account-summaries.js';
import { makeDueSummaries, type SummaryDeps } from '../notices/summaries/summaries.js';
import { enrolWorkspaces, oldestDueSchedule } from '../notices/summaries/summary-schedule.js';
import type { Sweep } from './sweep.js';

type Needs = SummaryDeps & { dispatcher: Pick<Dispatcher, 'nudge'> };

/** Closes the months that are over: all of a zone's at once, so that one run follows the other until none is left. */
export function summarySweep(needs: Needs): Sweep {
  return {
    name: 'summaries',
    everySeconds: 20,
    run: (turn) => closeMonths(needs, turn),
    oldestDue: oldestDueSchedule,
  };
}

/** Tells the owners of accounts of the month, once it is closed in all their workspaces. */
export function accountSummarySweep(needs: Needs): Sweep {
  return {
    name: 'account-summaries',
    everySeconds: 600,
    async run({ at, timeIsUp }) {
      if ((await makeDueAccountSummaries(needs, at, timeIsUp)) > 0) needs.dispatcher.nudge();
    },
    oldestDue: oldestDueAccount,
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
