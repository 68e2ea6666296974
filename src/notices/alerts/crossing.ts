import type { Entry } from '../../ledger/entry.js';
import { recordEvent } from '../../webhooks/events.js';
import type { Workspace } from '../../workspace/entities.js';

/** A line that crossed a threshold. */
export type Crossing = Entry & { alert: NonNullable<Entry['alert']> };

export function isCrossing(entry: Entry): entry is Crossing {
  return entry.alert !== undefined;
}

/** Each change of level, also for the better: a receiver that knows the last one knows how things stand. */
export function recordCrossing({ account, id, currency }: Workspace, entry: Crossing): Promise<void> {
  const { from, to } = entry.alert;
  const type = to === 'ok' ? 'balance.recovered' : to === 'empty' ? 'balance.empty' : 'balance.low';
  const data = { balanceMinor: entry.balanceMinor, currency, level: to, before: from };
  return recordEvent({ account, workspace: id, type, id: `${id}:${entry.sequence}`, data, at: entry.at });
}
