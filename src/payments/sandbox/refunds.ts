import { book } from './balance.js';
import { BLANK_REFUND } from './blanks.js';
import { testCard } from './cards.js';
import { badRequest } from './errors.js';
import type { Charge, Metadata, Refund } from './objects.js';
import type { Store } from './store.js';

export interface RefundOrder {
  /** All that is left, where absent. */
  amount?: number;
  reason?: Refund['reason'];
  metadata?: Metadata;
}

/** How long a refund that does not end at once is on its way. */
const ON_ITS_WAY_SECONDS = 30;

/** Gives money back. Throws ApiError where the charge does not have so much left. */
export function refund(store: Store, charge: Charge, order: RefundOrder): Refund {
  const left = charge.amount - charge.amount_refunded;
  if (charge.status !== 'succeeded')
    throw badRequest(`The charge '${charge.id}' cannot be refunded: it has not succeeded.`, { param: 'charge' });
  if (left === 0)
    throw badRequest(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
  const dispute = Object.values(store.state.disputes).find((one) => one.charge === charge.id);
  if (dispute && !dispute.is_charge_refundable)
    throw badRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, { code: 'charge_disputed' });
  const amount = order.amount ?? left;
  if (amount > left)
    throw badRequest(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`, {
      param: 'amount',
    });
  const created: Refund = {
    id: store.id('re'),
    object: 'refund',
    ...BLANK_REFUND,
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: store.seconds,
    currency: charge.currency,
    metadata: order.metadata ?? {},
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: order.reason ?? null,
    status: 'succeeded',
  };
  store.state.refunds[created.id] = created;
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount;
  created.balance_transaction = bookOut(store, created);
  plan(store, charge, created);
  store.emit('refund.created', created);
  store.emit('charge.refunded', charge);
  return created;
}

/** Some test cards' refunds end later, one way or the other. */
function plan(store: Store, { payment_method }: Charge, refund: Refund): void {
  const { afterwards } = testCard(store.state.cardNumbers[payment_method ?? ''] ?? '');
  if (afterwards !== 'refundsLate' && afterwards !== 'refundsFail') return;
  if (afterwards === 'refundsLate') refund.status = 'pending';
  const status = afterwards === 'refundsLate' ? 'succeeded' : 'failed';
  store.state.refundEnds[refund.id] = { status, at: store.seconds + ON_ITS_WAY_SECONDS };
}

/** Ends the refunds whose time has come; all that are on their way where no time is given. */
export function endRefunds(store: Store, until = Number.POSITIVE_INFINITY): void {
  const { refundEnds, refunds, charges } = store.state;
  for (const [id, end] of Object.entries(refundEnds)) {
    const refund = refunds[id];
    const charge = refund && charges[refund.charge];
    if (end.at > until || !refund || !charge) continue;
    delete refundEnds[id];
    if (end.status === 'failed') fail(store, charge, refund);
    else refund.status = 'succeeded';
    store.emit('refund.updated', refund);
    store.emit('charge.refund.updated', refund);
    if (refund.status === 'failed') store.emit('refund.failed', refund);
  }
}

/** The bank sent the money back: it is ours again. */
function fail(store: Store, charge: Charge, refund: Refund): void {
  charge.amount_refunded -= refund.amount;
  charge.refunded = false;
  const { id, amount, currency } = refund;
  const back = { type: 'refund_failure', reporting_category: 'refund_failure' } as const;
  const booked = book(store, { ...back, amount, currency, description: 'REFUND FAILURE', source: id });
  Object.assign(refund, {
    status: 'failed',
    failure_balance_transaction: booked.id,
    failure_reason: 'expired_or_canceled_card',
  } satisfies Partial<Refund>);
}

function bookOut(store: Store, { id, amount, currency }: Refund): string {
  const out = { type: 'refund', reporting_category: 'refund' } as const;
  return book(store, { ...out, amount: -amount, currency, description: 'REFUND FOR CHARGE', source: id }).id;
}
