import { DateTime } from 'luxon';
import { forecastOf } from '../../forecast/forecast-of.js';
import type { SpendReading } from '../../forecast/spend-history.js';
import type { Ledger } from '../../ledger/entry.js';
import type { Workspace } from '../../workspace/entities.js';
import { headcount } from '../../workspace/headcount.js';
import { type Month, spentOf } from './month.js';
import { beginningOf, comparedMonth, endOf, type Period, previousPeriod } from './periods.js';

/** A month of one workspace for somebody who asks: as it was, or so far. It costs days, not entries. */
export async function readMonth(
  ledger: Pick<Ledger, 'totals' | 'dailySpend' | 'head'> & SpendReading,
  workspace: Workspace,
  period: Period,
  at: Date,
): Promise<Month> {
  const { account, id: wallet, timeZone: zone } = workspace;
  const end = endOf(period, zone);
  const running = at < end;
  const to = running ? justAfter(at) : end;
  const beginning = beginningOf(period, zone);
  const from = workspace.createdAt < to ? later(beginning, workspace.createdAt) : beginning;
  const [totals, dailySpend, head, licences, before] = await Promise.all([
    ledger.totals(wallet, from, to),
    ledger.dailySpend(wallet, { from, to, zone }),
    ledger.head(wallet),
    headcount(account, wallet),
    monthBefore(ledger, workspace, period, at),
  ]);
  const balanceMinor = head?.balanceMinor ?? 0;
  const lasts = await forecastOf(ledger, { wallet, balanceMinor, zone, at });
  return { workspace, period, from, to, running, at, totals, balanceMinor, dailySpend, lasts, licences, ...before };
}

/** A running month is compared with as many days of the one before, with all of it where it had fewer. */
async function monthBefore(
  ledger: Pick<Ledger, 'totals'>,
  { id: wallet, timeZone: zone, createdAt }: Workspace,
  period: Period,
  at: Date,
): Promise<Pick<Month, 'before'>> {
  const earlier = previousPeriod(period);
  const end = endOf(earlier, zone);
  if (createdAt >= end) return {};
  const running = at < endOf(period, zone);
  const now = DateTime.fromJSDate(at, { zone });
  const then = now.minus({ months: 1 });
  const to = running && then.day === now.day ? justAfter(then.toJSDate()) : end;
  const totals = await ledger.totals(wallet, later(beginningOf(earlier, zone), createdAt), to);
  const name = comparedMonth(earlier, createdAt, at, zone);
  const than = running ? `the same days of ${name}` : name;
  return { before: { than, spentMinor: spentOf(totals), byResource: totals.spendByResource } };
}

/** What is of this very moment is in it. */
function justAfter(at: Date): Date {
  return new Date(at.getTime() + 1);
}

function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}
