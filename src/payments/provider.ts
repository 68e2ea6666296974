import type { Minor } from '../ledger/entry.js';
import type { AccountId, WorkspaceId } from '../workspace/entities.js';
import type { CardLabel, Decline, TopUpReference } from './top-up.js';

/** A hosted page of the provider where somebody pays once, as the provider tells it now. */
export interface Checkout {
  id: string;
  /** Where it is paid; absent once it is paid or expired. */
  url?: string;
  status: 'open' | 'complete' | 'expired';
  /** True only where the provider has the money. A complete checkout of a slow payment method is not paid yet. */
  paid: boolean;
  /** What was really taken where paid, else what is asked. */
  amountMinor: Minor;
  /** ISO code in capitals. */
  currency: string;
  livemode: boolean;
  paymentId?: string;
  /** Our marks, as they were given to `openCheckout`; absent on a checkout that somebody else made. */
  topUp?: TopUpReference;
  account?: AccountId;
  workspace?: WorkspaceId;
  /** The last refusal of a card on that page. */
  decline?: Decline;
  createdAt: Date;
}

export interface CheckoutOrder {
  topUp: TopUpReference;
  account: AccountId;
  workspace: WorkspaceId;
  customer: string;
  amountMinor: Minor;
  currency: string;
  /** What the payer reads: `Balance for Marketing`. */
  description: string;
  successUrl: string;
  cancelUrl: string;
}

/** A card that the provider keeps for a customer. */
export interface SavedCard extends CardLabel {
  /** The provider's id of it. */
  id: string;
  expires: { month: number; year: number };
}

export interface ChargeOrder {
  topUp: TopUpReference;
  account: AccountId;
  workspace: WorkspaceId;
  customer: string;
  /** The id of the saved card. */
  card: string;
  amountMinor: Minor;
  currency: string;
  description: string;
  /** On the workspace's own day of the month, as its payer agreed; else unscheduled. */
  monthly: boolean;
}

/** One attempt to take money, as the provider tells it now. */
export interface Payment {
  id: string;
  /** cardholder: the bank wants its holder to be there. open: not tried yet. */
  status: 'open' | 'processing' | 'succeeded' | 'declined' | 'cardholder' | 'canceled';
  /** What was really taken where it succeeded, else what is asked. */
  amountMinor: Minor;
  currency: string;
  livemode: boolean;
  /** Our marks, as on a checkout. */
  topUp?: TopUpReference;
  account?: AccountId;
  workspace?: WorkspaceId;
  decline?: Decline;
  createdAt: Date;
}

/** Money that went back to the payer, as the provider tells it now. */
export interface Refund {
  id: string;
  amountMinor: Minor;
  currency: string;
  /** done: it left, or is leaving. undone: it came back. waiting: nothing has moved yet. */
  status: 'waiting' | 'done' | 'undone';
}

/** A payer's bank that asks for its money back, as the provider tells it now. */
export interface Dispute {
  id: string;
  amountMinor: Minor;
  currency: string;
  /** asked: no money has moved. taken: the bank has it, and it may come back. */
  status: 'asked' | 'taken' | 'won' | 'lost';
}

/** A line of the provider's own account of the money that it holds for us. */
export interface Movement {
  /** The payment that was taken, or whose money went back or came again. */
  payment: string;
  kind: 'taken' | 'refund' | 'refundUndone' | 'dispute' | 'disputeWon';
  /** Of the refund or dispute, else of the payment. */
  providerId: string;
  /** Above zero where it came to us. */
  amountMinor: Minor;
  currency: string;
  at: Date;
}

/** What an authentic webhook, or a line of the provider's list of events, points at. It decides nothing: what it names is read again. */
export interface Hint {
  event: string;
  type: string;
  checkout?: string;
  /** A charge of a saved card. */
  payment?: string;
  /** The payment of whose money something became afterwards. */
  reversalsOf?: string;
  topUp?: TopUpReference;
}

/**
 * What the product needs of a payment provider. `key` is our own idempotency key: the same key and order
 * give the first answer again. All reject with ProviderRefused where the provider surely did nothing and
 * a repeat will not help; any other rejection leaves the outcome unknown.
 */
export interface PaymentProvider {
  /** Whether real money moves. */
  readonly livemode: boolean;
  createCustomer(of: { account: AccountId; workspace: WorkspaceId; name: string; key: string }): Promise<string>;
  openCheckout(order: CheckoutOrder, key: string): Promise<Checkout>;
  checkout(id: string): Promise<Checkout>;
  /** Looks for the checkout of a top-up whose opening was never answered. */
  findCheckout(of: {
    topUp: TopUpReference;
    customer: string;
    since: Date;
    except?: string | undefined;
  }): Promise<Checkout | undefined>;
  /** Closes a page that is open; what it is now, whether or not it could still be closed. */
  expireCheckout(id: string): Promise<Checkout>;
  /** The customer's cards: the default one first, then the newest. */
  cards(customer: string): Promise<SavedCard[]>;
  /** Makes the card of a payment the customer's default where there is none. */
  keepCard(of: { customer: string; payment: string }): Promise<void>;
  detachCard(card: string): Promise<void>;
  /** The provider's page for the customer's cards, good for minutes. `update`: straight to a new card. */
  openPortal(of: { customer: string; returnUrl: string; update: boolean }): Promise<string>;
  /** Charges a saved card without its holder. A decline is an answer, and the same one under the same key for ever. */
  charge(order: ChargeOrder, key: string): Promise<Payment>;
  payment(id: string): Promise<Payment>;
  /** Looks for the charge of a top-up that was never answered. */
  findPayment(of: { topUp: TopUpReference; customer: string; since: Date }): Promise<Payment | undefined>;
  /** Cancels a payment that has not succeeded; what it is now, whether or not it could still be cancelled. */
  cancelPayment(id: string): Promise<Payment>;
  reversalsOf(payment: string): Promise<{ refunds: Refund[]; disputes: Dispute[] }>;
  /** The provider's own receipt of a payment, as it is now: the address changes. */
  receiptUrl(payment: string): Promise<string | undefined>;
  /** What happened in that time, of the kinds that `readWebhook` would point at something, oldest first. */
  events(of: { from: Date; to: Date }): Promise<Hint[]>;
  /** What the provider booked for us in that time, oldest first: its report, to hold our books against. */
  movements(of: { from: Date; to: Date }): Promise<Movement[]>;
  /** The webhook's hint, or undefined where signature or time do not hold. `rawBody` is what came over the wire. */
  readWebhook(rawBody: Buffer, signature: string, at: Date): Hint | undefined;
}

export class ProviderRefused extends Error {
  constructor(detail: string, options?: { cause?: unknown }) {
    super(detail, options);
    this.name = 'ProviderRefused';
  }
}

/** What was asked for by its id is not there. */
export class ProviderMissing extends ProviderRefused {
  constructor(detail: string, options?: { cause?: unknown }) {
    super(detail, options);
    this.name = 'ProviderMissing';
  }
}
