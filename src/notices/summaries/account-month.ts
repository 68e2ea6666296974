import mongoose from 'mongoose';
import { forecastsOf } from '../../forecast/forecast-of.js';
import type { SpendReading } from '../../forecast/spend-history.js';
import type { AccountSummaryFacts, WorkspaceMonth } from '../../cards/summaries/account-summary-card.js';
import type { Ledger } from '../../ledger/entry.js';
import { headcountsAmong } from '../../workspace/among.js';
import type { Account, Workspace } from '../../workspace/entities.js';
import { workspacesOfAccount } from '../../workspace/workspaces.js';
import { spentOf } from './month.js';
import { beginningOf, endOf, monthName, type Period, previousPeriod } from './periods.js';
import { summaryId, SummaryModel, type SummaryRow } from './summary-model.js';

type Reading = Pick<Ledger, 'heads' | 'totals'> & SpendReading;

/** So many of the dearest are told how long they last. */
const MOST_FORECASTS = 12;

/** A month of all workspaces of an account: of those that closed it as they closed it, so far where it runs. */
export async function accountMonth(
  ledger: Reading,
  account: Account,
  period: Period,
  at: Date,
): Promise<AccountSummaryFacts> {
  const workspaces = await workspacesOfAccount(account.id);
  const ids = workspaces.map(({ id }) => id);
  const running = at < endOf(period, account.timeZone);
  const [closed, before, heads, licences] = await Promise.all([
    summariesOf(account, workspaces, period),
    summariesOf(account, workspaces, previousPeriod(period)),
    ledger.heads(ids),
    headcountsAmong({ accounts: [account.id], workspaces: ids }),
  ]);
  const months: (WorkspaceMonth & { workspace: Workspace })[] = [];
  const missing: string[] = [];
  for (const workspace of workspaces) {
    const { id, name, currency, createdAt, timeZone: zone } = workspace;
    if (createdAt >= endOf(period, zone)) continue;
    const spentMinor =
      closed.get(id)?.spentMinor ?? (running ? await spentSoFar(ledger, workspace, period, at) : undefined);
    if (spentMinor === undefined) missing.push(name);
    else {
      const earlier = running ? undefined : before.get(id)?.spentMinor;
      const balanceMinor = heads.get(id)?.balanceMinor ?? 0;
      months.push({
        workspace,
        name,
        currency,
        spentMinor,
        balanceMinor,
        ...(earlier !== undefined && { beforeMinor: earlier }),
      });
    }
  }
  months.sort((a, b) => b.spentMinor - a.spentMinor);
  return {
    account: account.name,
    ...{ period, month: monthName(period, at, account.timeZone), running, missing },
    workspaces: await withForecasts(ledger, months, at),
    members: [...licences.values()].reduce((sum, { standard, pro }) => sum + standard + pro, 0),
    earlier: {
      period: previousPeriod(period),
      label: monthName(previousPeriod(period), at, account.timeZone),
    },
  };
}

async function spentSoFar(ledger: Reading, { id, timeZone }: Workspace, period: Period, at: Date): Promise<number> {
  return spentOf(await ledger.totals(id, beginningOf(period, timeZone), at));
}

async function withForecasts(
  ledger: Reading,
  months: readonly (WorkspaceMonth & { workspace: Workspace })[],
  at: Date,
): Promise<WorkspaceMonth[]> {
  const dearest = months.slice(0, MOST_FORECASTS).map(({ workspace, balanceMinor }) => {
    return { wallet: workspace.id, zone: workspace.timeZone, balanceMinor };
  });
  const forecasts = await forecastsOf(ledger, dearest, at);
  return months.map(({ workspace, ...month }) => {
    const lasts = forecasts.get(workspace.id);
    return lasts ? { ...month, lasts } : month;
  });
}

async function summariesOf(
  account: Account,
  workspaces: readonly Workspace[],
  period: Period,
): Promise<Map<string, SummaryRow>> {
  const ids = workspaces.map(({ id }) => summaryId(id, period));
  const rows = await SummaryModel.find({ account: account.id, _id: mongoose.trusted({ $in: ids }) }).lean<
    SummaryRow[]
  >();
  return new Map(rows.map((row) => [row.workspace, row]));
}
