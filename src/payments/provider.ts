import type { Minor } from '../ledger/entry.js';
import type { AccountId, WorkspaceId } from '../workspace/entities.js';
import type { Decline, TopUpReference } from './top-up.js';

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

/** What an authentic webhook points at. It decides nothing: what it names is read again. */
export interface Hint {
  event: string;
  type: string;
  checkout?: string;
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
  findCheckout(of: { topUp: TopUpReference; customer: string; since: Date }): Promise<Checkout | undefined>;
  /** The webhook's hint, or undefined where signature or time do not hold. `rawBody` is what came over the wire. */
  readWebhook(rawBody: Buffer, signature: string, at: Date): Hint | undefined;
}

export class ProviderRefused extends Error {
  constructor(detail: string, options?: { cause?: unknown }) {
    super(detail, options);
    this.name = 'ProviderRefused';
  }
}
