import type { Entry } from '../../ledger/entry.js';
import { recordEvent } from '../../webhooks/events.js';
import type { Workspace } from '../../workspace/entities.js';
import type { Plan } from './plan.js';

/** A line that crossed a threshold. */
export type Crossing = Entry & { alert: NonNullable<Entry['alert']> };

export function isCrossing(entry: Entry): entry is Crossing {
  return entry.alert !== undefined;
}

/** Each change of level, also for the better: a receiver that knows the last one by the balance, and by days, knows how things stand. */
export function recordCrossing({ account, id, currency }: Workspace, entry: Crossing): Promise<void> {
  const { from, to } = entry.alert;
  const type = to === 'ok' ? 'balance.recovered' : to === 'empty' ? 'balance.empty' : 'balance.low';
  const data = { balanceMinor: entry.balanceMinor, currency, by: 'balance', level: to, before: from };
  return recordEvent({ account, workspace: id, type, id: `${id}:${entry.sequence}`, data, at: entry.at });
}

/** The same of the level that the days left say, in the surrounding transaction. */
export async function recordDaysLevel({ about, at, before, next, workspace, daysLeft }: Plan): Promise<void> {
  const { byDays: level = 'ok', revision } = next;
  const { byDays: from = 'ok' } = before;
  if (level === from || workspace.status !== 'active') return;
  const { account, id, currency } = workspace;
  const type = level === 'ok' ? 'balance.recovered' : 'balance.low';
  const days = daysLeft === undefined ? {} : { daysLeft };
  const data = { balanceMinor: about.balanceMinor, currency, by: 'days', level, before: from, ...days };
  await recordEvent({ account, workspace: id, type, id: `${id}:days:${revision}`, data, at });
}
