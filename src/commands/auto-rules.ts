import type { Below, Monthly } from '../payments/automatic/automatic.js';
import { parseAmount, parsePayment } from '../money.js';
import { readersMoney } from '../readers-money.js';
import { refuse } from '../refusal.js';

/** As they were typed; which are there decides which rule is meant. */
export interface TypedRules {
  below?: string | undefined;
  add?: string | undefined;
  max?: string | undefined;
  amount?: string | undefined;
  day?: string | undefined;
}

/** An auto top-up or a recharge from what was typed. Refuses `badAmount` and `badArgument`. */
export function readRules(typed: TypedRules, currency: string): { below: Below } | { monthly: Monthly } {
  const { below, add, max, amount, day } = typed;
  if (amount !== undefined && day !== undefined) {
    return { monthly: { amountMinor: parsePayment(amount, currency), day: readDay(day) } };
  }
  if (below === undefined || add === undefined) throw new Error('the form asks for what is missing');
  const addMinor = parsePayment(add, currency);
  const monthlyMaxMinor = max === undefined ? undefined : parseAmount(max, currency);
  if (max !== undefined && monthlyMaxMinor !== undefined && monthlyMaxMinor < addMinor) {
    const least = readersMoney(addMinor, currency);
    return refuse({
      kind: 'badArgument',
      argument: 'max',
      typed: max,
      expected: `at least the ${least} of one top-up`,
    });
  }
  return {
    below: {
      belowMinor: parseAmount(below, currency),
      addMinor,
      ...(monthlyMaxMinor !== undefined && { monthlyMaxMinor }),
    },
  };
}

/** `5`, `5th`, `last`. */
function readDay(typed: string): number {
  if (/^last( day)?$/i.test(typed.trim())) return 31;
  const day = Number(/^(\d{1,2})(?:st|nd|rd|th)?$/i.exec(typed.trim())?.[1]);
  if (day >= 1 && day <= 31) return day;
  return refuse({ kind: 'badArgument', argument: 'day', typed, expected: 'a day from 1 to 31, or last' });
}
