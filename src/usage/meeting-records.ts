import type { z } from 'zod';
import type { Channel } from '../channels/channel.js';
import { placeIn } from '../channels/channel-members.js';
import { channelsNamed } from '../channels/channels.js';
import type { Meeting } from '../meetings/meeting.js';
import { earlierRecording, type Recorded, recordedMeeting, recordMeeting } from '../meetings/recorded.js';
import { getAccount } from '../workspace/accounts.js';
import { digest } from '../workspace/canonical.js';
import type { Membership, Policies, Workspace } from '../workspace/entities.js';
import { parseIdentityKey } from '../workspace/identity.js';
import { membership } from '../workspace/memberships.js';
import { peopleByIds, personByEmail, personOfIdentity } from '../workspace/people.js';
import { policiesInForce } from '../workspace/policies.js';
import type { ApiKey } from './keys.js';
import type { meetingAnswer, meetingBody, meetingRecorded } from './meeting-schemas.js';
import { Problem, type WrongField, wrongFields } from './problem.js';

type Wanted = z.output<typeof meetingBody>;

export interface RecordingCall {
  workspace: Workspace;
  key: ApiKey;
  at: Date;
  /** Runs in the transaction that keeps a new meeting, perhaps more than once. */
  tell: (meeting: Meeting) => Promise<void>;
}

/** Keeps what a recorder sent, once for an id: a repeat is answered as before, whatever has become of people since. */
export async function keepMeeting(call: RecordingCall, wanted: Wanted): Promise<z.output<typeof meetingRecorded>> {
  const { workspace, key, at, tell } = call;
  const id = { account: workspace.account, workspace: workspace.id, recorderId: wanted.id, hash: hashOf(wanted) };
  const earlier = await earlierRecording(id);
  if (earlier) return answerOf(earlier, wanted.id);
  const recording = { ...id, ...(await readable(workspace, wanted)), by: key.createdBy, key: key.name, at };
  return answerOf(await recordMeeting(recording, tell), wanted.id);
}

/** The meeting of a recorder's id, as it is now. */
export async function readMeeting({ account, id: workspace }: Workspace, recorderId: string) {
  const meeting = await recordedMeeting({ account, workspace, recorderId });
  if (!meeting)
    throw new Problem(404, 'There is no meeting with this id, or it was deleted.', { kind: 'unknownMeeting' });
  return shown(meeting, recorderId);
}

/** The same moment written in another time zone is the same meeting. */
function hashOf({ startsAt, endsAt, ...rest }: Wanted): string {
  return digest({ ...rest, startsAt: new Date(startsAt), ...(endsAt && { endsAt: new Date(endsAt) }) });
}

async function answerOf(recorded: Recorded, id: string): Promise<z.output<typeof meetingRecorded>> {
  switch (recorded.outcome) {
    case 'recorded':
      return { status: 'accepted', meeting: await shown(recorded.meeting, id) };
    case 'duplicate':
      return { status: 'duplicate', meeting: await shown(recorded.meeting, id) };
    case 'conflict':
      throw conflict(`was first used for another meeting, on ${recorded.first.toISOString()}`);
    case 'deleted':
      throw conflict(`was used on ${recorded.first.toISOString()} for a meeting that has been deleted since`);
  }
}

function conflict(what: string): Problem {
  return new Problem(409, `This id ${what}.`, { kind: 'conflict' });
}

/** A recording whose people and channel are those of the workspace. Throws a Problem that names each that is not. */
async function readable(workspace: Workspace, wanted: Wanted) {
  const { title, startsAt, endsAt, highlights = [], notes, link } = wanted;
  const errors: WrongField[] = [];
  const wrong = (field: string, message: string) => void errors.push({ field, message });
  const host = await memberOf(workspace, wanted.host);
  if (!host) wrong('host', NOBODY);
  const collaborators: string[] = [];
  for (const [index, reference] of (wanted.collaborators ?? []).entries()) {
    const member = await memberOf(workspace, reference);
    if (member) collaborators.push(member.person);
    else wrong(`collaborators[${index}]`, NOBODY);
  }
  const ends = endsAt === undefined ? undefined : new Date(endsAt);
  if (ends && ends <= new Date(startsAt)) wrong('endsAt', 'must be after startsAt');
  const readers = host && (await firstReaders(workspace, host, wanted.channel));
  if (typeof readers === 'string') wrong('channel', readers);
  if (!host || !readers || typeof readers === 'string' || errors.length > 0) {
    throw wrongFields(errors);
  }
  return {
    title,
    startsAt: new Date(startsAt),
    host: host.person,
    collaborators: [...new Set(collaborators)].filter((person) => person !== host.person),
    highlights,
    ...readers,
    ...(ends && { endsAt: ends }),
    ...(notes !== undefined && { notes }),
    ...(link !== undefined && { link }),
  };
}

const NOBODY = 'is nobody of this workspace';

/** By an address that a chat platform vouches for, or by a chat account. */
async function memberOf({ account, id }: Workspace, reference: string): Promise<Membership | undefined> {
  const person = parseIdentityKey(reference)
    ? await personOfIdentity(account, reference)
    : await personByEmail(account, reference);
  return person && membership(account, id, person.id);
}

/** Who reads it from the beginning: a channel that is named, or what the policy says; or what is wrong with the channel. */
async function firstReaders(
  workspace: Workspace,
  host: Membership,
  named: string | undefined,
): Promise<{ open: boolean; channels: string[] } | string> {
  const account = await getAccount(workspace.account);
  const policies: Policies = account ? await policiesInForce(account, workspace.id) : {};
  const widely = policies.meetingSharing !== 'private';
  if (named === undefined) return { open: widely && policies.meetingVisibility === 'workspace', channels: [] };
  const room = await roomNamed(workspace, host, named);
  if (!room) return 'is no channel that the host is in';
  if (room.kind === 'public' && !widely)
    return "is public, and the workspace's policy keeps meetings to private channels";
  return { open: false, channels: [room.id] };
}

async function roomNamed({ account, id }: Workspace, host: Membership, name: string): Promise<Channel | undefined> {
  const [room] = await channelsNamed({ account, workspace: id, inside: [], all: true, name });
  return room && (room.kind === 'public' || (await placeIn(room.id, host))) ? room : undefined;
}

async function shown(meeting: Meeting, id: string): Promise<z.output<typeof meetingAnswer>> {
  const { account, title, startsAt, endsAt, host, collaborators, highlights, notes, link, open, channels } = meeting;
  const people = await peopleByIds(account, [host, ...collaborators.map(({ person }) => person)]);
  const named = (person: string) => ({ name: people.get(person)?.name ?? 'somebody' });
  return {
    id,
    title,
    startsAt: startsAt.toISOString(),
    ...(endsAt && { endsAt: endsAt.toISOString() }),
    host: named(host),
    collaborators: collaborators.map(({ person }) => named(person)),
    highlights: [...highlights],
    ...(notes !== undefined && { notes }),
    ...(link !== undefined && { link }),
    readBy: open ? 'everybody' : channels.length > 0 ? 'channels' : 'people',
    createdAt: meeting.createdAt.toISOString(),
  };
}
