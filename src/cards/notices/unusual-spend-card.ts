import type { Minor } from '../../ledger/entry.js';
import { readersMoney } from '../../readers-money.js';
import type { Card } from '../card.js';
import { type About, buttons, footOf, press, text } from '../parts.js';

/** To the channel: a day takes much more than such a day usually does. Amounts in minor units. */
export function unusualSpendCard(to: {
  about: About & { balanceMinor: Minor };
  /** It was yesterday. */
  over?: boolean;
  spentMinor: Minor;
  usualMinor: Minor;
  /** What most of it went to. */
  mostly?: { resource: string; minor: Minor };
}): Card {
  const { about, mostly, over } = to;
  const money = (minor: Minor) => readersMoney(minor, about.currency);
  return {
    name: 'unusual-spend',
    heading: {
      text: `Unusual: ${about.name} spent ${money(to.spentMinor)} ${over ? 'yesterday' : 'today'}. Such a day usually takes about ${money(to.usualMinor)}.`,
      mood: 'warning',
    },
    parts: [
      ...(mostly ? [text(`Most of it went to ${mostly.resource}: ${money(mostly.minor)}.`)] : []),
      text('If that is meant, there is nothing to do. If not, end the campaign or revoke the API key behind it.'),
      ...buttons(
        over
          ? press('See both days', 'report', { period: '2d' }, { workspace: about.id })
          : press('See today', 'report', { period: '1d' }, { workspace: about.id }),
        press('Campaigns', 'campaign', {}, { workspace: about.id }),
      ),
    ],
    ...footOf(about),
  };
}
