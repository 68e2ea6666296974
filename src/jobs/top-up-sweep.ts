import type { Dispatcher } from '../notices/dispatcher.js';
import { tellTopUps } from '../notices/top-up-notices.js';
import type { Log } from '../log.js';
import type { Payments } from '../payments/payments.js';
import type { Sweep } from './sweep.js';

/** Brings top-ups up to date whose webhook was lost, and tells of those that ended untold. */
export function topUpSweep(needs: {
  payments: Pick<Payments, 'reconcile'>;
  dispatcher: Pick<Dispatcher, 'nudge'>;
  log: Pick<Log, 'error'>;
}): Sweep {
  return {
    name: 'top-ups',
    everySeconds: 60,
    async run({ at }) {
      await needs.payments.reconcile(at);
      if ((await tellTopUps(needs.log)) > 0) needs.dispatcher.nudge();
    },
  };
}
