import { z } from 'zod';
import { MOST } from '../meetings/meeting.js';
import type { Action } from '../workspace/permissions.js';
import { flag, offset, person } from './argument.js';
import type { Args } from './command.js';
import type { Reader } from './reader.js';
import { tidy, visible } from './words.js';

const READING = ['list', 'open', 'create', 'edit'] as const;
const HOSTING = ['share', 'unshare', 'access', 'grant', 'withdraw', 'collaborator', 'close', 'delete'] as const;
const TYPED = [...READING, ...HOSTING] as const;
/** `find` asks for what to look for, and is pressed. */
const WHAT = [...TYPED, 'find'] as const;
const SHOWING = ['list', 'find', 'open', 'access'] as const;
const MOST_AT_ONCE = 20;

/** What a form's box of several lines may hold. */
const LONGEST_BOX = 30_000;
const box = z.string().max(LONGEST_BOX, 'fewer words').transform(visible).optional();

export const meetingArgs = z.strictObject({
  what: z.enum(WHAT, `one of ${WHAT.join(', ')}`).default('list'),
  /** Its id, or its title as it was typed. */
  meeting: z.string().max(MOST.title).optional(),
  /** One of the workspace's own channels: its id, or its name as it was typed. */
  room: z.string().max(80).optional(),
  person: person.optional(),
  people: z.array(person).max(MOST_AT_ONCE, `at most ${MOST_AT_ONCE} people at a time`).optional(),
  title: z
    .string()
    .transform(tidy)
    .pipe(z.string().max(MOST.title, `a title of at most ${MOST.title} characters`))
    .optional(),
  when: z.string().max(80).optional(),
  until: z.string().max(80).optional(),
  link: z.string().max(MOST.link, 'a shorter address').optional(),
  highlights: box,
  notes: box,
  /** Fields that the form did not have, as they are too long for one: they stay as they are. */
  kept: z.string().max(40).optional(),
  /** As of when the form shows the meeting. */
  version: z.coerce.number().int().optional(),
  search: z.string().max(80).optional(),
  offset,
  sure: flag,
  ask: flag,
});
export type MeetingArgs = z.output<typeof meetingArgs>;

/** The right that it takes; none to look at the list, or to write down a meeting of one's own. */
export function actionOfMeeting({ what }: Args): Action | undefined {
  if (what === 'open' || what === 'edit') return 'readMeeting';
  return HOSTING.some((one) => one === what) ? 'manageMeeting' : undefined;
}

/** `create Weekly on 16 November 14:00`, `share Weekly with Sales`, `share Weekly with @mia`, `Weekly`. */
export function readMeeting(words: Reader): Args {
  const what = words.verb(TYPED);
  switch (what) {
    case undefined: {
      const meeting = words.textBefore('in');
      return meeting ? { what: 'open', meeting } : {};
    }
    case 'list':
      return { what, search: words.textBefore('in') };
    case 'create':
      return { what, title: words.textBefore('on', 'at', 'in'), when: words.textBetween(['on', 'at'], ['in']) };
    case 'share':
    case 'unshare':
    case 'grant':
    case 'withdraw':
    case 'collaborator':
      return { what, ...readReaders(words) };
    case 'open':
    case 'edit':
    case 'access':
    case 'close':
    case 'delete':
      return { what, meeting: words.textBefore('in') };
  }
}

/** People, or one of the workspace's own channels, behind the title: `Weekly with @mia`, `Weekly from Sales`. */
function readReaders(words: Reader): Args {
  const people = words.people();
  const meeting = words.textBefore('with', 'to', 'from', 'in');
  const room = words.textBetween(['with', 'to', 'from'], ['in']);
  return { meeting, room, ...(people.length > 0 && { people }) };
}

/** A meeting that somebody asks to read changes too: the request, and once it is approved who reads it. */
export function changesMeeting({ what = 'list', sure, ask }: Args): boolean {
  if (what === 'delete') return sure === true;
  return ask === true || !SHOWING.some((one) => one === what);
}
