import { channelsOf } from '../channels/channel-members.js';
import { channelsByIds } from '../channels/channels.js';
import type { Membership, PersonId } from '../workspace/entities.js';
import { countsStill } from '../workspace/members-among.js';
import type { Given, Meeting } from './meeting.js';

/** What somebody is to a meeting. */
export interface Access {
  host: boolean;
  collaborator: boolean;
  /** Whether they read it without asking. */
  reads: boolean;
}

/**
 * What the person is to the meeting. Without a membership there, or while it is suspended, nothing of it is shared with
 * them; the host stays the host.
 */
export async function accessTo(
  meeting: Meeting,
  person: PersonId,
  membership: Membership | undefined,
): Promise<Access> {
  const host = meeting.host === person;
  if (!membership || membership.suspended) return { host, collaborator: false, reads: host };
  const collaborator = isAmong(meeting.collaborators, membership);
  const reads =
    host ||
    collaborator ||
    meeting.open ||
    isAmong(meeting.readers, membership) ||
    (await isShared(meeting, membership));
  return { host, collaborator, reads };
}

function isAmong(given: readonly Given[], membership: Membership): boolean {
  return given.some(({ person, since }) => person === membership.person && countsStill(membership, since));
}

/** Whether the person reads a channel that the meeting is shared to. */
async function isShared({ channels: ids }: Meeting, membership: Membership): Promise<boolean> {
  const channels = await channelsByIds(membership, ids);
  if (channels.some(({ kind }) => kind === 'public')) return true;
  if (channels.length === 0) return false;
  const inside = await channelsOf(membership);
  return channels.some(({ id }) => inside.includes(id));
}
