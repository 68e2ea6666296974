import type { Channel } from '../../channels/channel.js';
import { channelsByIds } from '../../channels/channels.js';
import type { Card } from '../../cards/card.js';
import {
  meetingEndedCard,
  meetingGrantedCard,
  type MeetingNews,
  meetingRecordedCard,
  meetingSharedCard,
  meetingSharedPrivatelyCard,
} from '../../cards/meetings/meeting-notice-cards.js';
import type { Meeting } from '../../meetings/meeting.js';
import { bindingsOf, bindingsOfRoom } from '../../workspace/bindings.js';
import type { Binding, Person, PersonId } from '../../workspace/entities.js';
import { getPerson } from '../../workspace/people.js';
import { getWorkspace } from '../../workspace/workspaces.js';
import { type Notice, type Recipient, recipientKey } from '../outbox/notice.js';
import { enqueue } from '../outbox/outbox.js';
import { recipientsOf } from '../outbox/recipients.js';

/** All posts of one meeting are one subject: when it is no longer shared there, or deleted, they are edited. */
function meetingSubject(meeting: Pick<Meeting, 'id'>): string {
  return `meeting:${meeting.id}`;
}

/**
 * Posts a meeting into the chat channels of the channel that it was shared to, in the surrounding transaction; of a
 * public channel that has none of its own, where the workspace's meetings go. Resolves with their names.
 */
export async function tellShared(meeting: Meeting, room: Channel): Promise<string[]> {
  const host = await getPerson(meeting.account, meeting.host);
  const bindings = await bindingsFor(room);
  const news = { ...(await newsOf(meeting)), by: host?.name ?? 'The host' };
  const card =
    room.kind === 'public' ? meetingSharedCard({ ...news, room: room.name }) : meetingSharedPrivatelyCard(news);
  await enqueue(bindings.map((binding) => postOf(meeting, recipientOf(binding), card)));
  return bindings.map(({ channelName }) => `#${channelName}`);
}

/** After a meeting was taken from a channel: the posts say so where nothing else brings it there. */
export async function tellUnshared(meeting: Meeting, room: Channel): Promise<void> {
  const still: string[] = [];
  for (const other of await channelsByIds(meeting, meeting.channels)) {
    still.push(...(await bindingsFor(other)).map((binding) => recipientKey(recipientOf(binding))));
  }
  const over = (await bindingsFor(room)).map(recipientOf).filter((to) => !still.includes(recipientKey(to)));
  await endPosts(meeting, { deleted: false }, (to) => over.some((one) => recipientKey(one) === recipientKey(to)));
}

/** After a meeting was deleted, in the surrounding transaction. */
export async function tellDeleted(meeting: Meeting): Promise<void> {
  await endPosts({ ...meeting, version: meeting.version + 1 }, { deleted: true }, () => true);
}

async function endPosts(
  meeting: Meeting,
  { deleted }: { deleted: boolean },
  concerns: (to: Recipient) => boolean,
): Promise<void> {
  const posts = (await recipientsOf(meeting.account, meetingSubject(meeting))).filter(concerns);
  if (posts.length === 0) return;
  const { about } = await newsOf(meeting);
  await enqueue(posts.map((to) => postOf(meeting, to, meetingEndedCard({ about, deleted }))));
}

function postOf(meeting: Meeting, to: Recipient, card: Card): Notice {
  return {
    id: `${meetingSubject(meeting)}:${meeting.version}:${recipientKey(to)}`,
    account: meeting.account,
    workspace: meeting.workspace,
    to,
    card,
    sender: meeting.host,
    subject: meetingSubject(meeting),
    revision: meeting.version,
  };
}

/** Privately tells those who were given access; in the surrounding transaction. */
export async function tellGranted(
  meeting: Meeting,
  people: readonly PersonId[],
  how: { by: Pick<Person, 'id' | 'name'>; writes: boolean },
): Promise<void> {
  const card = meetingGrantedCard({ ...(await newsOf(meeting)), by: how.by.name, writes: how.writes });
  await enqueue(
    people
      .filter((person) => person !== how.by.id)
      .map((person) => ({
        id: `meeting-granted:${meeting.id}:${meeting.version}:${person}`,
        account: meeting.account,
        workspace: meeting.workspace,
        to: { person },
        sender: how.by.id,
        card,
      })),
  );
}

/**
 * Tells the host of a meeting that a recorder brought, and the channel that it is shared to by itself; in the
 * surrounding transaction.
 */
export async function tellRecorded(meeting: Meeting): Promise<void> {
  const rooms = await channelsByIds(meeting, meeting.channels);
  const news = await newsOf(meeting);
  const card = meetingRecordedCard({ ...news, readBy: readBy(meeting, rooms, news.about.name) });
  const { account, workspace, id, host } = meeting;
  await enqueue([{ id: `meeting-recorded:${id}`, account, workspace, to: { person: host }, card }]);
  for (const room of rooms) await tellShared(meeting, room);
}

function readBy({ open, collaborators }: Meeting, rooms: readonly Channel[], workspaceName: string): string {
  if (open) return `Everybody in ${workspaceName} can read it.`;
  if (rooms.length > 0) return `Whoever reads ${rooms.map(({ name }) => name).join(' and ')} can read it.`;
  return collaborators.length > 0
    ? 'You and its collaborators can read it, and those you share it with.'
    : 'You alone can read it, and those you share it with.';
}

/** Where the meetings of a channel are posted. */
async function bindingsFor({ account, workspace, id, kind }: Channel): Promise<Binding[]> {
  const own = await bindingsOfRoom(account, workspace, id);
  if (own.length > 0 || kind === 'private') return own;
  const chosen = await bindingsOf(account, workspace, 'meetings');
  const forAll = chosen.filter(({ room }) => room === undefined);
  return forAll.length > 0 ? forAll : bindingsOf(account, workspace, 'alerts');
}

function recipientOf({ platform, tenant, channel }: Binding): Recipient {
  return { channel: { platform, tenant, channel } };
}

async function newsOf(meeting: Meeting): Promise<MeetingNews> {
  const { account, workspace: id, title, startsAt } = meeting;
  const workspace = await getWorkspace(account, id);
  if (!workspace) throw new Error(`the workspace of meeting ${meeting.id} is gone`);
  return {
    about: { id, name: workspace.name, currency: workspace.currency },
    meeting: meeting.id,
    title,
    startsAt: startsAt.toISOString(),
    zone: workspace.timeZone,
  };
}
