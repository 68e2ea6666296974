import type { Dispatcher } from '../notices/outbox/dispatcher.js';
import { type IssueDeps, issueReceipts } from '../payments/receipts/issue.js';
import type { Sweep } from './sweep.js';

/** Issues the receipts and credit notes that nobody has issued yet. */
export function receiptSweep(needs: { issuing: IssueDeps; dispatcher: Pick<Dispatcher, 'nudge'> }): Sweep {
  return {
    name: 'receipts',
    everySeconds: 60,
    async run({ at }) {
      if ((await issueReceipts(needs.issuing, at)) > 0) needs.dispatcher.nudge();
    },
  };
}
