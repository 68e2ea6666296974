import { type Access, accessTo } from '../meetings/access.js';
import type { Meeting } from '../meetings/meeting.js';
import { getMeeting, readableMeetings, readableNamed } from '../meetings/meetings.js';
import { refuse } from '../refusal.js';
import type { Membership, PersonId } from '../workspace/entities.js';

const MOST_MEANT = 10;

/** Somebody who names a meeting in a workspace. */
interface Reader {
  account: { id: string };
  workspace: { id: string };
  /** Without one they name it by its id alone. */
  membership: Membership | undefined;
}

/**
 * The meetings that an id or a title may mean: by its id any of the workspace, by its title only such as the person
 * reads, the latest first. More than one where the title does not tell.
 * @throws Refusal unknownMeeting
 */
export async function meetingsMeant(reader: Reader, typed: string): Promise<readonly [Meeting, ...Meeting[]]> {
  if (/^mt_[0-9a-z]+$/.test(typed)) return [await meetingById(reader, typed)];
  const { membership } = reader;
  if (!membership) return refuse({ kind: 'unknownMeeting', typed });
  const named = await readableNamed(membership, typed, MOST_MEANT);
  const found =
    named.length > 0
      ? named
      : (await readableMeetings({ membership, search: typed, offset: 0, limit: MOST_MEANT })).meetings;
  const [first, ...others] = found;
  return first ? [first, ...others] : refuse({ kind: 'unknownMeeting', typed });
}

async function meetingById({ account, workspace }: Reader, id: string): Promise<Meeting> {
  const meeting = await getMeeting({ account: account.id, workspace: workspace.id, meeting: id });
  return meeting ?? refuse({ kind: 'unknownMeeting', typed: '' });
}

/** What the person is to the one meeting that is meant; undefined where several may be, and nothing is done to any. */
export async function accessMeant(
  reader: Reader,
  person: PersonId,
  typed: string,
): Promise<(Access & { hostedBy: PersonId }) | undefined> {
  const [meeting, ...others] = await meetingsMeant(reader, typed);
  if (others.length > 0) return undefined;
  return { ...(await accessTo(meeting, person, reader.membership)), hostedBy: meeting.host };
}
