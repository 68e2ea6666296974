import { afterUnknown } from './after-failure.js';
import { onlyEdits } from './deliver.js';
import { expiredRows } from './rows.js';
import { type Sending, settleRow } from './send-row.js';

const BATCH = 200;

/** Rows whose dispatcher died or froze: an edit can be repeated, a post may or may not have arrived. */
export async function recoverExpired(sending: Sending, at: Date): Promise<void> {
  for (const row of await expiredRows(at, BATCH)) {
    const failure = 'its dispatcher stopped in mid-send';
    const repeat = await onlyEdits(row);
    const next = repeat ? { state: 'pending' as const, dueAt: at, failure } : afterUnknown(row, failure, at);
    await settleRow(sending, row, next, at);
  }
}
