import type { Log } from '../log.js';
import type { Dispatcher } from '../notices/outbox/dispatcher.js';
import { tellPayments } from '../notices/payments/payment-notices.js';
import { paymentHealth } from '../payments/health.js';
import type { Payments } from '../payments/payments.js';
import { reportPayments } from './payment-metrics.js';
import type { Sweep } from './sweep.js';

/**
 * Brings top-ups, refunds and disputes up to date whose webhook was lost, finishes what a crash left half done, and tells
 * of what is untold.
 */
export function topUpSweep(needs: {
  payments: Pick<Payments, 'reconcile'>;
  dispatcher: Pick<Dispatcher, 'nudge'>;
  log: Pick<Log, 'error'>;
}): Sweep {
  return {
    name: 'top-ups',
    everySeconds: 60,
    async run({ at, timeIsUp }) {
      const reconciled = await needs.payments.reconcile(at, timeIsUp);
      if ((await tellPayments(needs.log)) > 0) needs.dispatcher.nudge();
      reportPayments(await paymentHealth(at), reconciled);
    },
  };
}
