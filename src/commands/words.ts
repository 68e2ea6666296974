import type { Piece } from '../chat/invocation.js';
import { refuse } from '../refusal.js';
import { groupKey, identityKey } from '../workspace/identity.js';

/**
 * One thing typed. `quoted` text is never a keyword; `person` is an identity key, `group` a group's. An address in angle
 * brackets is `named`: what stands before it is whose it is.
 */
export type Word =
  | { kind: 'word'; text: string }
  | { kind: 'quoted'; text: string }
  | { kind: 'person'; person: string; name: string }
  | { kind: 'group'; group: string; name: string }
  | { kind: 'channel'; channel: string; name: string }
  | { kind: 'email'; email: string; named?: true };

/** Longer than a hundred of the longest addresses. Never cut: the last address would be somebody else's. */
const MOST_CHARACTERS = 30_000;

const QUOTES = /["“”„‟«»]/;
/** Control, zero-width and direction characters: invisible, so never meant; and the marks of readersMoney. */
const INVISIBLE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ue000\ue001\ufeff]/g;
const EMAIL = /^[^\s@<>(),;:"]{1,64}@[^\s@<>(),;:"]+\.[^\s@<>(),;:".]{2,}$/;

/**
 * Splits what was typed into words; quotes of any style hold several together, also inside one (`in:"Sales Team"`).
 * @throws Refusal badArgument where it is too long to be a command
 */
export function wordsOf(pieces: readonly Piece[]): Word[] {
  return pieces.flatMap((piece): Word[] => {
    if (typeof piece === 'string') return textWords(visible(assertShort(piece)));
    if ('person' in piece) return [{ kind: 'person', person: identityKey(piece.person), name: piece.name ?? '' }];
    if ('group' in piece) return [{ kind: 'group', group: groupKey(piece.group), name: piece.name ?? '' }];
    return [{ kind: 'channel', channel: piece.channel, name: piece.name ?? '' }];
  });
}

function assertShort(typed: string): string {
  if (typed.length <= MOST_CHARACTERS) return typed;
  const expected = `less at once: at most ${MOST_CHARACTERS.toLocaleString('en-GB')} characters`;
  return refuse({ kind: 'badArgument', argument: 'line', typed: '', expected });
}

/** Text as a person reads it: without invisible characters, apostrophes and spaces made plain. */
export function visible(text: string): string {
  return text.normalize('NFC').replace(INVISIBLE, '').replace(/[‘’ʼ]/g, "'");
}

/** A name or a note as it is kept: visible, spaces single, ends trimmed. */
export function tidy(text: string): string {
  return visible(text).replace(/\s+/g, ' ').trim();
}

export function isEmail(text: string): boolean {
  return text.length <= 254 && EMAIL.test(text);
}

/** A word as it was typed, for echoing back. */
export function shown(word: Word): string {
  switch (word.kind) {
    case 'word':
    case 'quoted':
      return word.text;
    case 'person':
      return word.name ? `@${word.name}` : 'this person';
    case 'group':
      return word.name ? `@${word.name}` : 'this group';
    case 'channel':
      return `#${word.name}`;
    case 'email':
      return word.email;
  }
}

function textWords(text: string): Word[] {
  const words: Word[] = [];
  let current = '';
  let quotedFrom: number | undefined;
  let inQuotes = false;
  const finish = () => {
    if (quotedFrom === 0 && current) words.push({ kind: 'quoted', text: current });
    else if (current) words.push(...plainWord(current));
    current = '';
    quotedFrom = undefined;
  };
  for (const character of text) {
    if (QUOTES.test(character)) {
      inQuotes = !inQuotes;
      if (inQuotes) quotedFrom ??= current.length;
    } else if (!inQuotes && /\s/.test(character)) finish();
    else current += character;
  }
  finish();
  return words;
}

function plainWord(text: string): Word[] {
  const parts = text.split(/[,;]+/).filter(Boolean);
  const addresses = parts.flatMap((part) => addressIn(part) ?? []);
  if (addresses.length > 0 && addresses.length === parts.length) return addresses;
  const separate = text.replace(/[,;]+$/, '');
  return separate ? [{ kind: 'word', text: separate }] : [];
}

/** `nina@acme.com`, `<nina@acme.com>`, `(mailto:nina@acme.com).` */
function addressIn(part: string): Word | undefined {
  const bare = part
    .replace(/^[(<[]+/, '')
    .replace(/[>)\].!?]+$/, '')
    .replace(/^mailto:/i, '');
  if (!isEmail(bare)) return undefined;
  return { kind: 'email', email: bare.toLowerCase(), ...(part.startsWith('<') && { named: true as const }) };
}
