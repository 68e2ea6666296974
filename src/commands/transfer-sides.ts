import type { TransferSide } from '../cards/balance/transfer-cards.js';
import { forecast } from '../forecast/forecast.js';
import { spendHistory } from '../forecast/spend-history.js';
import type { Ledger, Minor } from '../ledger/entry.js';
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
  const history = await spendHistory(ledger, { wallet: workspace.id, zone: workspace.timeZone, at });
  const afterMinor = about.balanceMinor + changeMinor;
  const now = forecast(about.balanceMinor, history, at);
  const after = forecast(afterMinor, history, at);
  const known = now.kind === 'days' && after.kind === 'days';
  return { about, afterMinor, ...(known && { daysLeft: { now: now.daysLeft, after: after.daysLeft } }) };
}
