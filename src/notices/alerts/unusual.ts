import { DateTime } from 'luxon';
import { unusualSpendCard } from '../../cards/notices/unusual-spend-card.js';
import type { Card } from '../../cards/card.js';
import { unusualSpend } from '../../forecast/unusual-spend.js';
import type { Ledger } from '../../ledger/entry.js';
import type { Workspace } from '../../workspace/entities.js';
import type { Audience } from '../audience.js';
import { alertAudience } from './alert-audience.js';
import type { AlertRow } from './alert-model.js';
import { aboutOf } from './facts.js';
import type { Look } from './look.js';

/** A day that takes much more than such a day does: told once. */
export interface UnusualDay {
  /** As `2026-11-22`. */
  day: string;
  card: Card;
  audience: Audience;
}

/** Undefined where today is as usual, where it was told, and in quiet hours. */
export async function unusualDay(
  ledger: Ledger,
  workspace: Workspace,
  row: AlertRow,
  now: Look,
): Promise<UnusualDay | undefined> {
  const unusual = now.quietUntil ? undefined : unusualSpend(now.spend.history);
  if (!unusual || unusual.day === row.unusualOn) return undefined;
  const { id, timeZone: zone } = workspace;
  const today = DateTime.fromJSDate(now.at, { zone }).startOf('day').toJSDate();
  const { spendByResource } = await ledger.totals(id, today, new Date(now.at.getTime() + 1));
  const [dearest] = [...spendByResource].toSorted((a, b) => b[1] - a[1]);
  const { day, spentMinor, usualMinor } = unusual;
  const mostly = dearest && { mostly: { resource: dearest[0], minor: dearest[1] } };
  const card = unusualSpendCard({ about: aboutOf(workspace, now.head), spentMinor, usualMinor, ...mostly });
  return { day, card, audience: await alertAudience(workspace, 'low') };
}
