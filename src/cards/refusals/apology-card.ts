import type { Card } from '../card.js';

/** For an outage: something of ours broke. The reference is the one on our log lines. */
export function apologyCard(reference: string): Card {
  return {
    name: 'apology',
    heading: { text: 'Sorry, that did not work.', mood: 'bad' },
    parts: [
      {
        part: 'text',
        text: [
          'Something broke on our side, not yours. Please try again in a minute; asking twice does no harm. If it stays, send support this: ',
          { code: reference },
        ],
      },
    ],
  };
}
