import type { WebhookDispatcher } from '../webhooks/dispatcher.js';
import { dueDeliveries } from '../webhooks/delivery-rows.js';
import type { Sweep } from './sweep.js';

/** Sends events that no nudge has sent: tries that are due, and those of a replica that died. */
export function webhookSweep({ webhooks }: { webhooks: Pick<WebhookDispatcher, 'drain'> }): Sweep {
  return {
    name: 'webhooks',
    everySeconds: 5,
    run: ({ timeIsUp }) => webhooks.drain(timeIsUp),
    oldestDue: async (at) => (await dueDeliveries(at, 1))[0]?.dueAt,
  };
}
