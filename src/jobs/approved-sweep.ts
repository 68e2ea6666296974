import type { RequestDesk } from '../commands/request-words.js';
import { resumeApproved } from '../commands/resume-approved.js';
import type { Log } from '../log.js';
import type { Dispatcher } from '../notices/outbox/dispatcher.js';
import { approvedButNotRun } from '../workspace/sweeping.js';
import type { Sweep } from './sweep.js';

/** Longer than any run takes: what has no result by then was cut off. */
const CUT_OFF_AFTER_MS = 60_000;
const AT_ONCE = 100;

/** Runs approved requests whose run was cut off between the decision and its result. */
export function approvedSweep(needs: {
  desk: Omit<RequestDesk, 'account'>;
  dispatcher: Pick<Dispatcher, 'nudge'>;
  log: Pick<Log, 'error'>;
}): Sweep {
  return {
    name: 'approved',
    everySeconds: 60,
    async run({ at, timeIsUp }) {
      const cutOff = await approvedButNotRun(new Date(at.getTime() - CUT_OFF_AFTER_MS), AT_ONCE);
      for (const request of cutOff) {
        if (timeIsUp()) break;
        await resumeApproved(needs.desk, request, at).catch((error: unknown) => {
          needs.log.error({ err: error, request: request.id }, 'an approved request could not be run');
        });
      }
      if (cutOff.length > 0) needs.dispatcher.nudge();
    },
  };
}
