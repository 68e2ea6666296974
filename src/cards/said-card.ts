import type { Button, Card } from './card.js';
import { type About, buttons, footOf, text } from './parts.js';

/** One sentence, where there is no more to say. */
export function saidCard(name: string, words: string, more: { about?: About; buttons?: readonly Button[] } = {}): Card {
  return { name, parts: [text(words), ...buttons(...(more.buttons ?? []))], ...(more.about && footOf(more.about)) };
}
