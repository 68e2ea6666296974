import type { Level } from '../../ledger/entry.js';
import type { AlertRow, Reaction } from './alert-model.js';
import type { Look } from './look.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Where the days left cannot be guessed they are not soon few. */
const LOOK_SELDOM_MS = 12 * HOUR_MS;
const LOOK_OFTEN_MS = HOUR_MS;
/** What is unusual is told on the same day. */
const LOOK_USUALLY_MS = 4 * HOUR_MS;

/** How long the channel has to do something before the owners are told directly. */
const PATIENCE_MS: Readonly<Record<Exclude<Level, 'ok'>, number>> = {
  low: DAY_MS,
  critical: 4 * HOUR_MS,
  empty: HOUR_MS,
};

/** After so long most who are on the payment page have paid: whether the money is on its way shows then. */
const UNTIL_PAID_MS = HOUR_MS / 12;

/** How long it may take until what somebody does shows in the balance. */
const REACTION_MS: Readonly<Record<Reaction['kind'], number>> = {
  paying: HOUR_MS,
  asked: DAY_MS,
  onItsWay: 5 * DAY_MS,
};

/** When the owners are told directly of an alert of that level, if nobody does anything from then on. */
export function escalationAfter(level: Level, from: Date): Date | undefined {
  return level === 'ok' ? undefined : new Date(from.getTime() + PATIENCE_MS[level]);
}

export function isOver({ kind, at: since }: Reaction, at: Date): boolean {
  return at.getTime() >= since.getTime() + REACTION_MS[kind];
}

/** When to look next: the sooner the fewer the days above those that are alerted, and whenever something ends. */
export function nextLook(row: AlertRow, { at, lasts, settings, quietUntil }: Look): Date {
  const paid = row.reaction?.kind === 'paying' ? new Date(row.reaction.at.getTime() + UNTIL_PAID_MS) : undefined;
  const ends = [
    paid,
    row.snooze?.until,
    row.escalateAt,
    quietUntil,
    row.reaction && new Date(row.reaction.at.getTime() + REACTION_MS[row.reaction.kind]),
  ];
  const usual = new Date(at.getTime() + pauseMs());
  const sooner = ends.filter((end): end is Date => end !== undefined && end > at && end < usual);
  return sooner.length > 0 ? new Date(Math.min(...sooner.map((end) => end.getTime()))) : usual;

  function pauseMs(): number {
    if (lasts.kind !== 'days') return row.level === 'ok' ? LOOK_SELDOM_MS : LOOK_OFTEN_MS;
    const daysAbove = lasts.daysLeft - (settings.days.low ?? settings.days.critical ?? 0);
    return Math.min(Math.max((daysAbove / 2) * DAY_MS, LOOK_OFTEN_MS), LOOK_USUALLY_MS);
  }
}
