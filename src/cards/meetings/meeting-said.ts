import { listOf } from '../parts.js';

export const WHICH_MEETING = 'Several fit that. Which one?';

export const everybodyIn = (workspaceName: string): string => `everybody in ${workspaceName}`;

export const WHO_READS = 'Only its host and those it is shared with read this meeting';

export const THE_HOST = 'the host';

/** `open`: to the whole workspace; `room`: where that is shared with one of its channels. */
export function writtenDown(workspaceName: string, readers: { open: boolean; room?: string | undefined }): string {
  return `Written down. ${readersWords(workspaceName, readers)}`;
}

function readersWords(workspaceName: string, { open, room }: { open: boolean; room?: string | undefined }): string {
  if (open) return `Everybody in ${workspaceName} can read it.`;
  return room === undefined ? 'You alone can read it, until you share it.' : `Whoever reads ${room} can read it.`;
}

export const MEETING_SAVED = 'Saved.';

/** `posted`: the chat channels that were told; absent where it was shared with the channel before. */
export function sharedWith(room: string, posted: readonly string[] | undefined): string {
  if (!posted) return `It is shared with ${room} already.`;
  if (posted.length === 0) return `${room} can read it now. No chat channel gets its meetings, so nobody was told.`;
  return `${room} can read it now, and I told ${listOf(posted)}.`;
}

export const HOST_ALREADY = 'You are its host already.';

/** `fresh`: they could not before. */
export function accessGiven(names: readonly string[], { writes, fresh }: { writes: boolean; fresh: boolean }): string {
  const now = fresh ? 'now, and I told them' : 'already';
  return `${listOf(names)} can ${writes ? 'read and write' : 'read'} it ${now}.`;
}

export const accessTaken = (name: string): string => `${name} no longer reads it because you shared it.`;

export const sharedNoLonger = (room: string): string => `It is no longer shared with ${room}.`;

export const MEETING_CLOSED = 'Only those you share it with read it now.';
