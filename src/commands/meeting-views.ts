import { channelsByIds } from '../channels/channels.js';
import { type AccessLine, meetingAccessCard } from '../cards/meetings/meeting-access-cards.js';
import { meetingCard, type MeetingLine, meetingsCard, type MeetingWords } from '../cards/meetings/meeting-cards.js';
import { everybodyIn, WHICH_MEETING } from '../cards/meetings/meeting-said.js';
import { SOMEBODY } from '../cards/somebody.js';
import type { Answer } from '../chat/invocation.js';
import { accessTo } from '../meetings/access.js';
import type { Meeting } from '../meetings/meeting.js';
import { readableMeetings } from '../meetings/meetings.js';
import type { Account } from '../workspace/entities.js';
import { countsStill } from '../workspace/members-among.js';
import { membership as membershipOf } from '../workspace/memberships.js';
import { peopleByIds } from '../workspace/people.js';
import type { InWorkspace } from './command.js';
import { aboutWorkspace } from './context.js';
import type { MeetingArgs } from './meeting-args.js';
import { meetingsMeant } from './meeting-meant.js';
import { assertReads, roomMeant } from './rooms.js';

const PAGE = 10;

/** The meetings that the actor reads here. */
export async function list(
  context: InWorkspace,
  { room: named, search, offset = 0 }: Pick<MeetingArgs, 'room' | 'search' | 'offset'> = {},
): Promise<Answer> {
  const { membership, services, workspace } = context;
  const room = named ? await roomMeant(context, named) : undefined;
  if (room) await assertReads(context, room);
  const page = await readableMeetings({
    membership,
    offset,
    limit: PAGE,
    ...(room && { channel: room.id }),
    ...(search && { search }),
  });
  const card = meetingsCard({
    about: await aboutWorkspace(services.ledger, workspace),
    meetings: await linesOf(context, page.meetings),
    total: page.total,
    offset,
    pageSize: PAGE,
    ...(room && { room: { id: room.id, name: room.name } }),
    ...(search && { search }),
  });
  return { kind: 'private', card, replace: true };
}

async function linesOf(context: InWorkspace, meetings: readonly Meeting[]): Promise<MeetingLine[]> {
  const { account, workspace } = context;
  const hosts = await peopleByIds(
    account.id,
    meetings.map(({ host }) => host),
  );
  return meetings.map(({ id, title, startsAt, host }) => ({
    id,
    title,
    startsAt: startsAt.toISOString(),
    zone: zoneOf(context),
    by: hosts.get(host)?.name ?? SOMEBODY,
    workspace: workspace.id,
  }));
}

/** Does something with the meeting that is meant; where several are, or none is named, a list to choose from instead. */
export async function withMeeting(
  context: InWorkspace,
  { meeting: typed }: Pick<MeetingArgs, 'meeting'>,
  act: (meeting: Meeting) => Promise<Answer>,
): Promise<Answer> {
  if (!typed) return list(context);
  const [meeting, ...others] = await meetingsMeant(context, typed);
  if (others.length === 0) return act(meeting);
  const meetings = [meeting, ...others];
  const card = meetingsCard({
    about: await aboutWorkspace(context.services.ledger, context.workspace),
    meetings: await linesOf(context, meetings),
    total: meetings.length,
    offset: 0,
    pageSize: meetings.length,
    said: WHICH_MEETING,
  });
  return { kind: 'private', card };
}

/** The meeting's card; `said` is what has just become of it. */
export async function shown(context: InWorkspace, meeting: Meeting, said?: string): Promise<Answer> {
  const { account, actor, membership, services, workspace } = context;
  const access = await accessTo(meeting, actor.id, membership);
  const card = meetingCard({
    about: await aboutWorkspace(services.ledger, workspace),
    meeting: await wordsOf(account, meeting, { zone: zoneOf(context), workspaceName: workspace.name }),
    rights: { host: access.host, writes: access.host || access.collaborator },
    ...(said && { said }),
  });
  return { kind: 'private', card, replace: true };
}

function zoneOf({ actor, workspace }: Pick<InWorkspace, 'actor' | 'workspace'>): string {
  return actor.timeZone ?? workspace.timeZone;
}

/** A meeting as its card tells it; `workspaceName` for those who are in the workspace. */
export async function wordsOf(
  account: Account,
  meeting: Meeting,
  { zone, workspaceName }: { zone: string; workspaceName?: string },
): Promise<MeetingWords> {
  const readers = workspaceName === undefined ? [] : await readersOf(account, meeting, workspaceName);
  const host = (await peopleByIds(account.id, [meeting.host])).get(meeting.host);
  const { id, title, startsAt, endsAt, highlights, notes, link } = meeting;
  return {
    id,
    title,
    startsAt: startsAt.toISOString(),
    ...(endsAt && { endsAt: endsAt.toISOString() }),
    zone,
    host: host?.name ?? SOMEBODY,
    collaborators: readers.filter(({ how }) => how === 'collaborator').map(({ name }) => name),
    readBy: readers.filter(({ how }) => how !== 'collaborator').map(({ name }) => name),
    highlights,
    ...(notes && { notes }),
    ...(link && { link }),
  };
}

/** To the host: who reads it besides, and how to end that. */
export async function access(
  context: InWorkspace,
  meeting: Meeting,
  { offset = 0, said }: { offset?: number; said?: string } = {},
): Promise<Answer> {
  const { account, services, workspace } = context;
  const readers = await readersOf(account, meeting, workspace.name);
  const card = meetingAccessCard({
    about: await aboutWorkspace(services.ledger, workspace),
    meeting: { id: meeting.id, title: meeting.title },
    readers: readers.slice(offset, offset + PAGE),
    total: readers.length,
    offset,
    pageSize: PAGE,
    ...(said && { said }),
  });
  return { kind: 'private', card, replace: true };
}

/** Everybody and every channel that reads it, but the host; nobody whose access ended with a membership. */
async function readersOf(account: Account, meeting: Meeting, workspaceName: string): Promise<AccessLine[]> {
  const { workspace, collaborators, readers, open, channels: ids } = meeting;
  const given = [
    ...collaborators.map((each) => ({ ...each, how: 'collaborator' as const })),
    ...readers.map((each) => ({ ...each, how: 'reader' as const })),
  ];
  const [people, channels, held] = await Promise.all([
    peopleByIds(
      account.id,
      given.map(({ person }) => person),
    ),
    channelsByIds(meeting, ids),
    Promise.all(given.map(({ person }) => membershipOf(account.id, workspace, person))),
  ]);
  return [
    ...(open ? [{ name: everybodyIn(workspaceName), how: 'everybody' as const }] : []),
    ...channels.map(({ id, name }) => ({ name, how: 'channel' as const, id })),
    ...given.flatMap(({ person, since, how }, index) => {
      const membership = held[index];
      const name = people.get(person)?.name;
      return membership && countsStill(membership, since) && name ? [{ name, how, id: person }] : [];
    }),
  ];
}
