import mongoose from 'mongoose';
import { plainText } from '../../cards/plain-text.js';
import { inTransaction } from '../../mongo.js';
import { writeAudit } from '../../workspace/audit.js';
import type { AccountId, PersonId, WorkspaceId } from '../../workspace/entities.js';
import { OutboxModel, type OutboxRow, type OutboxState } from './outbox-model.js';
import type { Recipient } from './notice.js';
import { keptUntil } from './rows.js';

/** A workspace's notice that was given up, or of which nobody knows whether it arrived. */
export interface NotArrived {
  id: string;
  to: Recipient;
  state: 'dead' | 'unknown';
  /** What went wrong, as after-failure.ts has it. */
  failure: string;
  since: Date;
  /** Its first line; what went to one person alone is not for others to read. */
  says?: string;
}

const NOT_ARRIVED: { $in: OutboxState[] } = mongoose.trusted({ $in: ['dead', 'unknown'] });
/** Older ones are no news to anybody. */
const KEEP_ASKING_MS = 30 * 86_400_000;

interface Of {
  account: AccountId;
  workspace: WorkspaceId;
}

interface Change extends Of {
  by: PersonId;
  at: Date;
}

/** A page of what did not arrive in the last 30 days, the newest first, and how many there are in all. */
export async function notArrived(
  query: Of & { at: Date; offset: number; limit: number },
): Promise<{ notices: NotArrived[]; total: number }> {
  const { offset, limit } = query;
  const among = unsettled(query);
  const [rows, total] = await Promise.all([
    OutboxModel.find(among).sort({ endedAt: -1, _id: 1 }).skip(offset).limit(limit).lean<OutboxRow[]>(),
    OutboxModel.countDocuments(among),
  ]);
  return { notices: rows.map(toNotArrived), total };
}

/** Sends one of them again, with all its tries. False: somebody was faster, or the workspace has no such notice. */
export function sendNoticeAgain(change: Change & { id: string }): Promise<boolean> {
  return settle(change, 'notice.sentAgain', (at) => ({
    $set: { state: 'pending', dueAt: at, tries: 0, doubtful: false },
    $unset: { endedAt: '', failingSince: '' },
  }));
}

/** Somebody has looked: it arrived. False as of `sendNoticeAgain`. */
export function noticeArrived(change: Change & { id: string }): Promise<boolean> {
  return settle(change, 'notice.settled', (at) => ({
    $set: { state: 'sent', endedAt: at, expiresAt: keptUntil(at), failure: 'somebody says it arrived' },
  }));
}

/** Sends all that were given up again; those of unknown fate wait for somebody who looks. Resolves with how many. */
export function sendAllNoticesAgain(change: Change): Promise<number> {
  const { account, workspace, by, at } = change;
  return inTransaction(async () => {
    const { modifiedCount } = await OutboxModel.updateMany(
      { ...unsettled(change), state: 'dead' },
      { $set: { state: 'pending', dueAt: at, tries: 0, doubtful: false }, $unset: { endedAt: '', failingSince: '' } },
    );
    if (modifiedCount === 0) return 0;
    await writeAudit({ account, workspace, by, action: 'notice.sentAgain', detail: { notices: modifiedCount }, at });
    return modifiedCount;
  });
}

function settle(
  { account, workspace, id, by, at }: Change & { id: string },
  action: 'notice.sentAgain' | 'notice.settled',
  change: (at: Date) => mongoose.UpdateQuery<OutboxRow>,
): Promise<boolean> {
  return inTransaction(async () => {
    const row = await OutboxModel.findOneAndUpdate(
      { _id: id, account, workspace, state: NOT_ARRIVED },
      change(at),
    ).lean<OutboxRow>();
    if (!row) return false;
    await writeAudit({ account, workspace, by, action, detail: { to: row.lane }, at });
    return true;
  });
}

function unsettled({ account, workspace, at }: Of & { at: Date }) {
  return {
    account,
    workspace,
    state: NOT_ARRIVED,
    endedAt: mongoose.trusted({ $gte: new Date(at.getTime() - KEEP_ASKING_MS) }),
  };
}

function toNotArrived({ _id: id, to, state, failure = '', endedAt, queuedAt, card }: OutboxRow): NotArrived {
  return {
    id,
    to,
    state: state === 'unknown' ? 'unknown' : 'dead',
    failure,
    since: endedAt ?? queuedAt,
    ...('channel' in to && { says: plainText(card).split('\n')[0] ?? card.name }),
  };
}
