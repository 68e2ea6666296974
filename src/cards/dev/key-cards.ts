import type { Card } from '../card.js';
import { type About, buttons, footOf, listOf, openLink, press, quoted, subtle, text } from '../parts.js';
import { timeWords } from '../plain-text.js';

export interface KeyLine {
  id: string;
  name: string;
  scopes: readonly string[];
  createdAt: string;
  createdBy?: string;
  /** To whom it was handed over. */
  keptBy?: string;
  lastUsedAt?: string;
  expiresAt?: string;
  /** Its time is up. */
  over: boolean;
  /** Until then a secret that was replaced still works. */
  formerUntil?: string;
  rotations: number;
}

/** Private: a page of a workspace's API keys, without their secrets. */
export function keysCard(to: {
  about: About;
  zone: string;
  keys: readonly KeyLine[];
  search?: string;
  offset: number;
  pageSize: number;
  total: number;
  said?: string;
}): Card {
  const { about, search, offset, pageSize, total } = to;
  const page = (label: string, start: number) =>
    press(label, 'dev', { what: 'list', ...(search && { search }), offset: start }, { workspace: about.id });
  return {
    name: 'keys',
    heading: { text: search ? `${about.name}: API keys with ${quoted(search)}` : `${about.name}'s API keys` },
    parts: [
      ...(to.said ? [text(to.said)] : []),
      ...(to.keys.length > 0
        ? [{ part: 'list' as const, items: to.keys.map((key) => keyItem(key, about, to.zone)) }]
        : [text(emptyWords(search))]),
      ...(total > pageSize ? [subtle(`${offset + 1} to ${offset + to.keys.length} of ${total}`)] : []),
      ...buttons(
        offset > 0 ? page('Back', Math.max(0, offset - pageSize)) : undefined,
        offset + pageSize < total ? page('More', offset + pageSize) : undefined,
        total > pageSize && !search ? press('Find', 'dev', { what: 'find' }, { workspace: about.id }) : undefined,
        search ? press('All keys', 'dev', { what: 'list' }, { workspace: about.id }) : undefined,
        press('Create a key', 'dev', { what: 'create' }, { workspace: about.id, style: 'primary' }),
        press('Webhook', 'dev', { what: 'webhook', act: 'show' }, { workspace: about.id }),
      ),
    ],
    ...footOf(about),
  };
}

function emptyWords(search: string | undefined): string {
  if (search) return 'No key in force has that in its name.';
  return 'No keys yet. The messaging engine needs one to report what it spends.';
}

function keyItem(key: KeyLine, about: About, zone: string) {
  const day = (time: string) => timeWords(time, 'date', zone);
  const { id, rotations } = key;
  const said = [
    scopeWords(key.scopes),
    key.lastUsedAt ? `last used ${timeWords(key.lastUsedAt, 'dateTime', zone)}` : 'never used',
    `created ${day(key.createdAt)}${key.createdBy === undefined ? '' : ` by ${key.createdBy}`}`,
    ...(key.keptBy === undefined ? [] : [`${key.keptBy}'s now`]),
    ...(key.expiresAt ? [`${key.over ? 'expired' : 'works until'} ${day(key.expiresAt)}`] : []),
    ...(key.formerUntil ? [`its old secret works until ${timeWords(key.formerUntil, 'dateTime', zone)}`] : []),
  ];
  const rotate = press('New secret', 'dev', { what: 'rotate', key: id, rotations }, { workspace: about.id });
  return {
    title: [{ strong: key.name }],
    detail: [said.join(' · ')],
    buttons: [
      ...(key.over ? [] : [rotate]),
      press('Revoke', 'dev', { what: 'revoke', key: id }, { workspace: about.id, style: 'danger' }),
    ],
  };
}

const SCOPE_WORDS: Readonly<Record<string, readonly string[]>> = {
  'usage:write': ['report usage', 'hold money'],
  'balance:read': ['read the balance'],
  'entries:read': ['read entries'],
  'resources:write': ['keep contact lists, templates and campaigns'],
  'meetings:write': ['keep meetings'],
};

/** `report usage, hold money and read the balance`. */
function scopeWords(scopes: readonly string[]): string {
  const words = scopes.flatMap((scope) => SCOPE_WORDS[scope] ?? [scope]);
  return listOf(words, 'and', words.length);
}

/** Private, before a key is changed: what that does to whatever uses it. */
export function keyChangeCard(to: {
  about: About;
  what: 'rotate' | 'revoke';
  key: { id: string; name: string; rotations: number };
  overlapHours: number;
}): Card {
  const { about, key } = to;
  const { id, rotations } = key;
  const where = { workspace: about.id };
  const words =
    to.what === 'rotate'
      ? `Give ${key.name} a new secret? The old one works for ${to.overlapHours} hours more, so that you can replace it where it is used.`
      : `Revoke ${key.name}? What uses it is refused at once.`;
  const button =
    to.what === 'rotate'
      ? press('New secret', 'dev', { what: 'rotate', key: id, rotations, sure: true }, { ...where, style: 'primary' })
      : press('Revoke', 'dev', { what: 'revoke', key: id, sure: true }, { ...where, style: 'danger' });
  return { name: `key-${to.what}-confirm`, parts: [text(words), ...buttons(button)], ...footOf(about) };
}

/** Private: the way to the page that shows the secret once. */
export function keyMadeCard(to: {
  about: About;
  zone: string;
  name: string;
  scopes: readonly string[];
  url: string;
  expiresAt?: string;
  /** Set where it took another secret's place. */
  formerUntil?: string;
}): Card {
  const made = to.formerUntil ? `${to.name} has a new secret.` : `The key ${to.name} is made.`;
  const may = [
    `It may ${scopeWords(to.scopes)}.`,
    ...(to.expiresAt ? [`It works until ${timeWords(to.expiresAt, 'date', to.zone)}.`] : []),
    ...(to.formerUntil ? [`The old secret works until ${timeWords(to.formerUntil, 'dateTime', to.zone)}.`] : []),
  ];
  return {
    name: 'key-made',
    parts: [
      text(`${made} It is shown once, on a page of its own, when you press the button there.`),
      ...buttons(
        openLink('Open the page', to.url),
        press('All keys', 'dev', { what: 'list' }, { workspace: to.about.id }),
      ),
      subtle(may.join(' ')),
      subtle('If you lose it, press New secret in the list of all keys.'),
    ],
    ...footOf(to.about),
  };
}
