import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { createApi } from './api.js';
import { authenticate, type CardDetails, expireDue, pay, type PaymentStep } from './checkout.js';
import { Faults } from './faults.js';
import type { CheckoutSession, Order } from './objects.js';
import { Store } from './store.js';
import { Webhooks } from './webhooks.js';

export interface SandboxOptions {
  secretKey: string;
  webhookSecret: string;
  /** Where the product takes webhooks. */
  webhookUrl: string;
  /** Where people open the product: the pay pages are under `/sandbox/pay/`. Without a slash at the end. */
  payUrl: string;
  /** Its memory between starts; absent in tests. */
  file?: string;
  now?: () => Date;
}

/** What the sandbox really took, to hold the ledger against. */
export interface Truth {
  takenMinor: Readonly<Record<string, number>>;
  payments: readonly { payment: string; checkout?: string; topUp?: string; amountMinor: number; currency: string }[];
}

export interface Sandbox {
  /** Starts the API on loopback; port 0 takes a free one. Answers its address, for STRIPE_API_URL. */
  listen(port: number): Promise<string>;
  close(): Promise<void>;
  webhooks: Webhooks;
  faults: Faults;
  session(id: string): { session: CheckoutSession; order: Order; authenticating: boolean } | undefined;
  pay(id: string, card: CardDetails): PaymentStep | undefined;
  authenticate(id: string, approved: boolean): PaymentStep | undefined;
  truth(): Truth;
  /** Its memory, for a test that changes what really happened. */
  store: Store;
}

/** A payment provider for local mode and tests: behaves like Stripe, moves no money. */
export function createSandbox(options: SandboxOptions): Sandbox {
  const store = new Store({ now: options.now ?? (() => new Date()), ...(options.file ? { file: options.file } : {}) });
  const faults = new Faults();
  const webhooks = new Webhooks(store, { url: options.webhookUrl, secret: options.webhookSecret });
  const payUrl = (session: string) => `${options.payUrl}/sandbox/pay/${session}`;
  const server = createApi({ store, faults, payUrl, secretKey: options.secretKey });
  const find = (id: string): CheckoutSession | undefined => {
    expireDue(store);
    return Object.hasOwn(store.state.sessions, id) ? store.state.sessions[id] : undefined;
  };
  return {
    store,
    faults,
    webhooks,
    listen: (port) => listen(server, port),
    close: () => close(server, webhooks),
    session(id) {
      const session = find(id);
      if (!session) return undefined;
      const intent = session.payment_intent ? store.state.paymentIntents[session.payment_intent] : undefined;
      return { session, order: store.state.orders[id]!, authenticating: intent?.status === 'requires_action' };
    },
    pay(id, card) {
      const session = find(id);
      return session && pay(store, session, card);
    },
    authenticate(id, approved) {
      const session = find(id);
      return session && authenticate(store, session, approved);
    },
    truth: () => truthOf(store),
  };
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address() as AddressInfo;
  return `http://127.0.0.1:${address.port}`;
}

async function close(server: Server, webhooks: Webhooks): Promise<void> {
  webhooks.stop();
  server.closeAllConnections();
  await new Promise<void>((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
}

function truthOf(store: Store): Truth {
  const sessions = Object.values(store.state.sessions);
  const payments = Object.values(store.state.paymentIntents)
    .filter((intent) => intent.status === 'succeeded')
    .map((intent) => {
      const session = sessions.find(({ payment_intent }) => payment_intent === intent.id);
      return {
        payment: intent.id,
        amountMinor: intent.amount_received,
        currency: intent.currency.toUpperCase(),
        ...(session ? { checkout: session.id } : {}),
        ...(intent.metadata['top_up'] ? { topUp: intent.metadata['top_up'] } : {}),
      };
    });
  const takenMinor: Record<string, number> = {};
  for (const { currency, amountMinor } of payments) takenMinor[currency] = (takenMinor[currency] ?? 0) + amountMinor;
  return { takenMinor, payments };
}
