import { z } from 'zod';
import { ALERTS_FROM, PURPOSES } from '../workspace/entities.js';
import type { Action } from '../workspace/permissions.js';
import { flag, name, offset, person } from './argument.js';
import type { Args } from './command.js';
import type { Reader } from './reader.js';

/** What can be done with chat channels, and with the workspace's own. */
const BINDING = ['bind', 'settings', 'unbind', ...PURPOSES] as const;
/** Pressed, never typed. */
const PRESSED = ['gets', 'choose', 'room', 'alertsFrom'] as const;
/** Asks for what to look for. */
const FINDING = ['find'] as const;
const MANAGING = ['rename', 'archive', 'restore', 'add', 'remove', 'manager'] as const;
const SHOWING = ['list', 'find', 'choose', 'open', 'people', 'settings', 'room'] as const;
const TYPED = ['list', 'create', 'open', 'people', 'join', 'leave', ...BINDING, ...MANAGING] as const;
const WHAT = [...TYPED, ...PRESSED, ...FINDING] as const;
type Typed = (typeof TYPED)[number];

const KINDS = ['public', 'private'] as const;
const MOST_AT_ONCE = 20;

export const channelArgs = z.strictObject({
  what: z.enum(WHAT, `one of ${WHAT.join(', ')}`).default('list'),
  /** A chat channel, of the platform where it is asked. */
  channel: z.string().max(200).optional(),
  channelName: z.string().max(200).optional(),
  /** A chat channel that is bound. */
  binding: z.string().max(80).optional(),
  /** What it is to get, with spaces between. */
  gets: z.string().max(80).optional(),
  /** The least bad alert that it is to get. */
  from: z.enum(['low', ...ALERTS_FROM], 'low, critical or empty').optional(),
  /** One of the workspace's own: its id, or its name as it was typed. */
  room: z.string().max(80).optional(),
  name: name.optional(),
  kind: z.enum(KINDS, 'public or private').optional(),
  person: person.optional(),
  people: z.array(person).max(MOST_AT_ONCE, `at most ${MOST_AT_ONCE} people at a time`).optional(),
  /** Takes it back: of `manager`. */
  off: flag,
  archived: flag,
  search: z.string().max(80).optional(),
  offset,
});
export type ChannelArgs = z.output<typeof channelArgs>;

const isOneOf = (values: readonly string[], value: unknown): boolean => values.some((one) => one === value);

/** The right that it takes. */
export function actionOfChannel({ what }: Args): Action {
  if (what === 'create') return 'createChannel';
  if (what === 'open' || what === 'people') return 'readPrivateChannels';
  if (what === 'approvals') return 'chooseApprovals';
  if (isOneOf(MANAGING, what)) return 'manageChannels';
  return isOneOf([...BINDING, ...PRESSED], what) ? 'bindChannel' : 'readPublicChannels';
}

/** `bind`, `alerts and summaries`, `create private Deal room`, `add @mia to Sales`, `rename Sales to Sales UK`, `Sales`. */
export function readChannel(words: Reader): Args {
  const what = words.verb(TYPED);
  switch (what) {
    case undefined:
      return readName(words);
    case 'create':
      return { what, kind: words.choice(KINDS), name: words.textBefore('in') };
    case 'rename':
      return { what, room: words.textBefore('to'), name: words.textAfter('to') };
    case 'add':
    case 'remove':
    case 'manager':
      return { what, ...readPeople(words) };
    case 'list':
      return { what, archived: words.choice(['archived']) && true, search: words.textBefore('in') };
    case 'open':
    case 'people':
    case 'join':
    case 'leave':
    case 'archive':
    case 'restore':
      return { what, room: words.textBefore('in') };
    case 'bind':
    case 'settings':
    case 'unbind':
    case 'alerts':
    case 'approvals':
    case 'payments':
    case 'summaries':
    case 'meetings':
      return readBinding(what, words);
  }
}

function readName(words: Reader): Args {
  words.choice(['here', 'this', 'channel']);
  if (words.choice(['archived'])) return { what: 'list', archived: true };
  const room = words.textBefore('in');
  return room ? { what: 'open', room } : {};
}

function readPeople(words: Reader): Args {
  const people = words.people();
  if (people.length === 0) return { person: words.textBefore('to', 'from', 'of', 'in'), room: roomAfter(words) };
  return { people, room: roomAfter(words) };
}

function roomAfter(words: Reader): string | undefined {
  words.drop('to', 'from', 'of', 'as');
  return words.textBefore('in');
}

/** Several purposes are one choice: `alerts and summaries`. */
function readBinding(what: Typed, words: Reader): Args {
  const named = words.channel();
  const chat = named && { channel: named.channel, channelName: named.name };
  words.choice(['here', 'this', 'channel']);
  const purposes = [what, ...readPurposes(words)];
  if (purposes.length > 1) return { what: 'gets', gets: purposes.join(' '), ...chat };
  if (what !== 'bind') return { what, ...chat };
  words.drop('to', 'for');
  return { what, room: words.textBefore('in'), ...chat };
}

function readPurposes(words: Reader): string[] {
  const found: string[] = [];
  for (let one = words.choice(PURPOSES); one; one = words.choice(PURPOSES)) found.push(one);
  return found;
}

/** Lists and what is asked by a form change nothing. */
export function changesChannel({ what = 'list' }: Args): boolean {
  return !isOneOf(SHOWING, what);
}
