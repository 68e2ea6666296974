import type { Minor } from '../../ledger/entry.js';
import { readersMoney } from '../../readers-money.js';
import { count, listOf } from '../parts.js';

/** What people set, as payments/automatic keeps it. */
export interface Rules {
  below?: { belowMinor: Minor; addMinor: Minor; monthlyMaxMinor?: Minor };
  monthly?: { amountMinor: Minor; day: number };
}

/** `When the balance falls below £20.00, £50.00 is added from Visa ···4242, at most £200.00 a month.`, and the recharge. */
export function ruleSentences({ below, monthly }: Rules, currency: string, card?: string): string[] {
  const money = (minor: Minor) => readersMoney(minor, currency);
  const from = card ? ` from ${card}` : '';
  return [
    ...(below
      ? [
          `When the balance falls below ${money(below.belowMinor)}, ${money(below.addMinor)} is added${from}, ${atMost(below.monthlyMaxMinor, money)}.`,
        ]
      : []),
    ...(monthly ? [`${dayWords(monthly.day)}, ${money(monthly.amountMinor)} is added${from}.`] : []),
  ];
}

function atMost(monthlyMaxMinor: Minor | undefined, money: (minor: Minor) => string): string {
  return monthlyMaxMinor === undefined ? 'however often that happens' : `at most ${money(monthlyMaxMinor)} a month`;
}

function dayWords(day: number): string {
  if (day === 31) return 'On the last day of each month';
  return `On the ${ordinal(day)} of each month${day > 28 ? ', or on its last day where it is shorter' : ''}`;
}

/** `5th`, `1st`, `22nd`. */
function ordinal(day: number): string {
  const ending = day >= 11 && day <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${ending}`;
}

/** For balance and alert cards: `adds £50.00 below £20.00 and £100.00 on the 5th`. */
export function shortRules({ below, monthly }: Rules, currency: string): string {
  const money = (minor: Minor) => readersMoney(minor, currency);
  const rules = [
    ...(below ? [`${money(below.addMinor)} below ${money(below.belowMinor)}`] : []),
    ...(monthly
      ? [`${money(monthly.amountMinor)} on the ${monthly.day === 31 ? 'last day of the month' : ordinal(monthly.day)}`]
      : []),
  ];
  return `adds ${listOf(rules)}`;
}

/** `3 tries left`. */
export function triesLeft(tries: number): string {
  return count(tries, 'try', 'tries') + ' left';
}

const REASONS: Readonly<Record<string, string>> = {
  insufficient_funds: 'the card has too little money on it',
  card_velocity_exceeded: "the card's limit is reached",
  withdrawal_count_limit_exceeded: "the card's limit is reached",
  expired_card: 'the card has expired',
  lost_card: 'the bank does not take this card any more',
  stolen_card: 'the bank does not take this card any more',
  pickup_card: 'the bank does not take this card any more',
  restricted_card: 'the bank does not take this card any more',
  fraudulent: 'the bank does not take this card any more',
  authentication_required: 'the bank wants the cardholder to confirm the payment',
  processing_error: 'the bank could not be reached',
  issuer_not_available: 'the bank could not be reached',
  try_again_later: 'the bank could not be reached',
  failed: 'the payment provider did not take it',
  expired: 'the payment provider did not take it',
};

/** Why a charge did not go through, plainly, after a colon. `code` is the provider's. */
export function reasonWords(code: string): string {
  return REASONS[code] ?? 'the bank refused the card';
}
