import type { Card } from './card.js';
import { type About, buttons, footOf, openLink, subtle, text } from './parts.js';

/** Private: the way to a file. */
export function downloadCard(to: { about: About; what: string; url: string }): Card {
  return {
    name: 'download',
    parts: [
      text(to.what),
      ...buttons(openLink('Download', to.url)),
      subtle('The link is yours alone and works for 15 minutes.'),
    ],
    ...footOf(to.about),
  };
}
