import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { createApi } from './api.js';
import { authenticate, pay, type PaymentStep } from './checkout.js';
import { type Control, createControl } from './control.js';
import { ROUTES } from './endpoints/routes.js';
import { Faults } from './faults.js';
import { happenDue } from './happen.js';
import type { Charge, CheckoutSession, Order, Refund } from './objects.js';
import type { CardDetails } from './payment-methods.js';
import {
  addCard,
  chooseDefault,
  type PortalStep,
  type PortalView,
  proveCard,
  removeCard,
  viewPortal,
} from './portal.js';
import { Store } from './store.js';
import { type Truth, truthOf } from './truth.js';
import { Webhooks } from './webhooks.js';

export interface SandboxOptions {
  secretKey: string;
  webhookSecret: string;
  /** Where the product takes webhooks. */
  webhookUrl: string;
  /** Where people open the product: the sandbox's pages are under `/sandbox/`. Without a slash at the end. */
  payUrl: string;
  /** Its memory between starts; absent in tests. */
  file?: string;
  now?: () => Date;
}

/** What people do at the sandbox's pages. `undefined`: there is nothing at that address. */
export interface SandboxPages {
  session(id: string): { session: CheckoutSession; order: Order; authenticating: boolean } | undefined;
  pay(id: string, card: CardDetails): PaymentStep | undefined;
  authenticate(id: string, approved: boolean): PaymentStep | undefined;
  receipt(charge: string): { charge: Charge; refunds: readonly Refund[] } | undefined;
  /** All of the portal take the token in the page's address. */
  portal: {
    view(token: string): PortalView | undefined;
    addCard(token: string, card: CardDetails): PortalStep;
    proveCard(token: string, approved: boolean): PortalStep;
    chooseDefault(token: string, method: string): PortalStep;
    removeCard(token: string, method: string): PortalStep;
  };
}

export interface Sandbox extends SandboxPages, Control {
  /** Starts the API on loopback; port 0 takes a free one. Answers its address, for STRIPE_API_URL. */
  listen(port: number): Promise<string>;
  close(): Promise<void>;
  webhooks: Webhooks;
  faults: Faults;
  truth(): Truth;
  /** Its memory, for a test that changes what really happened. */
  store: Store;
}

/** A payment provider for local mode and tests: behaves like Stripe, moves no money. */
export function createSandbox(options: SandboxOptions): Sandbox {
  const { secretKey, webhookUrl, webhookSecret, file } = options;
  const now = options.now ?? (() => new Date());
  const store = new Store({ now, pagesUrl: options.payUrl, ...(file ? { file } : {}) });
  const faults = new Faults(ROUTES.map(({ method, path }) => `${method} ${path}`));
  const webhooks = new Webhooks(store, { url: webhookUrl, secret: webhookSecret });
  const server = createApi({ store, faults, secretKey });
  return {
    store,
    faults,
    webhooks,
    listen: (port) => listen(server, port),
    close: () => close(server, webhooks),
    truth: () => truthOf(store.state),
    ...createPages(store),
    ...createControl(store),
  };
}

function createPages(store: Store): SandboxPages {
  /** Time has gone on before, and it is kept on disk afterwards. */
  function visited<T>(work: () => T): T {
    happenDue(store);
    const answer = work();
    store.save();
    return answer;
  }
  const sessionOf = (id: string): CheckoutSession | undefined =>
    Object.hasOwn(store.state.sessions, id) ? store.state.sessions[id] : undefined;
  return {
    session: (id) =>
      visited(() => {
        const session = sessionOf(id);
        if (!session) return undefined;
        const intent = session.payment_intent ? store.state.paymentIntents[session.payment_intent] : undefined;
        return { session, order: store.state.orders[id]!, authenticating: intent?.status === 'requires_action' };
      }),
    pay: (id, card) =>
      visited(() => {
        const session = sessionOf(id);
        return session && pay(store, session, card);
      }),
    authenticate: (id, approved) =>
      visited(() => {
        const session = sessionOf(id);
        return session && authenticate(store, session, approved);
      }),
    receipt(id) {
      const charge = Object.hasOwn(store.state.charges, id) ? store.state.charges[id] : undefined;
      if (!charge?.receipt_url) return undefined;
      return { charge, refunds: Object.values(store.state.refunds).filter((refund) => refund.charge === id) };
    },
    portal: {
      view: (token) => visited(() => viewPortal(store, token)),
      addCard: (token, card) => visited(() => addCard(store, token, card)),
      proveCard: (token, approved) => visited(() => proveCard(store, token, approved)),
      chooseDefault: (token, method) => visited(() => chooseDefault(store, token, method)),
      removeCard: (token, method) => visited(() => removeCard(store, token, method)),
    },
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
