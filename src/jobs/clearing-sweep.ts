import type { Log } from '../log.js';
import type { Payments } from '../payments/payments.js';
import { countClearing } from './payment-metrics.js';
import type { Sweep } from './sweep.js';

/** Holds the provider's account of our money against the ledger, an hour behind. */
export function clearingSweep(needs: { payments: Pick<Payments, 'compareClearing'>; log: Pick<Log, 'error'> }): Sweep {
  return {
    name: 'clearing',
    everySeconds: 600,
    async run({ at, timeIsUp }) {
      const { compared, findings } = await needs.payments.compareClearing(at, timeIsUp);
      for (const finding of findings) needs.log.error(finding, 'the provider and the ledger do not agree');
      countClearing(compared, findings.length);
    },
  };
}
