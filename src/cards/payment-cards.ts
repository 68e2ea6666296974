import type { Minor } from '../ledger/entry.js';
import { formatMoney, plainAmount } from '../money.js';
import type { Card } from './card.js';
import { type About, buttons, footOf, press, text } from './parts.js';

/** Privately to whoever wanted to pay: the card was refused. */
export function paymentDeclinedCard(to: { about: About; amountMinor: Minor; why?: string }): Card {
  const { about, amountMinor } = to;
  const amount = formatMoney(amountMinor, about.currency);
  return {
    name: 'topup-declined',
    heading: { text: `${amount} for ${about.name} was not paid`, mood: 'bad' },
    parts: [
      text(
        `${to.why ?? 'The bank refused the card.'} Nothing was taken, and the balance is as it was. Try again with another card, or ask your bank.`,
      ),
      ...buttons(
        press(
          'Try again',
          'topup',
          { amount: plainAmount(amountMinor, about.currency) },
          { workspace: about.id, style: 'primary' },
        ),
      ),
    ],
    ...footOf(about),
  };
}

/** Privately to whoever paid: the money came, but does not fit what was asked. */
export function paymentSetAsideCard(to: { about: About; amountMinor: Minor; reference: string }): Card {
  const amount = formatMoney(to.amountMinor, to.about.currency);
  return {
    name: 'topup-set-aside',
    heading: { text: `A payment for ${to.about.name} is being looked at`, mood: 'warning' },
    parts: [
      text(
        `What was paid does not fit the ${amount} that were asked for, so it is kept safe and not in the balance yet. You need do nothing; support will write to you. The reference is `,
        { code: to.reference },
        '.',
      ),
    ],
    ...footOf(to.about),
  };
}
