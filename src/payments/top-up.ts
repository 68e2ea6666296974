import type { Minor } from '../ledger/entry.js';
import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';

export type TopUpId = string;

/** `acc_1.tu_1`: how the provider and the payer's address name a top-up, so that every look-up stays in its account. */
export type TopUpReference = string;

export function referenceOf({ account, id }: { account: AccountId; id: TopUpId }): TopUpReference {
  return `${account}.${id}`;
}

/** Undefined where the text is no reference. */
export function parseReference(reference: TopUpReference): { account: AccountId; id: TopUpId } | undefined {
  const [account, id, ...more] = reference.split('.');
  return account && id && more.length === 0 ? { account, id } : undefined;
}

export const TOP_UP_STATES = ['open', 'processing', 'credited', 'suspense', 'expired', 'declined', 'failed'] as const;

/**
 * open: may still be paid. processing: the payer is done, the money is on its way. credited: in the wallet.
 * suspense: money came that does not fit, kept aside for the operator. expired: nobody paid in time.
 * declined: refused for good. failed: the provider would not open a page.
 */
export type TopUpState = (typeof TOP_UP_STATES)[number];

export interface Decline {
  /** The provider's code: `insufficient_funds`, `generic_decline`, … */
  code: string;
  /** One sentence for the payer, in the provider's words. */
  message: string;
}

/** Somebody's intent to add money to a workspace, written before the provider hears of it. */
export interface TopUp {
  id: TopUpId;
  account: AccountId;
  workspace: WorkspaceId;
  workspaceName: string;
  amountMinor: Minor;
  currency: string;
  by: PersonId;
  /** Of the click or command that asked; unique in the workspace. */
  key: string;
  state: TopUpState;
  checkoutId?: string;
  paymentId?: string;
  url?: string;
  /** The last card that was refused, also while it is still open. */
  decline?: Decline;
  /** The workspace's balance after the credit. */
  balanceMinor?: Minor;
  /** Whether the workspace's channel has heard how it ended. */
  told: boolean;
  createdAt: Date;
  settledAt?: Date;
}
