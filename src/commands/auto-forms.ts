import type { Form } from '../cards/card.js';
import { plainAmount } from '../money.js';
import type { Automatic } from '../payments/automatic/automatic.js';
import type { Workspace } from '../workspace/entities.js';
import type { TypedRules } from './auto-rules.js';

interface Asked {
  workspace: Workspace;
  /** What stands now: the form begins with it. */
  now: Automatic | undefined;
  typed: TypedRules;
  /** Whether the reader sets it, or asks for it. */
  sets: boolean;
}

export function belowForm({ workspace, now, typed, sets }: Asked): Form {
  const { currency } = workspace;
  const initial = (text: string | undefined, minor: number | undefined) => {
    const given = text ?? (minor === undefined ? undefined : plainAmount(minor, currency));
    return given === undefined ? {} : { initial: given };
  };
  const { below } = now ?? {};
  return {
    name: 'auto-topup',
    title: 'Auto top-up',
    submit: sets ? 'Go on' : 'Ask',
    intro: [`Adds balance to ${workspace.name} by the saved card. ${nextStep(sets)}`],
    call: { command: 'auto', args: { what: 'topup' }, workspace: workspace.id },
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

export function monthlyForm({ workspace, now, typed, sets }: Asked): Form {
  const { currency } = workspace;
  const { monthly } = now ?? {};
  const amount = typed.amount ?? (monthly && plainAmount(monthly.amountMinor, currency));
  const day = typed.day ?? (monthly && String(monthly.day));
  return {
    name: 'auto-recharge',
    title: 'Monthly recharge',
    submit: sets ? 'Go on' : 'Ask',
    intro: [`Adds balance to ${workspace.name} each month by the saved card. ${nextStep(sets)}`],
    call: { command: 'auto', args: { what: 'recharge' }, workspace: workspace.id },
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
