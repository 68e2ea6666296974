import { chaseRequest } from '../commands/request-reminders.js';
import type { RequestDesk } from '../commands/request-words.js';
import type { Log } from '../log.js';
import type { Dispatcher } from '../notices/outbox/dispatcher.js';
import { requestsDueForStep } from '../workspace/request-reminding.js';
import type { Sweep } from './sweep.js';

const AT_ONCE = 200;

/** Reminds those who have not answered a request, and brings it to the next who may. */
export function reminderSweep(needs: {
  desk: Omit<RequestDesk, 'account'>;
  dispatcher: Pick<Dispatcher, 'nudge'>;
  log: Pick<Log, 'error'>;
}): Sweep {
  return {
    name: 'request-reminders',
    everySeconds: 300,
    async run({ at, timeIsUp }) {
      const due = await requestsDueForStep(at, AT_ONCE);
      for (const request of due) {
        if (timeIsUp()) break;
        await chaseRequest(needs.desk, request, at).catch((error: unknown) => {
          needs.log.error({ err: error, request: request.id }, 'nobody could be reminded of a request');
        });
      }
      if (due.length > 0) needs.dispatcher.nudge();
    },
  };
}
