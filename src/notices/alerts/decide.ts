import type { Level, Minor } from '../../ledger/entry.js';
import type { AlertRow } from './alert-model.js';
import { isWorse } from './levels.js';

/** What is to be told of now. */
export interface Seen {
  level: Level;
  balanceMinor: Minor;
  daysLeft?: number;
  /** It may not last until the quiet hours end, or is gone already. */
  cannotWait: boolean;
}

/** post: a message of its own, those before it edited. edit: those that are there. wait: nothing before the quiet hours end. */
export type Step = 'none' | 'post' | 'edit' | 'clear' | 'wait';

/**
 * What becomes of an alert as it is now seen. A message of its own only where it is worse than the last one told; in
 * quiet hours and while it is snoozed that is left to the end of them, but for an empty balance.
 */
export function decide(row: AlertRow, seen: Seen, now: { at: Date; quietUntil?: Date | undefined }): Step {
  const { level } = seen;
  if (level === 'ok') return row.level === 'ok' ? 'none' : 'clear';
  const quiet = now.quietUntil !== undefined && !seen.cannotWait;
  const snoozed = row.snooze !== undefined && row.snooze.until > now.at && level !== 'empty';
  if (row.level === 'ok') return quiet ? 'wait' : 'post';
  if (isWorse(level, row.posted) && !quiet && !snoozed) return 'post';
  return level !== row.level || seen.daysLeft !== row.daysLeft ? 'edit' : 'none';
}
