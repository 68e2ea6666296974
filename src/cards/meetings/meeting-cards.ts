import type { Button, Card, Inline, Part, Text } from '../card.js';
import { type About, buttons, count, footOf, listOf, openLink, press, subtle, text } from '../parts.js';

/** A meeting as somebody who reads it sees it. */
export interface MeetingWords {
  id: string;
  title: string;
  /** ISO times, shown in `zone`. */
  startsAt: string;
  endsAt?: string;
  zone: string;
  host: string;
  collaborators: readonly string[];
  /** `everybody in Marketing`, `Sales`, `Mia`. */
  readBy: readonly string[];
  highlights: readonly string[];
  notes?: string;
  link?: string;
}

/** What the reader may do with it besides reading. */
export interface MeetingRights {
  host: boolean;
  writes: boolean;
}

/** Longer notes are for the recording's own page. */
const MOST_NOTES = 2_500;
const MOST_HIGHLIGHTS = 20;

/** Private: one meeting. */
export function meetingCard(to: { about?: About; meeting: MeetingWords; rights: MeetingRights; said?: string }): Card {
  const { about, meeting, rights } = to;
  return {
    name: 'meeting',
    heading: { text: meeting.title },
    parts: [
      ...(to.said ? [text(to.said)] : []),
      {
        part: 'facts',
        facts: [
          { label: 'When', value: whenWords(meeting) },
          { label: 'Host', value: [meeting.host] },
          ...(meeting.collaborators.length > 0
            ? [{ label: 'Collaborators', value: [listOf(meeting.collaborators, 'and', 5)] }]
            : []),
          ...(rights.host && about ? [{ label: 'Also read by', value: [readersWords(meeting)] }] : []),
        ],
      },
      ...highlightParts(meeting.highlights),
      ...(meeting.notes ? [text(clipped(meeting.notes))] : []),
      ...buttons(meeting.link ? openLink('Open the recording', meeting.link) : undefined, ...acts(to)),
    ],
    ...(about && footOf(about)),
  };
}

/** What is left to a host who is no longer in the workspace: to read and to delete. */
function acts({ about, meeting, rights }: { about?: About; meeting: MeetingWords; rights: MeetingRights }): Button[] {
  if (!about) return [press('Delete', 'meetings', { what: 'delete', meeting: meeting.id }, { style: 'danger' })];
  const act = (label: string, what: string) =>
    press(label, 'meeting', { what, meeting: meeting.id }, { workspace: about.id });
  return [
    ...(rights.host ? [act('Share', 'share'), act('Who reads it', 'access')] : []),
    ...(rights.writes ? [act('Edit', 'edit')] : []),
  ];
}

function whenWords({ startsAt, endsAt, zone }: MeetingWords): Text {
  const starts: Inline[] = [{ time: startsAt, show: 'dateTime', zone }];
  return endsAt ? [...starts, ' to ', { time: endsAt, show: 'time', zone }] : starts;
}

function readersWords({ readBy }: MeetingWords): string {
  return readBy.length > 0 ? listOf(readBy, 'and', 4) : 'nobody';
}

function highlightParts(highlights: readonly string[]): Part[] {
  if (highlights.length === 0) return [];
  const more = highlights.length - MOST_HIGHLIGHTS;
  return [
    text({ strong: 'Highlights' }),
    ...highlights.slice(0, MOST_HIGHLIGHTS).map((one) => text(`• ${one}`)),
    ...(more > 0 ? [subtle(`And ${more} more.`)] : []),
  ];
}

function clipped(notes: string): string {
  return notes.length > MOST_NOTES ? `${notes.slice(0, MOST_NOTES)}…` : notes;
}

export interface MeetingLine {
  id: string;
  title: string;
  startsAt: string;
  zone: string;
  /** `Olivia`, or where it is: `in Marketing`. */
  by: string;
  /** The workspace whose command opens it; absent where the reader is not in it any more. */
  workspace?: string;
}

/** Private: a page of the meetings that the reader can read in a workspace. */
export function meetingsCard(to: {
  about: About;
  meetings: readonly MeetingLine[];
  total: number;
  offset: number;
  pageSize: number;
  /** Of one channel alone. */
  room?: { id: string; name: string };
  search?: string;
  said?: string;
}): Card {
  const { about, room, search } = to;
  const filter = { ...(room && { room: room.id }), ...(search && { search }) };
  return {
    name: 'meetings',
    heading: { text: `${room ? room.name : about.name}: ${to.total > 0 ? count(to.total, 'meeting') : 'meetings'}` },
    parts: [
      ...(to.said ? [text(to.said)] : []),
      ...(to.meetings.length > 0 ? meetingList(to.meetings) : noMeetings(to)),
      ...pages(to, (offset) => ({ command: 'meeting', args: { ...filter, offset }, workspace: about.id })),
      ...buttons(
        to.total > to.pageSize ? press('Find', 'meeting', { what: 'find' }, { workspace: about.id }) : undefined,
        press('New meeting', 'meeting', { what: 'create' }, { workspace: about.id }),
      ),
    ],
    ...footOf(about),
  };
}

/** Private: a page of the meetings that the reader hosts, wherever they are. */
export function myMeetingsCard(to: {
  meetings: readonly MeetingLine[];
  total: number;
  offset: number;
  pageSize: number;
  said?: string;
}): Card {
  return {
    name: 'my-meetings',
    heading: { text: to.total > 0 ? `You host ${count(to.total, 'meeting')}` : 'Meetings you host' },
    parts: [
      ...(to.said ? [text(to.said)] : []),
      ...(to.meetings.length > 0
        ? meetingList(to.meetings)
        : [
            text(
              'You host no meeting. What is recorded of your meetings appears here, for you alone until you share it.',
            ),
          ]),
      ...pages(to, (offset) => ({ command: 'meetings', args: { offset } })),
    ],
  };
}

function meetingList(meetings: readonly MeetingLine[]): Part[] {
  return [
    {
      part: 'list',
      items: meetings.map(({ id, title, startsAt, zone, by, workspace }) => ({
        title: [{ strong: title }],
        detail: [{ time: startsAt, show: 'dateTime' as const, zone }, ` · ${by}`],
        buttons: [
          workspace
            ? press('Open', 'meeting', { what: 'open', meeting: id }, { workspace })
            : press('Open', 'meetings', { what: 'open', meeting: id }),
        ],
      })),
    },
  ];
}

function noMeetings({ room, search }: { room?: { name: string }; search?: string }): Part[] {
  if (search) return [text(`No meeting that you can read has ${search} in its title.`)];
  if (room) return [text(`No meeting is shared to ${room.name} yet.`)];
  return [
    text('There is no meeting here that you can read yet.'),
    subtle('A recorder adds them by the API, or you write one down. Its host decides who reads it.'),
  ];
}

function pages(
  to: { meetings: readonly MeetingLine[]; total: number; offset: number; pageSize: number },
  call: (offset: number) => { command: string; args: Readonly<Record<string, string | number>>; workspace?: string },
): Part[] {
  const { meetings, total, offset, pageSize } = to;
  if (total <= pageSize) return [];
  const page = (label: string, start: number): Button => ({ label, call: call(start) });
  return [
    subtle(`${offset + 1} to ${offset + meetings.length} of ${total.toLocaleString('en-GB')}`),
    ...buttons(
      offset > 0 ? page('Back', Math.max(0, offset - pageSize)) : undefined,
      offset + pageSize < total ? page('More', offset + pageSize) : undefined,
    ),
  ];
}

/** Private: asks once more, as nothing of it is left afterwards. */
export function meetingDeleteCard(to: { about?: About; meeting: string; title: string }): Card {
  const { about, meeting, title } = to;
  const args = { what: 'delete', meeting, sure: true };
  return {
    name: 'meeting-delete',
    parts: [
      text(`Delete “${title}”? Its highlights and notes are gone for good, for everybody.`),
      ...buttons(
        press('Delete', about ? 'meeting' : 'meetings', args, {
          ...(about && { workspace: about.id }),
          style: 'danger',
        }),
      ),
    ],
    ...(about && footOf(about)),
  };
}

/** Private: it is gone. */
export function meetingDeletedCard({ about, title }: { about: About; title: string }): Card {
  return {
    name: 'meeting-deleted',
    parts: [text(`“${title}” is deleted.`), ...buttons(press('Meetings', 'meeting', {}, { workspace: about.id }))],
    ...footOf(about),
  };
}
