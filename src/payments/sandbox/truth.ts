import type { SandboxState } from './state.js';

/** What the sandbox really did, to hold the ledger against. Amounts are minor units by currency (capitals). */
export interface Truth {
  takenMinor: Readonly<Record<string, number>>;
  /** Refunds that did not fail. */
  refundedMinor: Readonly<Record<string, number>>;
  /** Withdrawn by disputes and not given back. */
  disputedMinor: Readonly<Record<string, number>>;
  /** What is left of it all: taken, less refunded, less disputed; equals the sum of balance transactions' amounts. */
  balanceMinor: Readonly<Record<string, number>>;
  payments: readonly {
    payment: string;
    customer?: string;
    checkout?: string;
    topUp?: string;
    amountMinor: number;
    currency: string;
  }[];
}

export function truthOf(state: SandboxState): Truth {
  const refunds = Object.values(state.refunds).filter(({ status }) => status !== 'failed');
  const disputes = Object.values(state.disputes).filter(
    ({ status }) => status === 'needs_response' || status === 'lost',
  );
  const payments = paymentsOf(state);
  const takenMinor = sums(payments.map(({ currency, amountMinor }) => [currency, amountMinor]));
  const refundedMinor = sums(refunds.map(({ currency, amount }) => [currency, amount]));
  const disputedMinor = sums(disputes.map(({ currency, amount }) => [currency, amount]));
  const balanceMinor = Object.fromEntries(
    Object.entries(takenMinor).map(([currency, taken]) => [
      currency,
      taken - (refundedMinor[currency] ?? 0) - (disputedMinor[currency] ?? 0),
    ]),
  );
  return { takenMinor, refundedMinor, disputedMinor, balanceMinor, payments };
}

function paymentsOf(state: SandboxState): Truth['payments'] {
  const sessions = new Map(Object.values(state.sessions).map((session) => [session.payment_intent, session.id]));
  return Object.values(state.paymentIntents)
    .filter(({ status }) => status === 'succeeded')
    .map((intent) => {
      const checkout = sessions.get(intent.id);
      const topUp = intent.metadata['top_up'];
      return {
        payment: intent.id,
        amountMinor: intent.amount_received,
        currency: intent.currency.toUpperCase(),
        ...(intent.customer ? { customer: intent.customer } : {}),
        ...(checkout ? { checkout } : {}),
        ...(topUp ? { topUp } : {}),
      };
    });
}

function sums(amounts: readonly (readonly [currency: string, amount: number])[]): Record<string, number> {
  const total: Record<string, number> = {};
  for (const [currency, amount] of amounts) {
    const name = currency.toUpperCase();
    total[name] = (total[name] ?? 0) + amount;
  }
  return total;
}
