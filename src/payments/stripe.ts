import Stripe from 'stripe';
import type { Checkout, CheckoutOrder, Hint, PaymentProvider } from './provider.js';
import { ProviderRefused } from './provider.js';
import type { Decline } from './top-up.js';

export interface StripeSettings {
  secretKey: string;
  /** Every secret that may sign a webhook now: two while one is being rotated. */
  webhookSecrets: readonly string[];
  /** Elsewhere than Stripe: the sandbox. Scheme, host and port; stripe-node takes no path. */
  apiUrl?: string;
  timeoutMs?: number;
}

const WEBHOOK_TOLERANCE_SECONDS = 300;
/** Pages of 100 sessions that `findCheckout` reads at most: one workspace's links of one day. */
const LOOK_BACK_PAGES = 10;
const STATUS: ReadonlyMap<string, Checkout['status']> = new Map([
  ['complete', 'complete'],
  ['expired', 'expired'],
]);
const CONSENT =
  'Your card is kept by our payment provider, so that owners can add balance with it later. You can remove it any time.';

/** Stripe through its own client. Every writing call carries our idempotency key; retries repeat it. */
export function createStripeProvider(settings: StripeSettings): PaymentProvider {
  const stripe = new Stripe(settings.secretKey, {
    maxNetworkRetries: 2,
    telemetry: false,
    timeout: settings.timeoutMs ?? 20_000,
    ...(settings.apiUrl ? address(settings.apiUrl) : {}),
  });
  return {
    livemode: /^[rs]k_live_/.test(settings.secretKey),
    async createCustomer({ account, workspace, name, key }) {
      const customer = await asked(
        stripe.customers.create({ name, metadata: { account, workspace } }, { idempotencyKey: key }),
      );
      return customer.id;
    },
    async openCheckout(order, key) {
      return toCheckout(await asked(stripe.checkout.sessions.create(sessionParams(order), { idempotencyKey: key })));
    },
    async checkout(id) {
      return toCheckout(await asked(stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] })));
    },
    async findCheckout({ topUp, customer, since }) {
      let read = 0;
      const created = { gte: Math.floor(since.getTime() / 1000) - 60 };
      for await (const session of stripe.checkout.sessions.list({ customer, created, limit: 100 })) {
        if (session.client_reference_id === topUp) return toCheckout(session);
        if (++read >= LOOK_BACK_PAGES * 100) break;
      }
      return undefined;
    },
    readWebhook: (rawBody, signature, at) => readWebhook(stripe, settings.webhookSecrets, rawBody, signature, at),
  };
}

function address(apiUrl: string): { protocol: 'http' | 'https'; host: string; port: string } {
  const url = new URL(apiUrl);
  const protocol = url.protocol === 'http:' ? 'http' : 'https';
  return { protocol, host: url.hostname, port: url.port || (protocol === 'http' ? '80' : '443') };
}

function sessionParams(order: CheckoutOrder): Stripe.Checkout.SessionCreateParams {
  const metadata = { top_up: order.topUp, account: order.account, workspace: order.workspace };
  return {
    mode: 'payment',
    customer: order.customer,
    client_reference_id: order.topUp,
    metadata,
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: order.currency.toLowerCase(),
          unit_amount: order.amountMinor,
          product_data: { name: order.description },
        },
      },
    ],
    payment_intent_data: { setup_future_usage: 'off_session', description: order.description, metadata },
    custom_text: { submit: { message: CONSENT } },
    success_url: order.successUrl,
    cancel_url: order.cancelUrl,
  };
}

/** Turns Stripe's sure refusals into ProviderRefused; everything else stays what it is, an unknown outcome. */
async function asked<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    const sure =
      error instanceof Stripe.errors.StripeInvalidRequestError ||
      error instanceof Stripe.errors.StripeAuthenticationError ||
      error instanceof Stripe.errors.StripePermissionError;
    if (sure && error.statusCode !== 409) throw new ProviderRefused(error.message, { cause: error });
    throw error;
  }
}

function toCheckout(session: Stripe.Checkout.Session): Checkout {
  const intent = typeof session.payment_intent === 'string' ? undefined : (session.payment_intent ?? undefined);
  const paymentId = typeof session.payment_intent === 'string' ? session.payment_intent : intent?.id;
  const paid = session.payment_status === 'paid';
  const marks = session.metadata ?? {};
  const settling = intent?.status === 'processing' || intent?.status === 'succeeded';
  const decline = intent?.last_payment_error && !settling ? toDecline(intent.last_payment_error) : undefined;
  return {
    id: session.id,
    status: STATUS.get(session.status ?? '') ?? 'open',
    paid,
    amountMinor: (paid ? intent?.amount_received : undefined) ?? session.amount_total ?? 0,
    currency: (intent?.currency ?? session.currency ?? '').toUpperCase(),
    livemode: session.livemode,
    createdAt: new Date(session.created * 1000),
    ...(session.url ? { url: session.url } : {}),
    ...(paymentId ? { paymentId } : {}),
    ...(session.client_reference_id ? { topUp: session.client_reference_id } : {}),
    ...(marks['account'] ? { account: marks['account'] } : {}),
    ...(marks['workspace'] ? { workspace: marks['workspace'] } : {}),
    ...(decline ? { decline } : {}),
  };
}

function toDecline(error: Stripe.PaymentIntent.LastPaymentError): Decline {
  return { code: error.decline_code ?? error.code ?? 'declined', message: error.message ?? 'The card was declined.' };
}

function readWebhook(
  stripe: Stripe,
  secrets: readonly string[],
  rawBody: Buffer,
  signature: string,
  at: Date,
): Hint | undefined {
  // constructEvent checks the past alone: a timestamp in the future would stay valid for as long as it likes.
  const latest = at.getTime() / 1000 + WEBHOOK_TOLERANCE_SECONDS;
  for (const stamp of signature.matchAll(/(?:^|,)t=([^,]*)/g)) if (!(Number(stamp[1]) <= latest)) return undefined;
  for (const secret of secrets) {
    try {
      const receivedAt = at.getTime();
      return toHint(
        stripe.webhooks.constructEvent(rawBody, signature, secret, WEBHOOK_TOLERANCE_SECONDS, undefined, receivedAt),
      );
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeSignatureVerificationError) && !(error instanceof SyntaxError))
        throw error;
    }
  }
  return undefined;
}

/** A connected account's event is somebody else's business: it gets no pointers. */
function toHint(event: Stripe.Event): Hint {
  const hint = { event: event.id, type: event.type };
  if (event.account) return hint;
  const { object } = event.data;
  if (!('object' in object)) return hint;
  if (object.object === 'checkout.session') {
    return {
      ...hint,
      checkout: object.id,
      ...(object.client_reference_id ? { topUp: object.client_reference_id } : {}),
    };
  }
  if (object.object === 'payment_intent') {
    const topUp = object.metadata?.['top_up'];
    return { ...hint, ...(topUp ? { topUp } : {}) };
  }
  return hint;
}
