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

const PREFIX: Readonly<Record<ReversalKind, string>> = {
  refund: 'refund',
  refundUndone: 'refund-undone',
  dispute: 'dispute',
  disputeWon: 'dispute-won',
  disputeLost: 'dispute-lost',
};

/** The key of a reversal's entry, and the id of its row: made of the refund's or dispute's own id, so that it happens once. */
export function keyOf(kind: ReversalKind, providerId: string): string {
  return `${PREFIX[kind]}:${providerId}`;
}

/**
 * Everything that a refund has been, in order. One that came to nothing was on its way before: both lines are written,
 * so that it does not matter who saw which.
 */
function stepsOfRefund(refund: Refund): Step[] {
  if (refund.status === 'waiting') return [];
  const gone = step(refund, 'refund', { kind: 'refund', amountMinor: -refund.amountMinor });
  if (refund.status === 'done') return [gone];
  const back = { kind: 'refund', amountMinor: refund.amountMinor, takesBack: gone.id } as const;
  return [gone, step(refund, 'refundUndone', back)];
}

function stepsOfDispute(dispute: Dispute): Step[] {
  const taken = step(dispute, 'dispute', { kind: 'dispute', amountMinor: -dispute.amountMinor });
  switch (dispute.status) {
    case 'asked':
      return [];
    case 'taken':
      return [taken];
    case 'won': {
      const back = { kind: 'dispute', amountMinor: dispute.amountMinor, takesBack: taken.id } as const;
      return [taken, step(dispute, 'disputeWon', back)];
    }
    case 'lost':
      return [taken, step(dispute, 'disputeLost')];
  }
}

function step(of: Refund | Dispute, kind: ReversalKind, entry?: Step['entry']): Step {
  const { id: providerId, amountMinor, currency } = of;
  return { id: keyOf(kind, providerId), kind, providerId, amountMinor, currency, ...(entry && { entry }) };
}

/** Every step of what the provider tells now, in an order that the ledger can take. */
export function stepsOf({ refunds, disputes }: { refunds: readonly Refund[]; disputes: readonly Dispute[] }): Step[] {
  return [...refunds.flatMap(stepsOfRefund), ...disputes.flatMap(stepsOfDispute)];
}
