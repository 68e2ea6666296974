import { inTransaction } from '../mongo.js';
import { writeAudit } from '../workspace/audit.js';
import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';
import type { Meeting } from './meeting.js';
import { getMeeting, insertMeeting, type NewMeeting } from './meetings.js';
import { type RecordedDoc, RecordedModel } from './meeting-model.js';

/** What a recorder sends, under an id of its own. */
export interface Recording extends NewMeeting {
  recorderId: string;
  /** Of all that was sent: the same id with another hash is a conflict. */
  hash: string;
  /** Who made the key that it came by. */
  by: PersonId;
  /** The key's name. */
  key: string;
}

export type Recorded =
  | { outcome: 'recorded'; meeting: Meeting }
  /** Kept before, under the same id. */
  | { outcome: 'duplicate'; meeting: Meeting }
  /** The id was used for another meeting. */
  | { outcome: 'conflict'; first: Date }
  /** The id's meeting was deleted. */
  | { outcome: 'deleted'; first: Date };

/**
 * Keeps what a recorder sent: each id once, for ever. `tell` runs in the same transaction, perhaps more than once, for a
 * meeting that is new.
 */
export function recordMeeting(recording: Recording, tell: (meeting: Meeting) => Promise<void>): Promise<Recorded> {
  const { recorderId, hash, by, key, ...wanted } = recording;
  const { account, workspace, at } = wanted;
  return inTransaction(async () => {
    const earlier = await earlierRecording({ account, workspace, recorderId, hash });
    if (earlier) return earlier;
    const meeting = await insertMeeting(wanted);
    const _id = `${workspace}:${recorderId}`;
    const row = { recorderId, meeting: meeting.id, hash, at };
    await RecordedModel.updateOne({ _id, account, workspace }, { $setOnInsert: row }, { upsert: true });
    await writeAudit({ account, workspace, by, action: 'meeting.recorded', detail: { meeting: meeting.id, key }, at });
    await tell(meeting);
    return { outcome: 'recorded', meeting };
  });
}

/** What became of an id that was used before; undefined where it never was. */
export async function earlierRecording(of: {
  account: AccountId;
  workspace: WorkspaceId;
  recorderId: string;
  hash: string;
}): Promise<Exclude<Recorded, { outcome: 'recorded' }> | undefined> {
  const known = await recordedAs(of);
  if (!known) return undefined;
  if (known.hash !== of.hash) return { outcome: 'conflict', first: known.at };
  const meeting = await getMeeting(known);
  return meeting ? { outcome: 'duplicate', meeting } : { outcome: 'deleted', first: known.at };
}

/** The recorder's meeting as it is now; undefined where it never was, or is deleted. */
export async function recordedMeeting(of: {
  account: AccountId;
  workspace: WorkspaceId;
  recorderId: string;
}): Promise<Meeting | undefined> {
  const known = await recordedAs(of);
  return known && getMeeting(known);
}

async function recordedAs(of: {
  account: AccountId;
  workspace: WorkspaceId;
  recorderId: string;
}): Promise<RecordedDoc | undefined> {
  const { account, workspace, recorderId } = of;
  return (await RecordedModel.findOne({ account, workspace, recorderId }).lean<RecordedDoc>()) ?? undefined;
}
