import { book } from './balance.js';
import { BLANK_DISPUTE } from './blanks.js';
import { badRequest } from './errors.js';
import type { Charge, Dispute } from './objects.js';
import type { Store } from './store.js';

/** The cardholder asks their bank for the money back: it leaves our balance until the dispute is closed. */
export function openDispute(store: Store, charge: Charge, of: { reason: string; amount?: number }): Dispute {
  if (charge.status !== 'succeeded' || charge.disputed) throw badRequest('This charge cannot be disputed.');
  const amount = of.amount ?? charge.amount - charge.amount_refunded;
  const id = store.id('du');
  const booked = book(store, {
    type: 'adjustment',
    reporting_category: 'dispute',
    amount: -amount,
    currency: charge.currency,
    description: `Chargeback withdrawal for ${charge.id}`,
    source: id,
  });
  const dispute: Dispute = {
    id,
    object: 'dispute',
    ...BLANK_DISPUTE,
    amount,
    balance_transactions: [booked],
    charge: charge.id,
    created: store.seconds,
    currency: charge.currency,
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason: of.reason,
    status: 'needs_response',
  };
  store.state.disputes[id] = dispute;
  charge.disputed = true;
  store.emit('charge.dispute.created', dispute);
  store.emit('charge.dispute.funds_withdrawn', dispute);
  return dispute;
}

/** The banks decide: won gives the money back, lost keeps it away. */
export function closeDispute(store: Store, dispute: Dispute, won: boolean): Dispute {
  if (dispute.status === 'won' || dispute.status === 'lost') throw badRequest('This dispute is already closed.');
  dispute.status = won ? 'won' : 'lost';
  if (won) {
    const { id, amount, currency, charge } = dispute;
    const description = `Chargeback reversal for ${charge}`;
    const reversal = { type: 'adjustment', reporting_category: 'dispute_reversal' } as const;
    dispute.balance_transactions.push(book(store, { ...reversal, amount, currency, description, source: id }));
  }
  store.emit('charge.dispute.closed', dispute);
  if (won) store.emit('charge.dispute.funds_reinstated', dispute);
  return dispute;
}
