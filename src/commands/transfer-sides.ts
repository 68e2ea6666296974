import type { TransferSide } from '../cards/balance/transfer-cards.js';
import type { Ledger, Minor } from '../ledger/entry.js';
import { forecast, recentSpend } from '../notices/forecast.js';
import type { Workspace } from '../workspace/entities.js';
import { aboutWorkspace } from './context.js';

/** One side of a transfer as it is and as it would be, at the pace of the last days. */
export async function sideOf(
  ledger: Ledger,
  workspace: Workspace,
  changeMinor: Minor,
  at: Date,
): Promise<TransferSide> {
  const about = await aboutWorkspace(ledger, workspace);
  const { dailySpendMinor } = await recentSpend(ledger, workspace.id, workspace.timeZone, at);
  const afterMinor = about.balanceMinor + changeMinor;
  const now = forecast(about.balanceMinor, dailySpendMinor, at);
  const after = forecast(afterMinor, dailySpendMinor, at);
  const known = now.kind === 'days' && after.kind === 'days';
  return { about, afterMinor, ...(known && { daysLeft: { now: now.daysLeft, after: after.daysLeft } }) };
}
