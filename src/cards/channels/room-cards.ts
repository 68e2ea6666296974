import type { Button, Card, Part } from '../card.js';
import { type BindingLine, bindingParts } from './channel-cards.js';
import { type About, buttons, count, footOf, listOf, press, subtle, text } from '../parts.js';

/** One of a workspace's own channels on a list. */
export interface RoomLine {
  id: string;
  name: string;
  kind: 'public' | 'private';
  /** Whether the reader reads it. */
  reads: boolean;
  archived: boolean;
}

/** Private: a workspace's own channels, a page of them, and for those who choose, where its notices go. */
export function channelsCard(to: {
  about: About;
  /** Absent for those who may not choose. */
  bindings?: readonly BindingLine[];
  rooms: readonly RoomLine[];
  total: number;
  offset: number;
  pageSize: number;
  archived: boolean;
  search?: string;
}): Card {
  const { about, rooms, total, offset, pageSize, archived, search } = to;
  const page = (label: string, start: number) =>
    press(label, 'channel', { ...filterOf(to), offset: start }, { workspace: about.id });
  return {
    name: 'channels',
    heading: { text: headingOf(to) },
    parts: [
      ...(to.bindings ? bindingParts(about, to.bindings) : []),
      ...(to.bindings && rooms.length > 0 ? [text({ strong: `${about.name}'s own channels` })] : []),
      ...(rooms.length > 0 ? roomList(about, rooms) : noRooms(about, archived, search)),
      ...(total > pageSize
        ? [subtle(`${offset + 1} to ${offset + rooms.length} of ${total.toLocaleString('en-GB')}`)]
        : []),
      ...buttons(
        offset > 0 ? page('Back', Math.max(0, offset - pageSize)) : undefined,
        offset + pageSize < total ? page('More', offset + pageSize) : undefined,
        archived ? undefined : press('New channel', 'channel', { what: 'create' }, { workspace: about.id }),
        total > pageSize && !archived ? press('Find', 'channel', { what: 'find' }, { workspace: about.id }) : undefined,
        archived
          ? press('Channels', 'channel', {}, { workspace: about.id })
          : press('Archived', 'channel', { what: 'list', archived: true }, { workspace: about.id }),
      ),
    ],
    ...footOf(about),
  };
}

function filterOf({ archived, search }: { archived: boolean; search?: string }) {
  return { what: 'list', ...(archived && { archived }), ...(search && { search }) };
}

function roomList(about: About, rooms: readonly RoomLine[]): Part[] {
  return [
    {
      part: 'list',
      items: rooms.map((room) => ({
        title: [{ strong: room.name }],
        detail: [room.reads ? room.kind : `${room.kind}, and you are not in it`],
        buttons: [
          press(
            room.reads ? 'Open' : 'People',
            'channel',
            { what: room.reads ? 'open' : 'people', room: room.id },
            {
              workspace: about.id,
            },
          ),
        ],
      })),
    },
  ];
}

function headingOf({ about, total, archived }: { about: About; total: number; archived: boolean }): string {
  if (total === 0) return `${about.name}: channels`;
  return `${about.name}: ${archived ? count(total, 'archived channel') : count(total, 'channel')}`;
}

function noRooms(about: About, archived: boolean, search: string | undefined): Part[] {
  if (search) return [text(`No channel has ${search} in its name.`)];
  if (archived) return [text('No channel is archived.')];
  return [
    text(`${about.name} has no channel of its own yet.`),
    subtle(
      'A channel keeps meetings together: a public one for everybody here, a private one for those who are added.',
    ),
  ];
}

/** What the reader may do with a channel. */
export interface RoomRights {
  inside: boolean;
  manages: boolean;
}

/** Private: one of a workspace's own channels, to somebody who reads it. */
export function roomCard(to: {
  about: About;
  room: RoomLine;
  people: number;
  managers: readonly string[];
  /** The chat channels that its meetings go to: `#sales in Slack`. */
  goesTo: readonly string[];
  meetings: number;
  rights: RoomRights;
  said?: string;
}): Card {
  const { about, room, rights, goesTo } = to;
  const act = actsOn(about, room.id);
  return {
    name: 'channel-open',
    heading: { text: room.name },
    parts: [
      ...(to.said ? [text(to.said)] : []),
      {
        part: 'facts',
        facts: [
          { label: 'Read by', value: [room.kind === 'public' ? `everybody in ${about.name}` : 'its people alone'] },
          { label: 'People', value: [peopleWords(to)] },
          ...(goesTo.length > 0 ? [{ label: 'Meetings are posted in', value: [listOf(goesTo)] }] : []),
        ],
      },
      ...(room.archived ? [subtle('It is archived: nothing new is shared here.')] : []),
      ...buttons(
        to.meetings > 0
          ? press(
              count(to.meetings, 'meeting'),
              'meeting',
              { room: room.id },
              { workspace: about.id, style: 'primary' },
            )
          : undefined,
        ...standingButtons(act, room, rights),
        act('People', 'people'),
        rights.manages && room.archived ? act('Bring back', 'restore') : undefined,
      ),
      ...(to.meetings === 0 && !room.archived ? [subtle('Meetings that are shared here appear here.')] : []),
    ],
    ...footOf(about),
  };
}

type Act = (label: string, what: string, style?: 'danger') => Button;

function actsOn(about: About, room: string): Act {
  return (label, what, style) =>
    press(label, 'channel', { what, room }, { workspace: about.id, ...(style && { style }) });
}

function peopleWords({ people, managers }: { people: number; managers: readonly string[] }): string {
  if (people === 0) return 'nobody yet';
  const by = managers.length > 0 ? `managed by ${listOf(managers)}` : 'nobody manages it';
  return `${people.toLocaleString('en-GB')}, ${by}`;
}

function standingButtons(act: Act, { kind, archived }: RoomLine, { inside }: RoomRights): Button[] {
  if (inside) return [act('Leave', 'leave')];
  return kind === 'public' && !archived ? [act('Join', 'join')] : [];
}

function managing(act: Act, { archived }: RoomLine): Button[] {
  if (archived) return [act('Bring back', 'restore')];
  return [act('Add somebody', 'add'), act('Rename', 'rename'), act('Archive', 'archive', 'danger')];
}

/** Private: a page of a channel's people. */
export function roomPeopleCard(to: {
  about: About;
  room: RoomLine;
  people: readonly { person: string; name: string; manager: boolean; me: boolean }[];
  total: number;
  offset: number;
  pageSize: number;
  manages: boolean;
  said?: string;
}): Card {
  const { about, room, offset, pageSize, total, manages } = to;
  const act = actsOn(about, room.id);
  const page = (label: string, start: number) =>
    press(label, 'channel', { what: 'people', room: room.id, offset: start }, { workspace: about.id });
  return {
    name: 'channel-people',
    heading: { text: `${room.name}: ${count(total, 'person', 'people')}` },
    parts: [
      ...(to.said ? [text(to.said)] : []),
      ...(room.reads
        ? []
        : [text('You are not in it, so its meetings are not for you to read. You can look after its people.')]),
      ...(to.people.length > 0
        ? [{ part: 'list' as const, items: to.people.map((one) => personItem(one, about, room, manages)) }]
        : [text('Nobody is in it.')]),
      ...(total > pageSize
        ? [subtle(`${offset + 1} to ${offset + to.people.length} of ${total.toLocaleString('en-GB')}`)]
        : []),
      ...buttons(
        offset > 0 ? page('Back', Math.max(0, offset - pageSize)) : undefined,
        offset + pageSize < total ? page('More', offset + pageSize) : undefined,
        room.reads ? act('Channel', 'open') : undefined,
        ...(manages ? managing(act, room) : []),
      ),
    ],
    ...footOf(about),
  };
}

function personItem(
  { person, name, manager, me }: { person: string; name: string; manager: boolean; me: boolean },
  about: About,
  room: RoomLine,
  manages: boolean,
) {
  const on = (label: string, args: Readonly<Record<string, string | boolean>>, style?: 'danger') =>
    press(
      label,
      'channel',
      { room: room.id, people: person, ...args },
      { workspace: about.id, ...(style && { style }) },
    );
  const acts = [
    manager ? on('Stop managing', { what: 'manager', off: true }) : on('Make manager', { what: 'manager' }),
    ...(me ? [] : [on('Remove', { what: 'remove' }, 'danger')]),
  ];
  return { title: [name], detail: [manager ? 'manages it' : 'in it'], ...(manages && { buttons: acts }) };
}

/** To the one who was added. */
export function addedToRoomCard(to: { about: About; room: string; name: string; by: string }): Card {
  return {
    name: 'channel-added-told',
    parts: [
      text(`${to.by} added you to ${to.name}.`),
      ...buttons(
        press('Open', 'channel', { what: 'open', room: to.room }, { workspace: to.about.id, style: 'primary' }),
      ),
    ],
    ...footOf(to.about),
  };
}
