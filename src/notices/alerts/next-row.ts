import { strict as assert } from 'node:assert';
import type { AlertRow, Reaction, Snooze } from './alert-model.js';
import type { Step } from './decide.js';
import { better } from './levels.js';
import type { Look } from './look.js';
import { escalationAfter, isOver, nextLook } from './timing.js';

/** What somebody did about an alert. */
export type Deed = { snooze: Snooze } | { wake: true; by: string } | { reaction: Reaction };

/** The row without what has ended by then, and with what somebody did. */
export function withDeed(row: AlertRow, deed: Deed | undefined, at: Date): AlertRow {
  const { snooze, reaction, stale: _shownNow, ...rest } = row;
  const escalateAt = (from: Date) => {
    const after = escalationAfter(row.level, from);
    return after && { escalateAt: after };
  };
  const kept: AlertRow = {
    ...rest,
    ...(snooze && snooze.until > at && { snooze }),
    ...(reaction && !isOver(reaction, at) && { reaction }),
  };
  if (!deed) return kept;
  if ('snooze' in deed) return { ...kept, snooze: deed.snooze, ...escalateAt(deed.snooze.until) };
  if ('reaction' in deed) return { ...kept, reaction: deed.reaction, ...escalateAt(deed.reaction.at) };
  const { snooze: _ended, ...awake } = kept;
  return { ...awake, ...escalateAt(at) };
}

/** The row after a step. */
export function nextRow(row: AlertRow, step: Step, look: Look): AlertRow {
  const { byDays: _before, ...stepped } = steppedRow(row, step, look);
  const next = { ...stepped, ...(look.byDays !== 'ok' && { byDays: look.byDays }), revision: row.revision + 1 };
  return { ...next, lookAt: nextLook(next, look) };
}

function steppedRow(row: AlertRow, step: Step, { at, seen }: Look): AlertRow {
  const { level, balanceMinor, daysLeft } = seen;
  const { daysLeft: _before, ...rest } = row;
  const shown = { ...rest, level, ...(daysLeft !== undefined && { daysLeft }) };
  switch (step) {
    case 'none':
    case 'wait':
      return row;
    case 'edit':
      // After it was better, a level that is as bad as before is worse again.
      return { ...shown, posted: better(row.posted, level) };
    case 'post': {
      const escalateAt = escalationAfter(level, at);
      assert(escalateAt, 'an alert is posted of a level that is not ok');
      const opens = row.level === 'ok';
      const { snooze: _over, ...awake } = shown;
      return {
        ...awake,
        ...(opens && { episode: row.episode + 1, since: at, groups: [] }),
        posted: level,
        postedMinor: balanceMinor,
        escalateAt,
      };
    }
    case 'clear': {
      const { _id, account, revision, episode, unusualOn, lookAt } = row;
      const unusual = unusualOn !== undefined && { unusualOn };
      return { _id, account, revision, episode, level: 'ok', posted: 'ok', groups: [], lookAt, ...unusual };
    }
  }
}
