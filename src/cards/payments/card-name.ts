const BRANDS: ReadonlyMap<string, string> = new Map([
  ['visa', 'Visa'],
  ['mastercard', 'Mastercard'],
  ['amex', 'American Express'],
  ['diners', 'Diners Club'],
  ['jcb', 'JCB'],
  ['unionpay', 'UnionPay'],
  ['eftpos_au', 'eftpos'],
]);

/** What people may know of a card: `Visa ···4242`. For whoever pays, never for a channel. */
export function cardName({ brand, last4 }: { brand: string; last4: string }): string {
  return `${BRANDS.get(brand) ?? `${brand.charAt(0).toUpperCase()}${brand.slice(1)}`} ···${last4}`;
}
