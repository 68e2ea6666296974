import type { Minor } from '../../ledger/entry.js';
import { readersMoney } from '../../readers-money.js';
import type { Card } from '../card.js';
import { cardName } from './card-name.js';
import { type About, buttons, footOf, openLink, press, subtle, text } from '../parts.js';

export interface BillingFacts {
  about: About;
  card?: { brand: string; last4: string; expires: { month: number; year: number } };
  /** What is added by itself: `adds £50.00 below £20.00`. */
  automatic?: string;
  paused: boolean;
  capMinor?: Minor;
  /** Whether receipts can be asked for here. */
  receipts: boolean;
}

/** Private, to the primary owner: what pays for the workspace. */
export function billingCard(facts: BillingFacts): Card {
  const { about, card, automatic, paused, capMinor, receipts } = facts;
  const saved = card
    ? `${cardName(card)}, good until ${String(card.expires.month).padStart(2, '0')}/${card.expires.year}`
    : 'none yet; the next payment by link keeps one';
  const byItself = automatic ? (paused ? `paused; ${automatic}` : automatic) : 'off';
  const cap =
    capMinor === undefined ? 'none, you alone charge it' : `${readersMoney(capMinor, about.currency)} at a time`;
  return {
    name: 'billing',
    heading: { text: `${about.name}'s billing` },
    parts: [
      {
        part: 'facts',
        facts: [
          { label: 'Saved card', value: [saved] },
          { label: "Owners' cap", value: [cap] },
          { label: 'Automatic payments', value: [byItself] },
        ],
      },
      ...buttons(
        press('Cards and billing', 'billing', { open: true }, { workspace: about.id, style: 'primary' }),
        press('Automatic payments', 'auto', {}, { workspace: about.id }),
        receipts ? press('Receipts', 'receipts', {}, { workspace: about.id }) : undefined,
      ),
    ],
    ...footOf(about),
  };
}

/** Private, to the primary owner: the way to the provider's page, made just now. */
export function portalCard(to: { about: About; url: string }): Card {
  return {
    name: 'billing-portal',
    parts: [
      text(`On the payment provider's page you change ${to.about.name}'s cards. I never see their numbers.`),
      ...buttons(openLink('Open the page', to.url)),
      subtle('The link is yours alone and works for a few minutes. Type billing for a new one.'),
    ],
    ...footOf(to.about),
  };
}
