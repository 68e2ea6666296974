import type { AlertWatch } from '../notices/alerts/alert-watch.js';
import type { Sweep } from './sweep.js';

/** Derives the alerts whose process died between the ledger's line and its notice. */
export function alertSweep({ alerts }: { alerts: Pick<AlertWatch, 'runOnce'> }): Sweep {
  return {
    name: 'alerts',
    everySeconds: 60,
    async run({ at }) {
      await alerts.runOnce(at);
    },
  };
}
