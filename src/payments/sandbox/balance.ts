import type { BalanceTransaction } from './objects.js';
import type { Store } from './store.js';

/** Stripe's price for a British card, so that nobody takes `net` for what was paid. */
const FEE_PER_MILLE = 15;
const FEE_FIXED_MINOR = 20;
const DISPUTE_FEE_MINOR = 2_000;

type Booking = Pick<BalanceTransaction, 'type' | 'reporting_category' | 'amount' | 'currency' | 'source'> & {
  description: string | null;
};

/** Books what a charge, refund or dispute does to our balance at the provider. `amount` is negative where it leaves. */
export function book(store: Store, booking: Booking): BalanceTransaction {
  const fee = feeOf(booking);
  const { currency } = booking;
  const transaction: BalanceTransaction = {
    id: store.id('txn'),
    object: 'balance_transaction',
    ...booking,
    available_on: store.seconds,
    balance_type: 'payments',
    created: store.seconds,
    exchange_rate: null,
    fee,
    fee_details: fee
      ? [{ amount: fee, application: null, currency, description: 'Stripe processing fees', type: 'stripe_fee' }]
      : [],
    net: booking.amount - fee,
    status: 'available',
  };
  store.state.balanceTransactions[transaction.id] = transaction;
  return transaction;
}

function feeOf({ reporting_category: category, amount }: Booking): number {
  if (category === 'charge') return Math.round((amount * FEE_PER_MILLE) / 1000) + FEE_FIXED_MINOR;
  return category === 'dispute' ? DISPUTE_FEE_MINOR : 0;
}
