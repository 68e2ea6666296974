import type { Minor } from '../ledger/entry.js';
import type { ChatOrigin } from '../workspace/chat-origin.js';
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
 * declined: refused for good. failed: the provider would not take it, or was never reached; nothing was taken.
 */
export type TopUpState = (typeof TOP_UP_STATES)[number];

/** Nothing more is expected of it. Money that comes all the same is credited. */
export const ENDED: readonly TopUpState[] = ['credited', 'suspense', 'expired', 'declined', 'failed'];

export interface Decline {
  /** The provider's code: `insufficient_funds`, `generic_decline`, … */
  code: string;
  /** One sentence for the payer, in the provider's words. */
  message: string;
}

/** What people may know of a card: `visa` and `4242`. */
export interface CardLabel {
  brand: string;
  last4: string;
}

/** Why a top-up was started by itself. One that is open at a time per workspace. */
export interface AutomaticCause {
  kind: 'below' | 'monthly';
  /** Of the crossing or the month: one cause is charged once. */
  cause: string;
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
  /** How it is paid: on the provider's page, or by the workspace's saved card. */
  method: 'page' | 'card';
  /** The saved card that was to pay. */
  card?: CardLabel;
  automatic?: AutomaticCause;
  state: TopUpState;
  /** The saved card's bank asked for its holder, so nothing was taken and there is a page (`url`) to pay on instead. */
  needsCardholder?: true;
  checkoutId?: string;
  /** The provider's payment: the one that was credited, else the last one tried. */
  paymentId?: string;
  url?: string;
  /** The last card that was refused, also while it is still open. */
  decline?: Decline;
  /** The workspace's balance after the credit. */
  balanceMinor?: Minor;
  /** Of it, what has gone back to the payer. */
  refundedMinor?: Minor;
  /** Of it, what the payer's bank has taken back and not returned. */
  disputedMinor?: Minor;
  /** Where in chat somebody asked for it. */
  origin?: ChatOrigin;
  /** The receipt that was issued for it. */
  receipt?: string;
  /** Whether the workspace's channel has heard how it ended. */
  told: boolean;
  createdAt: Date;
  settledAt?: Date;
}
