const LONGEST = 80;

/** Controls, and what turns the direction of the text after it. */
const UNRULY = /[\p{Cc}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+/gu;

/**
 * Somebody's name as cards may show it, whatever a platform tells: one line, not endless, and nothing in it that hides
 * or turns the words around it. Somebody without one is `Somebody`.
 */
export function personName(told: string): string {
  const characters = [...told.normalize('NFC').replace(UNRULY, ' ').replace(/\s+/gu, ' ').trim()];
  if (characters.length === 0) return 'Somebody';
  return characters.length <= LONGEST ? characters.join('') : `${characters.slice(0, LONGEST - 1).join('')}…`;
}
