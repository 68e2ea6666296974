import type { Minor } from '../../ledger/entry.js';
import { plainAmount } from '../../money.js';
import { readersMoney } from '../../readers-money.js';
import type { Card } from '../card.js';
import { cardName } from './card-name.js';
import { type About, buttons, footOf, openLink, press, text } from '../parts.js';

interface Unpaid {
  about: About;
  amountMinor: Minor;
  /** The saved card that was to pay. */
  card?: { brand: string; last4: string };
}

/** Privately to whoever wanted to pay: the card was refused. */
export function paymentDeclinedCard(to: Unpaid & { why?: string }): Card {
  const { about, amountMinor, card } = to;
  const amount = readersMoney(amountMinor, about.currency);
  const whose = card ? `${cardName(card)}: ` : '';
  return {
    name: 'topup-declined',
    heading: { text: `${amount} for ${about.name} was not paid`, mood: 'bad' },
    parts: [
      text(
        `${whose}${to.why ?? 'The bank refused the card.'} Nothing was taken, and the balance is as it was. Try again with another card, or ask your bank.`,
      ),
      ...tryAgain(to),
    ],
    ...footOf(about),
  };
}

/** Privately to whoever wanted to pay by the saved card: nobody charged it. */
export function paymentFailedCard(to: Unpaid): Card {
  const { about, amountMinor, card } = to;
  return {
    name: 'topup-failed',
    heading: { text: `${readersMoney(amountMinor, about.currency)} for ${about.name} was not paid`, mood: 'bad' },
    parts: [
      text(
        `The payment provider did not charge ${card ? cardName(card) : 'the saved card'}. Nothing was taken, and the balance is as it was. Please try again.`,
      ),
      ...tryAgain(to),
    ],
    ...footOf(about),
  };
}

function tryAgain({ about, amountMinor }: Unpaid) {
  const amount = plainAmount(amountMinor, about.currency);
  return buttons(press('Try again', 'topup', { amount }, { workspace: about.id, style: 'primary' }));
}

/** Privately to whoever wanted to pay by the saved card: its bank wants its holder to be there. */
export function cardholderNeededCard(to: Unpaid & { url: string }): Card {
  const { about, amountMinor, card } = to;
  const amount = readersMoney(amountMinor, about.currency);
  return {
    name: 'topup-cardholder',
    heading: { text: `Your bank asks you to confirm ${amount} for ${about.name}`, mood: 'warning' },
    parts: [
      text(
        `The bank of ${card ? cardName(card) : 'the saved card'} wants its holder to confirm this payment, so nothing was taken yet. Pay on the payment page, where the bank can ask you; the link works for a day.`,
      ),
      ...buttons(openLink(`Pay ${amount}`, to.url)),
    ],
    ...footOf(about),
  };
}

/** Privately to the owners and whoever paid: money came, but does not fit what was asked. */
export function paymentSetAsideCard(to: {
  /** Absent where it names no workspace of theirs. */
  about?: About;
  /** What was paid, which may be in another currency than the workspace counts in. */
  amountMinor: Minor;
  currency: string;
  reference: string;
}): Card {
  const { about } = to;
  const amount = readersMoney(to.amountMinor, to.currency);
  return {
    name: 'topup-set-aside',
    heading: { text: `A payment${about ? ` for ${about.name}` : ''} is being looked at`, mood: 'warning' },
    parts: [
      text(
        `${amount} came in and does not fit what was asked for, so it is kept safe and not in the balance yet. You need do nothing; support will write to you. The reference is `,
        { code: to.reference },
        '.',
      ),
    ],
    ...(about && footOf(about)),
  };
}
