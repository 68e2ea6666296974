import type { Receipt } from './receipt.js';

/** What each kind of document is called. */
export const RECEIPT_KINDS: Readonly<Record<Receipt['kind'], string>> = {
  receipt: 'Receipt',
  creditNote: 'Credit note',
  reinstated: 'Correction',
};

/** `Receipt K3F9QZ-000001`. */
export function receiptTitle({ kind, label }: Pick<Receipt, 'kind' | 'label'>): string {
  return `${RECEIPT_KINDS[kind]} ${label}`;
}

/** The name under which it is saved: `credit-note-K3F9QZ-000002.pdf`. */
export function receiptFileName({ kind, label }: Pick<Receipt, 'kind' | 'label'>): string {
  return `${RECEIPT_KINDS[kind].toLowerCase().replace(' ', '-')}-${label}.pdf`;
}

/** `Visa ending in 4242`. */
export function paidWords({ method, card }: Receipt['paid']): string {
  if (!card) return method === 'card' ? 'The saved card' : 'The payment page';
  return `${card.brand.charAt(0).toUpperCase()}${card.brand.slice(1)} ending in ${card.last4}`;
}
