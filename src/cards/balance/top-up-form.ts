import type { Minor } from '../../ledger/entry.js';
import { plainAmount } from '../../money.js';
import type { Call, Form } from '../card.js';
import type { About } from '../parts.js';

/** `pays`: whether the reader pays, or asks an owner to. `suggestedMinor`: what was added the last time. */
export function topUpForm(to: {
  about: About;
  kept: Call['args'];
  pays: boolean;
  suggestedMinor: Minor | undefined;
}): Form {
  const { about, kept, pays, suggestedMinor } = to;
  const initial = suggestedMinor && { initial: plainAmount(suggestedMinor, about.currency) };
  return {
    name: 'topup-amount',
    title: pays ? 'Add balance' : 'Ask for balance',
    submit: pays ? 'Go on' : 'Ask',
    intro: [`For ${about.name}. ${pays ? 'You pay on the next page.' : 'An owner says yes, and pays.'}`],
    call: { command: 'topup', args: kept, workspace: about.id },
    fields: [{ name: 'amount', label: 'How much', input: 'amount', currency: about.currency, ...initial }],
  };
}
