import type { Call, Form } from '../card.js';
import { POLICY_WORDS } from './policy-words.js';

/** A large amount once more, before anything happens: what will happen stands above the field. */
export function retypeForm(to: {
  call: Call;
  field: string;
  /** A whole sentence. */
  what: string;
  /** What the form's button does: `Confirm £50.00`. */
  submit: string;
  currency: string;
  above: string;
  typed?: string;
  wrong?: string;
}): Form {
  return {
    name: 'retype-amount',
    title: 'Type it once more',
    submit: to.submit,
    intro: [
      `${to.what} Above ${to.above} the amount is typed once more: the policy “${POLICY_WORDS.retypeAboveMinor.label}” says so.`,
    ],
    call: to.call,
    fields: [
      {
        name: to.field,
        label: 'The amount',
        input: 'amount',
        currency: to.currency,
        ...(to.typed && { initial: to.typed }),
        ...(to.wrong && { error: to.wrong }),
      },
    ],
  };
}
