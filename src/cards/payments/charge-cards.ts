import type { Minor } from '../../ledger/entry.js';
import { plainAmount } from '../../money.js';
import { readersMoney } from '../../readers-money.js';
import type { Button, Card } from '../card.js';
import { cardName } from './card-name.js';
import { type About, buttons, footOf, press, text } from '../parts.js';
import { policyLine } from '../policies/policy-words.js';

interface Charge {
  about: About;
  amountMinor: Minor;
  card: { brand: string; last4: string };
}

/** Private, to whoever may charge the saved card: that, or another one on the payment page. One key: it is paid once. */
export function chargeChoiceCard(to: Charge & { url: string; key: string; changed: boolean }): Card {
  const { about, amountMinor, card, changed, key, url } = to;
  const amount = readersMoney(amountMinor, about.currency);
  const args = { amount: plainAmount(amountMinor, about.currency), by: 'card', card: card.last4, sure: true };
  return {
    name: 'topup-charge',
    ...(changed && { heading: { text: 'The saved card has changed', mood: 'warning' as const } }),
    parts: [
      text(
        `${amount} for ${about.name}. ${changed ? 'Nothing was charged. ' : ''}You pay on the payment page, or charge the saved card; the balance grows when the payment is through.`,
      ),
      ...buttons(press(`Charge ${cardName(card)}`, 'topup', args, { workspace: about.id, key, style: 'primary' }), {
        label: `Pay ${amount}`,
        open: url,
      }),
    ],
    ...footOf(about),
  };
}

/** Private, to an owner who asked for more than the owners' cap lets them charge. */
export function cardCapOfferCard(to: Charge & { primary: string; capMinor?: Minor; why?: string }): Card {
  const { about, amountMinor, card, primary, capMinor, why } = to;
  const args = { amount: plainAmount(amountMinor, about.currency) };
  const cap =
    capMinor === undefined
      ? `Only ${primary} charges ${cardName(card)} here.`
      : `Owners charge ${cardName(card)} with up to ${readersMoney(capMinor, about.currency)} at a time.`;
  return {
    name: 'topup-above-cap',
    parts: [
      text(`${cap} Ask ${primary}, or pay by link?`),
      ...(capMinor === undefined ? [] : [policyLine(about.name, 'ownersCapMinor')]),
      ...buttons(
        press(
          `Ask for ${readersMoney(amountMinor, about.currency)}`,
          'topup',
          { ...args, by: 'card', ask: true, ...(why && { why }) },
          { workspace: about.id, style: 'primary' },
        ),
        press('Pay by link', 'topup', { ...args, by: 'page' }, { workspace: about.id }),
      ),
    ],
    ...footOf(about),
  };
}

/** Beside the link, for an owner who may not charge the saved card with as much. */
export function askChargeButton(about: About, amountMinor: Minor, card: Charge['card']): Button {
  const args = { amount: plainAmount(amountMinor, about.currency), by: 'card', ask: true };
  return press(`Ask to charge ${cardName(card)}`, 'topup', args, { workspace: about.id });
}

/** Private: the card's bank takes its time. */
export function chargeProcessingCard(to: { about: About; amountMinor: Minor; card?: Charge['card'] }): Card {
  const { about, amountMinor, card } = to;
  return {
    name: 'topup-processing',
    heading: { text: `${readersMoney(amountMinor, about.currency)} for ${about.name} is on its way`, mood: 'info' },
    parts: [
      text(
        `The bank of ${card ? cardName(card) : 'the saved card'} is still at it. You need do nothing: I say so as soon as it is through, or if it is not.`,
      ),
    ],
    ...footOf(about),
  };
}
