const HOUR_MS = 3_600_000;

/** How long after each decline in a row the next try is made; after the last of these tries it is given up. */
const NEXT_TRY_MS = [HOUR_MS, 24 * HOUR_MS, 72 * HOUR_MS] as const;

/** The first try and those after it. */
export const MOST_TRIES = NEXT_TRY_MS.length + 1;

/** When to try again after so many declines in a row; undefined where it is given up. */
export function nextTry(declines: number, at: Date): Date | undefined {
  const wait = NEXT_TRY_MS[declines - 1];
  return wait === undefined ? undefined : new Date(at.getTime() + wait);
}

/** The codes after which the same card surely fails again: trying on would only harm the card's standing. */
const CARD_IS_DONE: ReadonlySet<string> = new Set([
  'expired_card',
  'lost_card',
  'stolen_card',
  'pickup_card',
  'restricted_card',
  'invalid_account',
  'incorrect_number',
  'invalid_number',
  'fraudulent',
  'merchant_blacklist',
  'card_not_supported',
  'currency_not_supported',
  'not_permitted',
  'security_violation',
  'stop_payment_order',
  'revocation_of_authorization',
  'revocation_of_all_authorizations',
]);

/** Whether only another card can help. `code` is the provider's. */
export function cardIsDone(code: string): boolean {
  return CARD_IS_DONE.has(code);
}

/** The cardholder must be there: no try of ours can succeed. */
export function needsCardholder(code: string): boolean {
  return code === 'authentication_required';
}
