import type { Minor } from '../ledger/entry.js';
import type { AccountId, WorkspaceId } from '../workspace/entities.js';
import type { TopUpId } from './top-up.js';

/**
 * refund: we gave it back. refundUndone: a refund that did not reach the payer, so the money is here again. dispute: the
 * payer's bank took it back. disputeWon: the bank returned it. disputeLost: it stays there; nothing moves.
 */
export const REVERSAL_KINDS = ['refund', 'refundUndone', 'dispute', 'disputeWon', 'disputeLost'] as const;
export type ReversalKind = (typeof REVERSAL_KINDS)[number];

/** What became of a credited top-up's money afterwards, written once it stands in the ledger. */
export interface Reversal {
  /** Its entry's key in the ledger: `refund:re_1`, `refund-undone:re_1`, `dispute:dp_1`, `dispute-won:dp_1`; `dispute-lost:dp_1` has none. */
  id: string;
  account: AccountId;
  workspace: WorkspaceId;
  topUp: TopUpId;
  kind: ReversalKind;
  /** Above zero. */
  amountMinor: Minor;
  currency: string;
  /** The workspace's balance after it; may be below zero. */
  balanceMinor: Minor;
  /** Of the refund or dispute at the provider. */
  providerId: string;
  /** The credit note, or other document, that was issued for it; disputes under way have none. */
  receipt?: string;
  /** Whether the workspace has heard of it. */
  told: boolean;
  createdAt: Date;
}
