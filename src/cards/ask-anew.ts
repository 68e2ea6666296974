import type { Card } from './card.js';
import { text } from './parts.js';

/** A card that asks, as it stands now: for whoever pressed an older one. `now`: what has changed since, as a sentence. */
export function askAnew(card: Card, now: string): Card {
  const { heading, parts } = card;
  return {
    ...card,
    name: `${card.name}-anew`,
    heading: { text: 'This has changed since you looked', mood: 'info' },
    parts: [text(`${now} Nothing was done.`), ...(heading ? [text({ strong: heading.text })] : []), ...parts],
  };
}
