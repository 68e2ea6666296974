import type { Card, Form } from '../card.js';
import { choiceField } from '../choice-field.js';
import { roomChoice } from '../choices.js';
import { formToFind, searchLine } from '../form-to-find.js';
import { type About, buttons, count, footOf, press, subtle, text } from '../parts.js';

/** Somebody, or a channel, who reads a meeting because its host said so. */
export interface AccessLine {
  name: string;
  how: 'everybody' | 'channel' | 'collaborator' | 'reader';
  /** The person's or the channel's id; absent for everybody. */
  id?: string;
}

const HOW: Readonly<Record<AccessLine['how'], string>> = {
  everybody: 'by the policy of the workspace',
  channel: 'a channel',
  collaborator: 'reads it, and writes its highlights and notes',
  reader: 'reads it',
};

/** Private, to the host: who reads a meeting, a page of them, each with the way to end it. */
export function meetingAccessCard(to: {
  about: About;
  meeting: { id: string; title: string };
  readers: readonly AccessLine[];
  total: number;
  offset: number;
  pageSize: number;
  said?: string;
}): Card {
  const { about, meeting, readers, total, offset, pageSize } = to;
  const act = (label: string, args: Readonly<Record<string, string | number>>, style?: 'primary' | 'danger') =>
    press(label, 'meeting', { meeting: meeting.id, ...args }, { workspace: about.id, ...(style && { style }) });
  const page = (label: string, start: number) => act(label, { what: 'access', offset: start });
  return {
    name: 'meeting-access',
    heading: { text: `Who reads “${meeting.title}”` },
    parts: [
      ...(to.said ? [text(to.said)] : []),
      ...(readers.length > 0
        ? [
            {
              part: 'list' as const,
              items: readers.map((line) => ({
                title: [line.name],
                detail: [HOW[line.how]],
                buttons: [act('Take away', endOf(line), 'danger')],
              })),
            },
          ]
        : [text('You alone.')]),
      ...(total > pageSize ? [subtle(`${offset + 1} to ${offset + readers.length} of ${count(total, 'line')}`)] : []),
      ...buttons(
        offset > 0 ? page('Back', Math.max(0, offset - pageSize)) : undefined,
        offset + pageSize < total ? page('More', offset + pageSize) : undefined,
        act('Share', { what: 'share' }, 'primary'),
        act('Add a collaborator', { what: 'collaborator' }),
        act('Meeting', { what: 'open' }),
        act('Delete', { what: 'delete' }, 'danger'),
      ),
    ],
    ...footOf(about),
  };
}

function endOf({ how, id = '' }: AccessLine): Readonly<Record<string, string>> {
  switch (how) {
    case 'everybody':
      return { what: 'close' };
    case 'channel':
      return { what: 'unshare', room: id };
    case 'collaborator':
    case 'reader':
      return { what: 'withdraw', person: id };
  }
}

/** Asks where to share a meeting: a channel that the host may share it to, or somebody. */
export function shareMeetingForm(to: {
  about: About;
  meeting: { id: string; title: string };
  rooms: readonly { id: string; name: string; kind: 'public' | 'private' }[];
}): Form {
  const { about, meeting, rooms } = to;
  return {
    name: 'share-meeting',
    title: 'Share a meeting',
    submit: 'Share',
    intro: [`“${meeting.title}” is read by those you choose, until you take it away.`],
    call: { command: 'meeting', args: { what: 'share', meeting: meeting.id }, workspace: about.id },
    fields: [
      ...(rooms.length > 0
        ? [choiceField({ name: 'room', label: 'Channel', optional: true }, rooms.map(roomChoice))]
        : []),
      { name: 'person', label: rooms.length > 0 ? 'Or somebody' : 'Who', input: 'person', optional: rooms.length > 0 },
    ],
  };
}

/** Asks who is to write a meeting's highlights and notes too. */
export function collaboratorForm(to: { about: About; meeting: { id: string; title: string } }): Form {
  const { about, meeting } = to;
  return {
    name: 'meeting-collaborator',
    title: 'Add a collaborator',
    submit: 'Add',
    intro: [`They read “${meeting.title}”, and write its highlights and notes.`],
    call: { command: 'meeting', args: { what: 'collaborator', meeting: meeting.id }, workspace: about.id },
    fields: [{ name: 'person', label: 'Who', input: 'person' }],
  };
}

/** Asks what to look for among many. */
export function findMeetingForm(about: Pick<About, 'id'>): Form {
  return formToFind({
    name: 'find-meeting',
    title: 'Find a meeting',
    list: { command: 'meeting', args: { what: 'list' }, workspace: about.id },
    field: searchLine('Part of its title'),
  });
}

/** What a meeting's form has in its fields. */
export interface MeetingDraft {
  title?: string;
  when?: string;
  until?: string;
  link?: string;
  highlights?: string;
  notes?: string;
}

/** Asks for a meeting's content: a new one, or one that is there, as of `version` and without the fields it has `kept`. */
export function meetingForm(to: {
  about: About;
  draft: MeetingDraft;
  existing?: { id: string; version: number; kept: readonly (keyof MeetingDraft)[] };
}): Form {
  const { about, draft, existing } = to;
  const kept = existing?.kept ?? [];
  const args = existing
    ? {
        what: 'edit',
        meeting: existing.id,
        version: existing.version,
        ...(kept.length > 0 && { kept: kept.join(' ') }),
      }
    : { what: 'create' };
  return {
    name: existing ? 'edit-meeting' : 'create-meeting',
    title: existing ? 'Edit a meeting' : 'New meeting',
    submit: existing ? 'Save' : 'Create',
    ...(kept.length > 0 && { intro: [`Too long to be edited here, and kept as they are: ${kept.join(' and ')}.`] }),
    call: { command: 'meeting', args, workspace: about.id },
    fields: FIELDS.filter(({ name }) => !kept.includes(name)).map((field) => ({
      ...field,
      ...(draft[field.name] && { initial: draft[field.name] }),
    })),
  };
}

const optional = true;

const FIELDS = [
  { name: 'title', label: 'Title', input: 'line', maxLength: 150 },
  { name: 'when', label: 'When', hint: 'Like 16 November 14:00. Now, if left empty.', input: 'line', optional },
  { name: 'until', label: 'Until', hint: 'Like 16 November 15:00.', input: 'line', optional },
  { name: 'highlights', label: 'Highlights', hint: 'One on each line.', input: 'lines', optional, maxLength: 3_000 },
  { name: 'notes', label: 'Notes', input: 'lines', optional, maxLength: 3_000 },
  { name: 'link', label: 'Link to the recording', hint: 'https://...', input: 'line', optional, maxLength: 2_000 },
] as const;

/** To whoever asked to read it, once the host said yes. */
export function meetingOpenedCard(to: { about: { id: string }; meeting: string; title: string }): Card {
  const { about, meeting, title } = to;
  return {
    name: 'meeting-opened',
    parts: [
      text(`You can read “${title}” now.`),
      ...buttons(press('Open', 'meeting', { what: 'open', meeting }, { workspace: about.id })),
    ],
  };
}
