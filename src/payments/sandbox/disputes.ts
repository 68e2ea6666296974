import { book } from './balance.js';
import { BLANK_DISPUTE } from './blanks.js';
import { badRequest } from './errors.js';
import type { Charge, Dispute } from './objects.js';
import type { Store } from './store.js';

export interface DisputeOrder {
  reason: string;
  /** All that was not given back, where absent. */
  amount?: number;
  /** The bank only inquires: no money moves. */
  asksFirst?: boolean;
}

/** The cardholder asks their bank for the money back: it leaves our balance until the dispute is closed. Throws ApiError. */
export function openDispute(store: Store, charge: Charge, of: DisputeOrder): Dispute {
  if (charge.status !== 'succeeded' || charge.disputed) throw badRequest('This charge cannot be disputed.');
  const amount = of.amount ?? charge.amount - charge.amount_refunded;
  if (amount <= 0 || amount > charge.amount) throw badRequest('A dispute is about a part of its charge.');
  const dispute: Dispute = {
    id: store.id('du'),
    object: 'dispute',
    ...BLANK_DISPUTE,
    amount,
    balance_transactions: [],
    charge: charge.id,
    created: store.seconds,
    currency: charge.currency,
    is_charge_refundable: of.asksFirst === true,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason: of.reason,
    status: of.asksFirst ? 'warning_needs_response' : 'needs_response',
  };
  if (!of.asksFirst) move(store, dispute, 'dispute');
  store.state.disputes[dispute.id] = dispute;
  charge.disputed = true;
  store.emit('charge.dispute.created', dispute);
  if (!of.asksFirst) store.emit('charge.dispute.funds_withdrawn', dispute);
  return dispute;
}

/** The banks decide: won gives the money back, lost keeps it away. An inquiry ends without either. Throws ApiError. */
export function closeDispute(store: Store, dispute: Dispute, won: boolean): Dispute {
  const withdrawn = dispute.status === 'needs_response';
  if (!withdrawn && dispute.status !== 'warning_needs_response') throw badRequest('This dispute is already closed.');
  dispute.status = won ? 'won' : 'lost';
  if (!withdrawn) dispute.status = 'warning_closed';
  if (withdrawn && won) move(store, dispute, 'dispute_reversal');
  store.emit('charge.dispute.closed', dispute);
  if (withdrawn && won) store.emit('charge.dispute.funds_reinstated', dispute);
  return dispute;
}

function move(store: Store, dispute: Dispute, category: 'dispute' | 'dispute_reversal'): void {
  const { id, amount, currency, charge } = dispute;
  const booked = book(store, {
    type: 'adjustment',
    reporting_category: category,
    amount: category === 'dispute' ? -amount : amount,
    currency,
    description: `${category === 'dispute' ? 'Chargeback withdrawal' : 'Chargeback reversal'} for ${charge}`,
    source: id,
  });
  dispute.balance_transactions.push(booked);
}
