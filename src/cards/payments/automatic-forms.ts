import { plainAmount } from '../../money.js';
import type { Form } from '../card.js';
import type { About } from '../parts.js';
import type { Rules } from './automatic-words.js';

interface Asked {
  about: About;
  /** What stands now: the form begins with it. */
  now: Rules | undefined;
  /** As it was typed. */
  typed: Readonly<Partial<Record<'below' | 'add' | 'max' | 'amount' | 'day', string | undefined>>>;
  /** Whether the reader sets it, or asks for it. */
  sets: boolean;
}

/** Whenever the balance falls below an amount. */
export function automaticTopUpForm({ about, now, typed, sets }: Asked): Form {
  const { currency } = about;
  const initial = (text: string | undefined, minor: number | undefined) => {
    const given = text ?? (minor === undefined ? undefined : plainAmount(minor, currency));
    return given === undefined ? {} : { initial: given };
  };
  const { below } = now ?? {};
  return {
    name: 'auto-topup',
    title: 'Auto top-up',
    submit: sets ? 'Go on' : 'Ask',
    intro: [`Adds balance to ${about.name} by the saved card. ${nextStep(sets)}`],
    call: { command: 'auto', args: { what: 'topup' }, workspace: about.id },
    fields: [
      {
        name: 'below',
        label: 'When the balance falls below',
        input: 'amount',
        currency,
        ...initial(typed.below, below?.belowMinor),
      },
      { name: 'add', label: 'Add', input: 'amount', currency, ...initial(typed.add, below?.addMinor) },
      {
        name: 'max',
        label: 'At most in a month',
        hint: 'Left empty, there is no maximum.',
        input: 'amount',
        currency,
        optional: true,
        ...initial(typed.max, below?.monthlyMaxMinor),
      },
    ],
  };
}

/** On a day of each month. */
export function rechargeForm({ about, now, typed, sets }: Asked): Form {
  const { currency } = about;
  const { monthly } = now ?? {};
  const amount = typed.amount ?? (monthly && plainAmount(monthly.amountMinor, currency));
  const day = typed.day ?? (monthly && String(monthly.day));
  return {
    name: 'auto-recharge',
    title: 'Monthly recharge',
    submit: sets ? 'Go on' : 'Ask',
    intro: [`Adds balance to ${about.name} each month by the saved card. ${nextStep(sets)}`],
    call: { command: 'auto', args: { what: 'recharge' }, workspace: about.id },
    fields: [
      { name: 'amount', label: 'Add', input: 'amount', currency, ...(amount && { initial: amount }) },
      {
        name: 'day',
        label: 'On day',
        hint: '1 to 31, or last. A month that is shorter takes its last day.',
        input: 'line',
        maxLength: 10,
        ...(day && { initial: day }),
      },
    ],
  };
}

function nextStep(sets: boolean): string {
  return sets ? 'You confirm on the next card.' : 'The primary owner says yes.';
}
