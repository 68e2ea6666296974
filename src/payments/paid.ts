import type { Minor } from '../ledger/entry.js';
import type { AccountId, WorkspaceId } from '../workspace/entities.js';
import type { Checkout, Payment } from './provider.js';
import type { TopUpReference } from './top-up.js';

/** Money that the provider has taken for us, on whichever way. */
export interface Paid {
  /** The provider's payment, or the page's id where it names none. */
  payment: string;
  /** Where it was paid on a page. */
  checkout?: string;
  amountMinor: Minor;
  currency: string;
  topUp?: TopUpReference;
  account?: AccountId;
  workspace?: WorkspaceId;
}

export function paidOnPage(checkout: Checkout): Paid {
  return { ...whatAndFor(checkout), payment: checkout.paymentId ?? checkout.id, checkout: checkout.id };
}

export function paidByCard(payment: Payment): Paid {
  return { ...whatAndFor(payment), payment: payment.id };
}

function whatAndFor({ amountMinor, currency, topUp, account, workspace }: Checkout | Payment) {
  return {
    amountMinor,
    currency,
    ...(topUp !== undefined && { topUp }),
    ...(account !== undefined && { account }),
    ...(workspace !== undefined && { workspace }),
  };
}
