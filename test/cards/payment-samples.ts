import type { Card } from '../../src/cards/card.js';
import {
  cardholderNeededCard,
  paymentDeclinedCard,
  paymentFailedCard,
  paymentSetAsideCard,
} from '../../src/cards/payments/payment-cards.js';
import { reversalDetailCard, reversedCard } from '../../src/cards/payments/reversal-cards.js';

const about = { id: 'ws_1', name: 'Marketing', currency: 'GBP', balanceMinor: 6_000 };
/** Without the balance: who reads it privately may not see it. */
const unseen = { id: 'ws_1', name: 'Marketing', currency: 'GBP' };
const card = { brand: 'visa', last4: '4242' };
const why = 'Your card has insufficient funds.';
const added = { amountMinor: 10_000, by: 'Olivia' };
const detail = { about, amountMinor: 4_000, added, reference: 'R-7F3K2Q' };

/** What is said of payments that did not go as they should, or went back. */
export const PAYMENT_SAMPLES: readonly Card[] = [
  paymentDeclinedCard({ about: unseen, amountMinor: 10_000, why }),
  paymentDeclinedCard({ about: unseen, amountMinor: 10_000, why, card }),
  paymentFailedCard({ about: unseen, amountMinor: 10_000, card: { brand: 'amex', last4: '0005' } }),
  cardholderNeededCard({ about: unseen, amountMinor: 10_000, card, url: 'https://pay.test/1' }),
  paymentSetAsideCard({ about: unseen, amountMinor: 12_300, currency: 'EUR', reference: 'tu_1' }),
  paymentSetAsideCard({ amountMinor: 12_300, currency: 'GBP', reference: 'pi_1' }),
  reversedCard({ about, kind: 'refund', amountMinor: 4_000 }),
  reversedCard({ about, kind: 'refundUndone', amountMinor: 4_000 }),
  reversedCard({ about: { ...about, balanceMinor: -1_500 }, kind: 'dispute', amountMinor: 10_000 }),
  reversedCard({ about, kind: 'disputeWon', amountMinor: 4_000 }),
  reversalDetailCard({ ...detail, kind: 'refund' }),
  reversalDetailCard({ ...detail, kind: 'refundUndone' }),
  reversalDetailCard({ ...detail, about: { ...about, balanceMinor: -1_500 }, kind: 'dispute' }),
  reversalDetailCard({ ...detail, kind: 'disputeWon' }),
  reversalDetailCard({ ...detail, kind: 'disputeLost' }),
];
