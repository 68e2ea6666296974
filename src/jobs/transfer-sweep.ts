import type { Ledger } from '../ledger/entry.js';
import type { Log } from '../log.js';
import type { Dispatcher } from '../notices/outbox/dispatcher.js';
import { tellTransfers } from '../notices/workspaces/transfer-notices.js';
import { settleCutOff } from '../workspace/transfer-sweeping.js';
import type { Sweep } from './sweep.js';

/** Longer than the ledger tries: what has no outcome by then was cut off. */
const CUT_OFF_AFTER_MS = 60_000;
const AT_ONCE = 200;

/** Settles transfers that were cut off half-way by what the ledger has of them, and tells of those that nobody told. */
export function transferSweep(needs: {
  ledger: Pick<Ledger, 'entry'>;
  dispatcher: Pick<Dispatcher, 'nudge'>;
  log: Pick<Log, 'error'>;
}): Sweep {
  return {
    name: 'transfers',
    everySeconds: 60,
    async run({ at }) {
      await settleCutOff(needs.ledger, {
        before: new Date(at.getTime() - CUT_OFF_AFTER_MS),
        limit: AT_ONCE,
        onTrouble: (transfer, err) =>
          needs.log.error({ err, transfer }, 'a transfer that was cut off is not settled yet'),
      });
      if ((await tellTransfers(needs.log)) > 0) needs.dispatcher.nudge();
    },
  };
}
