import mongoose from 'mongoose';
import { inTransaction } from '../mongo.js';
import { writeAudit } from '../workspace/audit.js';
import type { AccountId, WorkspaceId } from '../workspace/entities.js';
import type { Meeting } from './meeting.js';
import { type MeetingDoc, MeetingModel, toMeeting } from './meeting-model.js';

interface Older {
  account: AccountId;
  workspace: WorkspaceId;
  /** Meetings that began before it. */
  before: Date;
}

/** How many meetings a retention up to then would delete. */
export function meetingsBefore(older: Older): Promise<number> {
  return MeetingModel.countDocuments(filterOf(older));
}

/**
 * Deletes up to `limit` of them, the oldest first, and answers which; `deleted` runs in the same transaction, perhaps
 * more than once.
 */
export function deleteMeetingsBefore(
  older: Older & { limit: number; at: Date; deleted: (meetings: readonly Meeting[]) => Promise<void> },
): Promise<number> {
  const { account, workspace, limit, at, deleted } = older;
  return inTransaction(async () => {
    const docs = await MeetingModel.find(filterOf(older))
      .sort({ startsAt: 1, _id: 1 })
      .limit(limit)
      .lean<MeetingDoc[]>();
    if (docs.length === 0) return 0;
    const ids = docs.map(({ _id }) => _id);
    await MeetingModel.deleteMany({ account, workspace, _id: mongoose.trusted({ $in: ids }) });
    const detail = { count: docs.length };
    await writeAudit({ account, workspace, by: 'system', action: 'meeting.expired', detail, at });
    await deleted(docs.map(toMeeting));
    return docs.length;
  });
}

function filterOf({ account, workspace, before }: Older) {
  return { account, workspace, startsAt: mongoose.trusted({ $lt: before }) };
}
