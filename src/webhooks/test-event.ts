import { newId } from '../id.js';
import { DeliveryModel } from './delivery-model.js';
import { LEASE_MS, startAfresh, writeBack } from './delivery-rows.js';
import { type Delivering, settleArrived, trySending } from './deliver.js';
import { type Endpoint, endpointOf, endpointRow, type EndpointChange } from './endpoints.js';
import { toDelivery } from './events.js';
import { arrived, type Met } from './met.js';

const TIMEOUT_MS = 5_000;

/** What the endpoint answered to a test, and how long that took. */
export interface Tested {
  endpoint: Endpoint;
  met: Met;
  ms: number;
}

/**
 * Sends a `webhook.test` at once, also to an endpoint that is off, and waits for the answer. It stands in the log as
 * other events do, and is not tried again. Where it arrives and the endpoint is on, all that waits goes too. Undefined
 * where there is no endpoint.
 */
export async function sendTest(
  deps: Pick<Delivering, 'send' | 'sealing' | 'stopping'>,
  { account, workspace, by, at }: EndpointChange,
): Promise<Tested | undefined> {
  const endpoint = await endpointRow({ account, workspace });
  if (!endpoint) return undefined;
  const event = { account, workspace, type: 'webhook.test', id: newId('test', at), data: { person: by }, at } as const;
  const leaseUntil = new Date(at.getTime() + LEASE_MS);
  const row = { ...toDelivery(event), state: 'sending' as const, fence: 1, leaseUntil };
  await new DeliveryModel(row).save();
  const { met, ms } = await trySending(deps, row, endpoint, { at, timeoutMs: TIMEOUT_MS });
  if (arrived(met)) await settleArrived(row, endpoint, met, at);
  else await writeBack(row, { state: 'failed', tries: 1, lastTryAt: at, lastMet: met });
  if (arrived(met) && !endpoint.off) await startAfresh({ account, workspace }, at);
  const after = await endpointOf({ account, workspace });
  return after && { endpoint: after, met, ms };
}
