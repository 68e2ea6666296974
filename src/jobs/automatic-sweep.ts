import type { AutomaticWatch } from '../notices/payments/automatic-watch.js';
import { dueForCheck } from '../payments/automatic/store.js';
import type { Sweep } from './sweep.js';

/** Makes the automatic payments that are due, and settles those whose end nobody has seen yet. */
export function automaticSweep({ automatic }: { automatic: Pick<AutomaticWatch, 'runOnce'> }): Sweep {
  return {
    name: 'automatic-payments',
    everySeconds: 30,
    run: ({ at, timeIsUp }) => automatic.runOnce(at, timeIsUp),
    oldestDue: async (at) => (await dueForCheck(at, 1))[0]?.checkAt,
  };
}
