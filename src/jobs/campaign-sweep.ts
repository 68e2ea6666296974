import type { Ledger } from '../ledger/entry.js';
import type { Moves } from '../ledger/moves.js';
import type { Log } from '../log.js';
import { tellEndedCampaigns } from '../notices/resources/campaign-notices.js';
import type { Dispatcher } from '../notices/outbox/dispatcher.js';
import { settleCutOffCampaigns } from '../resources/sweep-campaigns.js';
import type { Sweep } from './sweep.js';

/** Longer than the ledger tries: what has no outcome by then was cut off. */
const CUT_OFF_AFTER_MS = 60_000;
const AT_ONCE = 200;

/** Settles starts and ends that were cut off by what the ledger has of them, and tells of ends that nobody told. */
export function campaignSweep(needs: {
  ledger: Pick<Ledger, 'entry' | 'head' | 'totals'> & Pick<Moves, 'void'>;
  dispatcher: Pick<Dispatcher, 'nudge'>;
  log: Pick<Log, 'error'>;
}): Sweep {
  return {
    name: 'campaigns',
    everySeconds: 60,
    async run({ at }) {
      await settleCutOffCampaigns(needs.ledger, {
        before: new Date(at.getTime() - CUT_OFF_AFTER_MS),
        at,
        limit: AT_ONCE,
        onTrouble: (campaign, err) =>
          needs.log.error({ err, campaign }, 'a campaign that was cut off is not settled yet'),
      });
      if ((await tellEndedCampaigns(needs.ledger, needs.log)) > 0) needs.dispatcher.nudge();
    },
  };
}
