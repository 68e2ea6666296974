import Stripe from 'stripe';
import type { PaymentProvider, SavedCard } from './provider.js';
import { ProviderMissing, ProviderRefused } from './provider.js';
import { EVENT_TYPES, readWebhook, toHint } from './stripe-events.js';
import { chargeParams, sessionParams } from './stripe-params.js';
import { CHARGED_BY_US, idOf, toCard, toCheckout, toDispute, toMovement, toPayment, toRefund } from './stripe-read.js';

export interface StripeSettings {
  secretKey: string;
  /** Every secret that may sign a webhook now: two while one is being rotated. */
  webhookSecrets: readonly string[];
  /** Elsewhere than Stripe: the sandbox. Scheme, host and port; stripe-node takes no path. */
  apiUrl?: string;
  timeoutMs?: number;
}

/** What a look-up reads at most: one workspace's links or charges of one day. */
const LOOK_BACK = 1_000;

/**
 * Stripe through its own client. A call that moves money or makes something carries our idempotency key, and retries
 * repeat it; what may be done twice without harm (closing, cancelling, detaching) carries none, so that no stored
 * failure is replayed.
 */
export function createStripeProvider(settings: StripeSettings): PaymentProvider {
  const stripe = new Stripe(settings.secretKey, {
    maxNetworkRetries: 2,
    telemetry: false,
    timeout: settings.timeoutMs ?? 20_000,
    ...(settings.apiUrl ? address(settings.apiUrl) : {}),
  });
  return {
    livemode: /^[rs]k_live_/.test(settings.secretKey),
    ...checkouts(stripe),
    ...charges(stripe),
    ...cards(stripe),
    ...looking(stripe),
    readWebhook: (rawBody, signature, at) => readWebhook(stripe, settings.webhookSecrets, rawBody, signature, at),
  };
}

function address(apiUrl: string): { protocol: 'http' | 'https'; host: string; port: string } {
  const url = new URL(apiUrl);
  const protocol = url.protocol === 'http:' ? 'http' : 'https';
  return { protocol, host: url.hostname, port: url.port || (protocol === 'http' ? '80' : '443') };
}

type Checkouts = 'openCheckout' | 'checkout' | 'findCheckout' | 'expireCheckout';

function checkouts(stripe: Stripe): Pick<PaymentProvider, Checkouts> {
  const checkout = async (id: string) =>
    toCheckout(await asked(stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] })));
  return {
    async openCheckout(order, key) {
      return toCheckout(await asked(stripe.checkout.sessions.create(sessionParams(order), { idempotencyKey: key })));
    },
    checkout,
    async findCheckout({ topUp, customer, since, except }) {
      const created = { gte: shortlyBefore(since) };
      const session = await firstOf(
        stripe.checkout.sessions.list({ customer, created, limit: 100 }),
        ({ id, client_reference_id: reference }) => reference === topUp && id !== except,
      );
      return session && toCheckout(session);
    },
    async expireCheckout(id) {
      await whereStillPossible(stripe.checkout.sessions.expire(id));
      return checkout(id);
    },
  };
}

type Charges = 'charge' | 'payment' | 'findPayment' | 'cancelPayment';

function charges(stripe: Stripe): Pick<PaymentProvider, Charges> {
  const payment = async (id: string) => toPayment(await asked(stripe.paymentIntents.retrieve(id)));
  return {
    async charge(order, key) {
      try {
        return toPayment(await stripe.paymentIntents.create(chargeParams(order), { idempotencyKey: key }));
      } catch (error) {
        // 402: the bank answered, and its answer stands in the payment.
        if (error instanceof Stripe.errors.StripeCardError && error.payment_intent)
          return toPayment(error.payment_intent);
        throw refusedOrUnknown(error);
      }
    },
    payment,
    async findPayment({ topUp, customer, since }) {
      const created = { gte: shortlyBefore(since) };
      const intent = await firstOf(
        stripe.paymentIntents.list({ customer, created, limit: 100 }),
        ({ metadata }) => metadata['top_up'] === topUp && metadata['method'] === CHARGED_BY_US,
      );
      return intent && toPayment(intent);
    },
    async cancelPayment(id) {
      await whereStillPossible(stripe.paymentIntents.cancel(id, { cancellation_reason: 'abandoned' }));
      return payment(id);
    },
  };
}

type Cards = 'createCustomer' | 'cards' | 'keepCard' | 'detachCard' | 'openPortal';

function cards(stripe: Stripe): Pick<PaymentProvider, Cards> {
  /** Undefined where the customer was deleted. */
  const defaultCardOf = async (customer: string): Promise<{ id: string | undefined } | undefined> => {
    const found = await asked(stripe.customers.retrieve(customer));
    return found.deleted ? undefined : { id: idOf(found.invoice_settings.default_payment_method) };
  };
  return {
    async createCustomer({ account, workspace, name, key }) {
      const metadata = { account, workspace };
      return (await asked(stripe.customers.create({ name, metadata }, { idempotencyKey: key }))).id;
    },
    async cards(customer) {
      const preferred = await defaultCardOf(customer);
      if (!preferred) return [];
      const found: SavedCard[] = [];
      for await (const method of stripe.paymentMethods.list({ customer, type: 'card', limit: 100 })) {
        const card = toCard(method);
        if (card) found.push(card);
      }
      return [...found.filter(({ id }) => id === preferred.id), ...found.filter(({ id }) => id !== preferred.id)];
    },
    async keepCard({ customer, payment }) {
      const preferred = await defaultCardOf(customer);
      if (!preferred || preferred.id) return;
      const card = idOf((await asked(stripe.paymentIntents.retrieve(payment))).payment_method);
      if (card) await asked(stripe.customers.update(customer, { invoice_settings: { default_payment_method: card } }));
    },
    async detachCard(card) {
      await whereStillPossible(stripe.paymentMethods.detach(card));
    },
    async openPortal({ customer, returnUrl, update }) {
      const flow = update ? { flow_data: { type: 'payment_method_update' as const } } : {};
      return (await asked(stripe.billingPortal.sessions.create({ customer, return_url: returnUrl, ...flow }))).url;
    },
  };
}

type Looking = 'reversalsOf' | 'receiptUrl' | 'events' | 'movements';

function looking(stripe: Stripe): Pick<PaymentProvider, Looking> {
  return {
    async reversalsOf(payment) {
      const of = { payment_intent: payment, limit: 100 };
      const [refunds, disputes] = await Promise.all([all(stripe.refunds.list(of)), all(stripe.disputes.list(of))]);
      return { refunds: refunds.map(toRefund), disputes: disputes.map(toDispute) };
    },
    async receiptUrl(payment) {
      const { latest_charge: charge } = await asked(
        stripe.paymentIntents.retrieve(payment, { expand: ['latest_charge'] }),
      );
      return typeof charge === 'object' ? (charge?.receipt_url ?? undefined) : undefined;
    },
    async events({ from, to }) {
      const created = { gte: seconds(from), lte: seconds(to) };
      const events = await all(stripe.events.list({ types: [...EVENT_TYPES], created, limit: 100 }));
      return events.map(toHint).reverse();
    },
    async movements({ from, to }) {
      const created = { gte: seconds(from), lt: seconds(to) };
      const booked = await all(stripe.balanceTransactions.list({ created, expand: ['data.source'], limit: 100 }));
      return booked.flatMap((one) => toMovement(one) ?? []).reverse();
    },
  };
}

/** Clocks differ by less than a minute. */
function shortlyBefore(since: Date): number {
  return seconds(since) - 60;
}

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}

async function firstOf<T>(list: AsyncIterable<T>, fits: (one: T) => boolean): Promise<T | undefined> {
  let read = 0;
  for await (const one of list) {
    if (fits(one)) return one;
    if (++read >= LOOK_BACK) break;
  }
  return undefined;
}

async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of list) found.push(one);
  return found;
}

/** Turns Stripe's sure refusals into ProviderRefused; everything else stays what it is, an unknown outcome. */
async function asked<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw refusedOrUnknown(error);
  }
}

/** For what may be too late to do: whoever asks looks at what is there now. */
async function whereStillPossible(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(refusedOrUnknown(error) instanceof ProviderRefused)) throw error;
  }
}

function refusedOrUnknown(error: unknown): unknown {
  const sure =
    error instanceof Stripe.errors.StripeInvalidRequestError ||
    error instanceof Stripe.errors.StripeAuthenticationError ||
    error instanceof Stripe.errors.StripePermissionError;
  if (!sure || error.statusCode === 409) return error;
  const Refused = error.code === 'resource_missing' ? ProviderMissing : ProviderRefused;
  return new Refused(error.message, { cause: error });
}
