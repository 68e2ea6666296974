import type { Minor } from '../ledger/entry.js';
import type { Dispute, Refund } from './provider.js';
import type { ReversalKind } from './reversal.js';

/** One thing that became of a payment's money: what it is in the ledger, and the id it happens under, once. */
export interface Step {
  id: string;
  kind: ReversalKind;
  providerId: string;
  currency: string;
  amountMinor: Minor;
  /** Absent where no money moves. */
  entry?: { kind: 'refund' | 'dispute'; amountMinor: Minor; takesBack?: string };
}

/**
 * Everything that a refund has been, in order. One that came to nothing was on its way before: both lines are written,
 * so that it does not matter who saw which.
 */
function stepsOfRefund({ id: providerId, status, amountMinor, currency }: Refund): Step[] {
  if (status === 'waiting') return [];
  const of = { providerId, currency, amountMinor };
  const refund: Step = {
    id: `refund:${providerId}`,
    kind: 'refund',
    ...of,
    entry: { kind: 'refund', amountMinor: -amountMinor },
  };
  if (status === 'done') return [refund];
  const id = `refund-undone:${providerId}`;
  return [refund, { id, kind: 'refundUndone', ...of, entry: { kind: 'refund', amountMinor, takesBack: refund.id } }];
}

function stepsOfDispute({ id: providerId, status, amountMinor, currency }: Dispute): Step[] {
  if (status === 'asked') return [];
  const of = { providerId, currency, amountMinor };
  const dispute: Step = {
    id: `dispute:${providerId}`,
    kind: 'dispute',
    ...of,
    entry: { kind: 'dispute', amountMinor: -amountMinor },
  };
  switch (status) {
    case 'taken':
      return [dispute];
    case 'won': {
      const id = `dispute-won:${providerId}`;
      return [
        dispute,
        { id, kind: 'disputeWon', ...of, entry: { kind: 'dispute', amountMinor, takesBack: dispute.id } },
      ];
    }
    case 'lost':
      return [dispute, { id: `dispute-lost:${providerId}`, kind: 'disputeLost', ...of }];
  }
}

/** Every step of what the provider tells now, in an order that the ledger can take. */
export function stepsOf({ refunds, disputes }: { refunds: readonly Refund[]; disputes: readonly Dispute[] }): Step[] {
  return [...refunds.flatMap(stepsOfRefund), ...disputes.flatMap(stepsOfDispute)];
}
