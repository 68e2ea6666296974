import type { PaymentError } from './objects.js';

/** What the bank says to a card. `authenticate` asks the holder, where there is one; else it is a decline. */
export type CardAnswer = { kind: 'approved' } | { kind: 'authenticate' } | { kind: 'declined'; error: PaymentError };

export interface TestCard {
  /** Its holder pays on a page. */
  present: CardAnswer;
  /** Once the holder has proved to the bank who they are. */
  proved: CardAnswer;
  /** The saved card is charged without its holder. */
  absent: CardAnswer;
  /** The same, where the holder proved themselves when it was saved. */
  absentOnceProved: CardAnswer;
  /** It is saved without being charged. */
  saved: CardAnswer;
  /** What happens to a payment that went through. */
  afterwards?: 'disputed' | 'inquired' | 'refundsLate' | 'refundsFail';
  /** Stripe's name for a payment method of it, such as `pm_card_visa`. */
  method?: string;
}

type Advice = NonNullable<PaymentError['advice_code']>;

const APPROVED: CardAnswer = { kind: 'approved' };
const AUTHENTICATE: CardAnswer = { kind: 'authenticate' };

function declined(code: string, declineCode: string, message: string, advice?: Advice): CardAnswer {
  return {
    kind: 'declined',
    error: {
      type: 'card_error',
      code,
      ...(code === 'incorrect_number' ? {} : { decline_code: declineCode }),
      ...(advice ? { advice_code: advice } : {}),
      ...(code === 'incorrect_cvc' ? { param: 'cvc' } : {}),
      ...(code === 'expired_card' ? { param: 'exp_month' } : {}),
      ...(code === 'incorrect_number' ? { param: 'number' } : {}),
      doc_url: `https://docs.stripe.com/error-codes/${code.replaceAll('_', '-')}`,
      message,
    },
  };
}

const cardDeclined = (reason: string, advice?: Advice, message = 'Your card was declined.'): CardAnswer =>
  declined('card_declined', reason, message, advice);

const INSUFFICIENT = cardDeclined('insufficient_funds', 'try_again_later', 'Your card has insufficient funds.');
const EXPIRED = declined('expired_card', 'expired_card', 'Your card has expired.', 'confirm_card_data');
const WRONG_CVC = declined(
  'incorrect_cvc',
  'incorrect_cvc',
  "Your card's security code is incorrect.",
  'confirm_card_data',
);
const PROCESSING_ERROR = declined(
  'processing_error',
  'processing_error',
  'An error occurred while processing your card. Try again in a little bit.',
  'try_again_later',
);
const WRONG_NUMBER = declined('incorrect_number', 'incorrect_number', 'Your card number is incorrect.');
const NO_TEST_CARD = cardDeclined(
  'test_mode_live_card',
  undefined,
  'Your card was declined. Your request was in test mode, but used a non test card. For a list of valid test cards, visit: https://docs.stripe.com/testing.',
);

/** What Stripe answers where a bank wants its holder, and the holder is not there. */
const AUTHENTICATION_REQUIRED = declined(
  'authentication_required',
  'authentication_required',
  'Your card was declined. This transaction requires authentication.',
);

export const AUTHENTICATION_FAILED: PaymentError = {
  type: 'card_error',
  code: 'payment_intent_authentication_failure',
  doc_url: 'https://docs.stripe.com/error-codes/payment-intent-authentication-failure',
  message: 'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
};

const always = (answer: CardAnswer, more: Partial<TestCard> = {}): TestCard => ({
  present: answer,
  proved: answer,
  absent: answer,
  absentOnceProved: answer,
  saved: answer,
  ...more,
});
const works = (method?: string, afterwards?: NonNullable<TestCard['afterwards']>): TestCard =>
  always(APPROVED, { ...(method ? { method } : {}), ...(afterwards ? { afterwards } : {}) });
const refused = (answer: CardAnswer, method?: string): TestCard => always(answer, method ? { method } : {});
/** Its bank asks the holder each time they are there. */
const guarded = (more: Partial<TestCard> = {}): TestCard => ({
  present: AUTHENTICATE,
  proved: APPROVED,
  absent: AUTHENTICATION_REQUIRED,
  absentOnceProved: AUTHENTICATION_REQUIRED,
  saved: AUTHENTICATE,
  ...more,
});

/** Stripe's published test cards (docs.stripe.com/testing) by number, as far as payments with cards go. */
const TEST_CARDS: ReadonlyMap<string, TestCard> = new Map([
  ['4242424242424242', works('pm_card_visa')],
  ['4000056655665556', works('pm_card_visa_debit')],
  ['5555555555554444', works('pm_card_mastercard')],
  ['378282246310005', works('pm_card_amex')],
  ['4000000000003055', works('pm_card_threeDSecureOptional')],
  ['4000002500003155', guarded({ absentOnceProved: APPROVED, method: 'pm_card_authenticationRequiredOnSetup' })],
  ['4000002760003184', guarded({ method: 'pm_card_authenticationRequired' })],
  ['4000000000003220', guarded({ method: 'pm_card_threeDSecure2Required' })],
  ['4000003800000446', guarded({ absent: APPROVED, absentOnceProved: APPROVED, saved: APPROVED })],
  ['4000008260003178', guarded({ proved: INSUFFICIENT, absent: INSUFFICIENT, absentOnceProved: INSUFFICIENT })],
  ['4000008400001629', guarded({ proved: cardDeclined('generic_decline') })],
  ['4000000000000002', refused(cardDeclined('generic_decline', 'try_again_later'), 'pm_card_visa_chargeDeclined')],
  ['4000000000009995', refused(INSUFFICIENT, 'pm_card_visa_chargeDeclinedInsufficientFunds')],
  ['4000000000009987', refused(cardDeclined('lost_card', 'do_not_try_again'), 'pm_card_visa_chargeDeclinedLostCard')],
  [
    '4000000000009979',
    refused(cardDeclined('stolen_card', 'do_not_try_again'), 'pm_card_visa_chargeDeclinedStolenCard'),
  ],
  ['4000000000000069', refused(EXPIRED, 'pm_card_chargeDeclinedExpiredCard')],
  ['4000000000000127', refused(WRONG_CVC, 'pm_card_chargeDeclinedIncorrectCvc')],
  ['4000000000000119', refused(PROCESSING_ERROR, 'pm_card_chargeDeclinedProcessingError')],
  [
    '4000000000000341',
    {
      ...refused(cardDeclined('generic_decline', 'try_again_later')),
      saved: APPROVED,
      method: 'pm_card_chargeCustomerFail',
    },
  ],
  ['4000000000000259', works('pm_card_createDispute', 'disputed')],
  ['4000000000001976', works('pm_card_createDisputeInquiry', 'inquired')],
  ['4000000000007726', works('pm_card_pendingRefund', 'refundsLate')],
  ['4000000000005126', works('pm_card_refundFail', 'refundsFail')],
]);

/** `number` is digits only. A number that no test card has is declined, as Stripe does in test mode. */
export function testCard(number: string): TestCard {
  if (!passesLuhn(number)) return refused(WRONG_NUMBER);
  return TEST_CARDS.get(number) ?? refused(NO_TEST_CARD);
}

/** The number behind `pm_card_visa` and its like. */
export function numberOfMethod(method: string): string | undefined {
  for (const [number, card] of TEST_CARDS) if (card.method === method) return number;
  return undefined;
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
