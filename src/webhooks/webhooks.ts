import { refuse } from '../refusal.js';
import { readAddress } from './address.js';
import { createWebhookDispatcher, type WebhookDispatcher } from './dispatcher.js';
import { type Endpoint, type EndpointChange, replaceSecret, type Sealing, setEndpoint } from './endpoints.js';
import { createSender, type Resolve } from './sender.js';
import { sendTest, type Tested } from './test-event.js';

/** What commands do with endpoints that takes a secret or the network. */
export interface Webhooks {
  /** Names or changes the workspace's endpoint. `secretOnce` comes with the first one alone. @throws Refusal webhookAddress */
  setEndpoint(change: EndpointChange & { address: string }): Promise<{ endpoint: Endpoint; secretOnce?: string }>;
  /** Undefined where somebody was faster than the one who looked at `rotations`, or there is no endpoint. */
  replaceSecret(
    change: EndpointChange & { rotations: number },
  ): Promise<{ endpoint: Endpoint; secretOnce: string } | undefined>;
  /** Sends a test at once and waits for the answer, 5 s at most. Undefined where there is no endpoint. */
  sendTest(change: EndpointChange): Promise<Tested | undefined>;
  dispatcher: WebhookDispatcher;
}

/** `allowPrivate`: local mode alone; else nothing goes to private or loopback addresses, or without TLS. */
export function createWebhooks({
  allowPrivate,
  resolve,
  ...deps
}: { allowPrivate: boolean; resolve?: Resolve; sealing: Sealing } & Omit<
  Parameters<typeof createWebhookDispatcher>[0],
  'send' | 'stopping'
>): Webhooks {
  const { sealing } = deps;
  const send = createSender({ allowPrivate, ...(resolve && { resolve }) });
  const stopping = new AbortController();
  const dispatcher = createWebhookDispatcher({ ...deps, send, stopping });
  return {
    async setEndpoint({ address, ...change }) {
      const url = readAddress(address, { allowPrivate });
      if (!(url instanceof URL)) return refuse({ kind: 'webhookAddress', typed: address, why: url });
      return setEndpoint(sealing, { ...change, url });
    },
    replaceSecret: (change) => replaceSecret(sealing, change),
    sendTest: (change) => sendTest({ send, sealing, stopping: stopping.signal }, change),
    dispatcher,
  };
}
