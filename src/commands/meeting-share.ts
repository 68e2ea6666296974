import type { Channel } from '../channels/channel.js';
import { getChannel } from '../channels/channels.js';
import type { Choice, Form } from '../cards/card.js';
import { roomChoice } from '../cards/choices.js';
import { collaboratorForm, shareMeetingForm } from '../cards/meetings/meeting-access-cards.js';
import {
  accessGiven,
  accessTaken,
  HOST_ALREADY,
  MEETING_CLOSED,
  sharedNoLonger,
  sharedWith,
} from '../cards/meetings/meeting-said.js';
import type { Answer } from '../chat/invocation.js';
import type { Meeting, Which } from '../meetings/meeting.js';
import { addCollaborators, closeMeeting, grantAccess, shareTo, unshare, withdrawAccess } from '../meetings/sharing.js';
import { inTransaction } from '../mongo.js';
import { tellGranted, tellShared, tellUnshared } from '../notices/resources/meeting-notices.js';
import { refuse } from '../refusal.js';
import { policiesInForce } from '../workspace/policies.js';
import type { Choosing, InWorkspace } from './command.js';
import { aboutWorkspace } from './context.js';
import { findMember } from './find-person.js';
import type { MeetingArgs } from './meeting-args.js';
import { access, withMeeting } from './meeting-views.js';
import { type Member, membersMeant } from './members-meant.js';
import { OFFERED, roomsToPick } from './picked-from.js';
import { assertReads, roomMeant } from './rooms.js';

/** A choice has no more. */
const MOST_ROOMS = 100;

/** With people, or with one of the workspace's own channels that the host reads. */
export function share(context: InWorkspace, args: MeetingArgs): Promise<Answer> {
  return withMeeting(context, args, async (meeting) => {
    const members = await membersMeant(context, args);
    if (members.length > 0) return give(context, meeting, members, { writes: false });
    if (!args.room)
      return refuse({ kind: 'badArgument', argument: 'person', typed: '', expected: 'a channel or a person' });
    return shareToRoom(context, meeting, await roomMeant(context, args.room));
  });
}

async function shareToRoom(context: InWorkspace, meeting: Meeting, room: Channel): Promise<Answer> {
  await assertReads(context, room);
  if (room.archivedAt) return refuse({ kind: 'channelArchived', channel: room.id, name: room.name });
  if (room.kind === 'public') await assertSharedWidely(context);
  const { after, posted } = await inTransaction(async () => {
    const shared = await shareTo({ ...changing(context, meeting), channel: room });
    return { after: shared, posted: shared.changed ? await tellShared(shared.meeting, room) : undefined };
  });
  return access(context, after.meeting, { said: sharedWith(room.name, posted) });
}

/** @throws Refusal policyForbids, where meetings stay with people and private channels */
async function assertSharedWidely({ account, workspace }: InWorkspace): Promise<void> {
  const { meetingSharing } = await policiesInForce(account, workspace.id);
  if (meetingSharing === 'private') {
    refuse({ kind: 'policyForbids', policy: 'meetingSharing', workspaceName: workspace.name });
  }
}

export function collaborate(context: InWorkspace, args: MeetingArgs): Promise<Answer> {
  return withMeeting(context, args, async (meeting) =>
    give(context, meeting, await membersMeant(context, args), { writes: true }),
  );
}

async function give(
  context: InWorkspace,
  meeting: Meeting,
  given: readonly Member[],
  { writes }: { writes: boolean },
): Promise<Answer> {
  const { actor } = context;
  const others = given.filter(({ person }) => person.id !== meeting.host);
  const [first] = others;
  if (!first) return access(context, meeting, { said: HOST_ALREADY });
  const members = others.map(({ membership }) => membership);
  const after = await inTransaction(async () => {
    const change = { ...changing(context, meeting), members };
    const done = writes ? await addCollaborators(change) : await grantAccess(change);
    const people = members.map(({ person }) => person);
    if (done.changed) await tellGranted(done.meeting, people, { by: actor, writes });
    return done;
  });
  const names = others.map(({ person }) => person.name);
  return access(context, after.meeting, { said: accessGiven(names, { writes, fresh: after.changed }) });
}

export function withdraw(context: InWorkspace, args: MeetingArgs): Promise<Answer> {
  return withMeeting(context, args, async (meeting) => {
    if (args.room) return takeFrom(context, meeting, await roomMeant(context, args.room));
    const reference = args.person ?? args.people?.[0];
    if (!reference) return access(context, meeting);
    const person = await findMember(context, reference, context.workspace.id);
    const { meeting: after } = await withdrawAccess({ ...changing(context, meeting), person: person.id });
    return access(context, after, { said: accessTaken(person.name) });
  });
}

/** Also from a channel that the host is no longer in. */
export function unshareFrom(context: InWorkspace, args: MeetingArgs): Promise<Answer> {
  return withMeeting(context, args, async (meeting) => {
    if (!args.room) return access(context, meeting);
    const known = meeting.channels.includes(args.room);
    const { account, workspace } = context;
    const room = known
      ? await getChannel({ account: account.id, workspace: workspace.id, channel: args.room })
      : undefined;
    return takeFrom(context, meeting, room ?? (await roomMeant(context, args.room)));
  });
}

async function takeFrom(context: InWorkspace, meeting: Meeting, room: Channel): Promise<Answer> {
  const after = await inTransaction(async () => {
    const done = await unshare({ ...changing(context, meeting), channel: room });
    if (done.changed) await tellUnshared(done.meeting, room);
    return done.meeting;
  });
  return access(context, after, { said: sharedNoLonger(room.name) });
}

/** Ends that everybody in the workspace reads it. */
export function close(context: InWorkspace, args: MeetingArgs): Promise<Answer> {
  return withMeeting(context, args, async (meeting) => {
    const { meeting: after } = await closeMeeting(changing(context, meeting));
    return access(context, after, { said: MEETING_CLOSED });
  });
}

/** Asks where to share it, or with whom. */
export async function shareForm(context: InWorkspace, meeting: Meeting): Promise<Form> {
  const { services, workspace } = context;
  const rooms = await roomsToShareTo(context, OFFERED);
  return shareMeetingForm({ about: await aboutWorkspace(services.ledger, workspace), meeting, rooms });
}

/** What that form's picker finds. */
export async function shareChoices(context: InWorkspace, of: Choosing): Promise<Choice[]> {
  return (await roomsToShareTo(context, of)).map(roomChoice);
}

async function roomsToShareTo(context: InWorkspace, which: Pick<Choosing, 'words' | 'limit'>): Promise<Channel[]> {
  const { meetingSharing } = await policiesInForce(context.account, context.workspace.id);
  if (meetingSharing !== 'private') return roomsToPick(context, which);
  const rooms = await roomsToPick(context, { ...which, limit: MOST_ROOMS });
  return rooms.filter(({ kind }) => kind === 'private').slice(0, which.limit);
}

export async function collaboratorsForm(context: InWorkspace, meeting: Meeting): Promise<Form> {
  return collaboratorForm({ about: await aboutWorkspace(context.services.ledger, context.workspace), meeting });
}

export function changing(
  { account, actor, at, workspace }: InWorkspace,
  meeting: Meeting,
): Which & { by: string; at: Date } {
  return { account: account.id, workspace: workspace.id, meeting: meeting.id, by: actor.id, at };
}
