import type { Channel } from '../channels/channel.js';
import { managersOf, membersOfChannel, placeIn } from '../channels/channel-members.js';
import { channelsSeen } from '../channels/channels.js';
import { chatChannelIn } from '../cards/channels/channel-said.js';
import { channelsCard, roomCard, type RoomLine, roomPeopleCard } from '../cards/channels/room-cards.js';
import type { Answer } from '../chat/invocation.js';
import { readableMeetings } from '../meetings/meetings.js';
import { bindingsOfRoom } from '../workspace/bindings.js';
import { verdict } from '../workspace/permissions.js';
import { bindingLines } from './binding-lines.js';
import type { ChannelArgs } from './channel-args.js';
import type { InWorkspace } from './command.js';
import { aboutWorkspace } from './context.js';
import { assertReads, lookingOf, managesAll, managesRoom, readsRoom, roomMeant } from './rooms.js';

const PAGE = 10;

/** The channels that the actor sees, and for those who choose, where the notices go. */
export async function list(
  context: InWorkspace,
  { archived = false, search, offset = 0 }: Pick<ChannelArgs, 'archived' | 'search' | 'offset'> = {},
): Promise<Answer> {
  const { account, membership, services, workspace } = context;
  const looking = await lookingOf(context);
  const page = { offset, limit: PAGE, ...(search && { search }) };
  const { channels, total } = await channelsSeen({ ...looking, archived, ...page });
  const chooses = verdict('bindChannel', membership.role).answer === 'yes' && !archived && !search && offset === 0;
  const card = channelsCard({
    about: await aboutWorkspace(services.ledger, workspace),
    rooms: channels.map((room) => lineOf(room, room.kind === 'public' || looking.inside.includes(room.id))),
    total,
    offset,
    pageSize: PAGE,
    archived,
    ...(search && { search }),
    ...(chooses && { bindings: await bindingLines(account.id, workspace.id) }),
  });
  return { kind: 'private', card, replace: true };
}

/** Does something with the channel that is meant; where none is named, a list to choose from instead. */
export async function withRoom(
  context: InWorkspace,
  { room }: Pick<ChannelArgs, 'room'>,
  act: (room: Channel) => Promise<Answer>,
): Promise<Answer> {
  return room ? act(await roomMeant(context, room)) : list(context);
}

/** The channel's card; `said` is what has just become of it. Refuses who does not read it. */
export async function shown(context: InWorkspace, room: Channel, said?: string): Promise<Answer> {
  const { account, membership, services, workspace } = context;
  await assertReads(context, room);
  const of = { account: account.id, workspace: workspace.id, channel: room.id };
  // One after the other: an approved request runs in a transaction, where MongoDB takes no two commands at once.
  const people = await membersOfChannel({ ...of, offset: 0, limit: 1 });
  const bindings = await bindingsOfRoom(account.id, workspace.id, room.id);
  const meetings = await readableMeetings({ membership, channel: room.id, offset: 0, limit: 1 });
  const place = await placeIn(room.id, membership);
  const card = roomCard({
    about: await aboutWorkspace(services.ledger, workspace),
    room: lineOf(room, true),
    people: people.total,
    managers: await managersOf(of),
    goesTo: bindings.map(({ channelName, platform }) => chatChannelIn(channelName, platform)),
    meetings: meetings.total,
    rights: { inside: place !== undefined, manages: managesAll(context) || place?.manager === true },
    ...(said && { said }),
  });
  return { kind: 'private', card, replace: true };
}

/** A page of the channel's people, also to somebody who merely looks after them. */
export async function peopleShown(
  context: InWorkspace,
  room: Channel,
  { offset = 0, said }: { offset?: number; said?: string } = {},
): Promise<Answer> {
  const { account, actor, services, workspace } = context;
  const of = { account: account.id, workspace: workspace.id, channel: room.id };
  const page = await membersOfChannel({ ...of, offset, limit: PAGE });
  const card = roomPeopleCard({
    about: await aboutWorkspace(services.ledger, workspace),
    room: lineOf(room, await readsRoom(context, room)),
    people: page.members.map(({ person }) => ({
      person: person.id,
      name: person.name,
      manager: page.managers.has(person.id),
      me: person.id === actor.id,
    })),
    total: page.total,
    offset,
    pageSize: PAGE,
    manages: await managesRoom(context, room),
    ...(said && { said }),
  });
  return { kind: 'private', card, replace: true };
}

/** What has become of the channel, on the card that the actor may see of it. */
export async function answered(context: InWorkspace, room: Channel, said: string): Promise<Answer> {
  return (await readsRoom(context, room)) ? shown(context, room, said) : peopleShown(context, room, { said });
}

function lineOf({ id, name, kind, archivedAt }: Channel, reads: boolean): RoomLine {
  return { id, name, kind, reads, archived: archivedAt !== undefined };
}
