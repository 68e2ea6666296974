import type { PaymentError } from './objects.js';

/** What a card does when it is charged with its holder present. */
export type CardAnswer = { kind: 'approved' } | { kind: 'authenticate' } | { kind: 'declined'; error: PaymentError };

const declined = (code: string, message: string, declineCode?: string): CardAnswer => ({
  kind: 'declined',
  error: { type: 'card_error', code, message, ...(declineCode ? { decline_code: declineCode } : {}) },
});

/** Stripe's published test cards. */
const TEST_CARDS: ReadonlyMap<string, CardAnswer> = new Map([
  ['4242424242424242', { kind: 'approved' }],
  ['4000056655665556', { kind: 'approved' }],
  ['5555555555554444', { kind: 'approved' }],
  ['378282246310005', { kind: 'approved' }],
  ['4000002500003155', { kind: 'authenticate' }],
  ['4000002760003184', { kind: 'authenticate' }],
  ['4000000000000002', declined('card_declined', 'Your card was declined.', 'generic_decline')],
  ['4000000000009995', declined('card_declined', 'Your card has insufficient funds.', 'insufficient_funds')],
  ['4000000000009987', declined('card_declined', 'Your card was declined.', 'lost_card')],
  ['4000000000000069', declined('expired_card', 'Your card has expired.', 'expired_card')],
  ['4000000000000127', declined('incorrect_cvc', "Your card's security code is incorrect.", 'incorrect_cvc')],
  [
    '4000000000000119',
    declined(
      'processing_error',
      'An error occurred while processing your card. Try again in a little bit.',
      'processing_error',
    ),
  ],
]);

export const AUTHENTICATION_FAILED: PaymentError = {
  type: 'card_error',
  code: 'payment_intent_authentication_failure',
  message: 'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
};

/** `number` is digits only. */
export function answerOf(number: string): CardAnswer {
  if (!passesLuhn(number)) return declined('incorrect_number', 'Your card number is incorrect.');
  return (
    TEST_CARDS.get(number) ??
    declined(
      'card_declined',
      'Your card was declined. Your request was in test mode, but used a non test card.',
      'test_mode_live_card',
    )
  );
}

export function brandOf(number: string): string {
  if (/^3[47]/.test(number)) return 'amex';
  return number.startsWith('5') ? 'mastercard' : 'visa';
}

function passesLuhn(number: string): boolean {
  if (!/^\d{13,19}$/.test(number)) return false;
  const sum = [...number].reverse().reduce((total, digit, place) => {
    const value = Number(digit) * (place % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
