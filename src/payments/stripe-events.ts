import Stripe from 'stripe';
import type { Hint } from './provider.js';
import { CHARGED_BY_US, idOf } from './stripe-read.js';

const WEBHOOK_TOLERANCE_SECONDS = 300;

/**
 * Every type that tells of something we act on. All others are ignored on purpose: they come with one of these, or
 * change nothing that we keep, as the cards in the portal do.
 */
export const EVENT_TYPES = [
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'checkout.session.expired',
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.processing',
  'payment_intent.canceled',
  'charge.refunded',
  'charge.refund.updated',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
] as const satisfies readonly Stripe.Event.Type[];

const ACTED_ON: ReadonlySet<string> = new Set(EVENT_TYPES);

/** The hint of a webhook, or undefined where neither of the secrets signed it within five minutes of `at`. */
export function readWebhook(
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

/** A connected account's event is somebody else's business: it gets no pointers, nor does a type that we do not act on. */
export function toHint(event: Stripe.Event): Hint {
  const hint: Hint = { event: event.id, type: event.type };
  if (event.account || !ACTED_ON.has(event.type)) return hint;
  const { object } = event.data;
  if (!('object' in object)) return hint;
  if (object.object === 'checkout.session') {
    const topUp = object.client_reference_id;
    return { ...hint, checkout: object.id, ...(topUp ? { topUp } : {}) };
  }
  if (object.object === 'payment_intent') {
    const { top_up: topUp, method } = object.metadata ?? {};
    const charged = method === CHARGED_BY_US ? { payment: object.id } : {};
    return { ...hint, ...charged, ...(topUp ? { topUp } : {}) };
  }
  if (object.object === 'charge' || object.object === 'refund' || object.object === 'dispute') {
    const payment = idOf(object.payment_intent);
    return { ...hint, ...(payment ? { reversalsOf: payment } : {}) };
  }
  return hint;
}
