import type Stripe from 'stripe';
import type { Checkout, Dispute, Movement, Payment, Refund, SavedCard } from './provider.js';
import type { Decline } from './top-up.js';

/** Stripe's objects in our words. Nothing here asks Stripe anything. */

/** On the payments that we charge to a saved card; a page's payment has our other marks too, but not this one. */
export const CHARGED_BY_US = 'card';

const NEEDS_CARDHOLDER = 'authentication_required';

const PAGE_STATUS: ReadonlyMap<string, Checkout['status']> = new Map([
  ['complete', 'complete'],
  ['expired', 'expired'],
]);
const PAYMENT_STATUS: ReadonlyMap<string, Payment['status']> = new Map([
  ['succeeded', 'succeeded'],
  ['canceled', 'canceled'],
  ['processing', 'processing'],
  ['requires_capture', 'processing'],
  ['requires_action', 'cardholder'],
]);
const REFUND_STATUS: ReadonlyMap<string, Refund['status']> = new Map([
  ['succeeded', 'done'],
  ['pending', 'done'],
  ['failed', 'undone'],
  ['canceled', 'undone'],
]);
/** Of an inquiry (`warning_…`), or one that was prevented, no money moves. */
const DISPUTE_STATUS: ReadonlyMap<string, Dispute['status']> = new Map([
  ['warning_needs_response', 'asked'],
  ['warning_under_review', 'asked'],
  ['warning_closed', 'asked'],
  ['prevented', 'asked'],
  ['won', 'won'],
  ['lost', 'lost'],
]);

export function toCheckout(session: Stripe.Checkout.Session): Checkout {
  const intent = typeof session.payment_intent === 'string' ? undefined : (session.payment_intent ?? undefined);
  const paymentId = idOf(session.payment_intent);
  const paid = session.payment_status === 'paid';
  const settling = intent?.status === 'processing' || intent?.status === 'succeeded';
  const decline = intent?.last_payment_error && !settling ? toDecline(intent.last_payment_error) : undefined;
  return {
    id: session.id,
    status: PAGE_STATUS.get(session.status ?? '') ?? 'open',
    paid,
    amountMinor: (paid ? intent?.amount_received : undefined) ?? session.amount_total ?? 0,
    currency: (intent?.currency ?? session.currency ?? '').toUpperCase(),
    livemode: session.livemode,
    createdAt: momentOf(session.created),
    ...(session.url ? { url: session.url } : {}),
    ...(paymentId ? { paymentId } : {}),
    ...marksOf(session.metadata ?? {}),
    ...(session.client_reference_id ? { topUp: session.client_reference_id } : {}),
    ...(decline ? { decline } : {}),
  };
}

export function toPayment(intent: Stripe.PaymentIntent): Payment {
  const status = statusOf(intent);
  const decline = status === 'declined' && intent.last_payment_error ? toDecline(intent.last_payment_error) : undefined;
  return {
    id: intent.id,
    status,
    amountMinor: status === 'succeeded' ? intent.amount_received : intent.amount,
    currency: intent.currency.toUpperCase(),
    livemode: intent.livemode,
    createdAt: momentOf(intent.created),
    ...marksOf(intent.metadata),
    ...(decline ? { decline } : {}),
  };
}

function statusOf({ status, last_payment_error: error }: Stripe.PaymentIntent): Payment['status'] {
  if (status !== 'requires_payment_method' || !error) return PAYMENT_STATUS.get(status) ?? 'open';
  return error.code === NEEDS_CARDHOLDER || error.decline_code === NEEDS_CARDHOLDER ? 'cardholder' : 'declined';
}

function toDecline(error: Stripe.PaymentIntent.LastPaymentError): Decline {
  return { code: error.decline_code ?? error.code ?? 'declined', message: error.message ?? 'The card was declined.' };
}

function marksOf(metadata: Stripe.Metadata): Pick<Checkout, 'topUp' | 'account' | 'workspace'> {
  const { top_up: topUp, account, workspace } = metadata;
  return { ...(topUp ? { topUp } : {}), ...(account ? { account } : {}), ...(workspace ? { workspace } : {}) };
}

/** Undefined for what is no card. */
export function toCard({ id, card }: Stripe.PaymentMethod): SavedCard | undefined {
  if (!card) return undefined;
  return { id, brand: card.brand, last4: card.last4, expires: { month: card.exp_month, year: card.exp_year } };
}

export function toRefund({ id, amount, currency, status }: Stripe.Refund): Refund {
  return {
    id,
    amountMinor: amount,
    currency: currency.toUpperCase(),
    status: REFUND_STATUS.get(status ?? '') ?? 'waiting',
  };
}

export function toDispute({ id, amount, currency, status }: Stripe.Dispute): Dispute {
  return {
    id,
    amountMinor: amount,
    currency: currency.toUpperCase(),
    status: DISPUTE_STATUS.get(status) ?? 'taken',
  };
}

/**
 * Undefined for what is no payment's money, such as a payout. `source` must be expanded: its amount is in the payer's
 * currency, while the line's own may be in the one that is paid out to us.
 */
export function toMovement({ source, amount, created }: Stripe.BalanceTransaction): Movement | undefined {
  if (source === null || typeof source === 'string') return undefined;
  if (source.object !== 'charge' && source.object !== 'refund' && source.object !== 'dispute') return undefined;
  const payment = idOf(source.payment_intent);
  if (!payment) return undefined;
  const came = amount > 0;
  const kind = {
    charge: 'taken',
    refund: came ? 'refundUndone' : 'refund',
    dispute: came ? 'disputeWon' : 'dispute',
  } as const;
  return {
    payment,
    kind: kind[source.object],
    providerId: source.object === 'charge' ? payment : source.id,
    amountMinor: came ? source.amount : -source.amount,
    currency: source.currency.toUpperCase(),
    at: momentOf(created),
  };
}

export function idOf(reference: string | { id: string } | null | undefined): string | undefined {
  return typeof reference === 'string' ? reference : reference?.id;
}

export function momentOf(seconds: number): Date {
  return new Date(seconds * 1000);
}
