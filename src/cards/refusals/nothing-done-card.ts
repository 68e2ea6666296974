import type { Card } from '../card.js';

/** For a delivery that was not taken in hand, as our database could not be reached in time. */
export function nothingDoneCard(reference: string): Card {
  return {
    name: 'nothing-done',
    heading: { text: 'Sorry, not just now.', mood: 'bad' },
    parts: [
      {
        part: 'text',
        text: [
          'Our database is out of reach, so nothing was done. Please try again in a minute. If it stays, send support this: ',
          { code: reference },
        ],
      },
    ],
  };
}
