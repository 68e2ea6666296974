import { DateTime } from 'luxon';
import { unusualSpendCard } from '../../cards/notices/unusual-spend-card.js';
import type { Card } from '../../cards/card.js';
import { unusualSpend, unusualYesterday } from '../../forecast/unusual-spend.js';
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

/**
 * Today, or yesterday where it became so after the last look or in quiet hours. Undefined where they are as usual, where
 * it was told, and in quiet hours.
 */
export async function unusualDay(
  ledger: Ledger,
  workspace: Workspace,
  row: AlertRow,
  now: Look,
): Promise<UnusualDay | undefined> {
  if (now.quietUntil) return undefined;
  const { history } = now.spend;
  const unusual = [unusualSpend(history), unusualYesterday(history)].find(
    (one) => one && one.day > (row.unusualOn ?? ''),
  );
  if (!unusual) return undefined;
  const { id, timeZone: zone } = workspace;
  const from = DateTime.fromISO(unusual.day, { zone });
  const to = Math.min(from.plus({ days: 1 }).toMillis(), now.at.getTime() + 1);
  const { spendByResource } = await ledger.totals(id, from.toJSDate(), new Date(to));
  const [dearest] = [...spendByResource].toSorted((a, b) => b[1] - a[1]);
  const { day, spentMinor, usualMinor } = unusual;
  const mostly = dearest && { mostly: { resource: dearest[0], minor: dearest[1] } };
  const over = day !== history.today;
  const card = unusualSpendCard({ about: aboutOf(workspace, now.head), over, spentMinor, usualMinor, ...mostly });
  return { day, card, audience: await alertAudience(workspace, 'low') };
}
