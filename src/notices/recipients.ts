import type { AccountId } from '../workspace/entities.js';
import { OutboxModel, type OutboxRow } from './models.js';
import type { Recipient } from './notice.js';

/** Everybody who was ever sent this subject, each once: those whose message an edit of it concerns. */
export async function recipientsOf(account: AccountId, subject: string): Promise<Recipient[]> {
  const rows = await OutboxModel.find({ account, subject }, { to: 1, lane: 1 }).lean<
    Pick<OutboxRow, 'to' | 'lane'>[]
  >();
  return [...new Map(rows.map((row) => [row.lane, row.to])).values()];
}
