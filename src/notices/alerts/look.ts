import { strict as assert } from 'node:assert';
import { type Forecast, forecast } from '../../forecast/forecast.js';
import { type RecentSpend, recentSpend } from '../../forecast/forecast-of.js';
import type { Head, Ledger, Level } from '../../ledger/entry.js';
import type { Automatic } from '../../payments/automatic/automatic.js';
import { automaticOf } from '../../payments/automatic/store.js';
import type { Workspace } from '../../workspace/entities.js';
import type { AlertRow } from './alert-model.js';
import type { Seen } from './decide.js';
import { levelByDays, worse } from './levels.js';
import { quietUntil } from './quiet-hours.js';
import { type AlertSettings, alertSettings } from './settings.js';

const DAY_MS = 86_400_000;

/** How a workspace's balance stands at a moment. */
export interface Look {
  at: Date;
  seen: Seen;
  /** What the days left say by themselves. */
  byDays: Level;
  head: Head;
  lasts: Forecast;
  spend: RecentSpend;
  automatic?: Automatic | undefined;
  settings: AlertSettings;
  quietUntil?: Date | undefined;
}

export async function look(ledger: Ledger, workspace: Workspace, row: AlertRow, at: Date): Promise<Look> {
  const { account, id, timeZone: zone } = workspace;
  // Days are summed up to this moment: what was spent at it belongs to them.
  const justAfter = new Date(at.getTime() + 1);
  const [head, spend, settings, automatic] = await Promise.all([
    ledger.head(id),
    recentSpend(ledger, { wallet: id, zone, at: justAfter }),
    alertSettings({ account, workspace: id }),
    automaticOf({ account, workspace: id }),
  ]);
  assert(head, `workspace ${id} has no wallet`);
  const lasts = forecast(head.balanceMinor, spend.history, at);
  const quiet = quietUntil(settings.quiet, zone, at);
  const byDays = warnsByDays(head, lasts, automatic) ? levelByDays(row.byDays ?? 'ok', lasts, settings.days) : 'ok';
  const seen = seenOf({ head, lasts, byDays, quiet, at });
  return { at, seen, byDays, head, lasts, spend, automatic, settings, quietUntil: quiet };
}

type Read = Pick<Look, 'at' | 'head' | 'lasts' | 'byDays'> & { quiet: Date | undefined };

function seenOf({ head, lasts, byDays, quiet, at }: Read): Seen {
  const { balanceMinor } = head;
  const level = worse(head.level, byDays);
  const goneByMorning =
    quiet !== undefined &&
    lasts.kind === 'days' &&
    balanceMinor <= (lasts.perDayMinor * (quiet.getTime() - at.getTime())) / DAY_MS;
  return {
    level,
    balanceMinor,
    ...(lasts.kind === 'days' && { daysLeft: lasts.daysLeft }),
    cannotWait: level === 'empty' || goneByMorning,
  };
}

/** A wallet that never had money does not alert; nor does one, by its days, to which balance is added in time by itself. */
function warnsByDays({ creditedToMinor }: Head, lasts: Forecast, automatic: Automatic | undefined): boolean {
  if (creditedToMinor <= 0 || lasts.kind !== 'days') return false;
  if (!automatic || automatic.paused || automatic.nextTryAt) return true;
  const recharged = automatic.rechargeAt !== undefined && automatic.rechargeAt <= lasts.runsOutOn;
  return !automatic.below && !recharged;
}
