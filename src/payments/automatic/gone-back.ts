import type { Ledger, Minor } from '../../ledger/entry.js';
import type { WorkspaceId } from '../../workspace/entities.js';

const DAY_MS = 86_400_000;

/**
 * What has gone back to the workspace's payers since then, by refunds and disputes, less what came again. Read where the
 * balance is: what is missing there is here too, at whatever step a process died.
 */
export async function goneBackMinor(
  ledger: Pick<Ledger, 'totals'>,
  { workspace, since, at }: { workspace: WorkspaceId; since: Date; at: Date },
): Promise<Minor> {
  // Another process's clock may be ahead of this one's.
  const { byKind } = await ledger.totals(workspace, since, new Date(at.getTime() + DAY_MS));
  return -(byKind.get('refund') ?? 0) - (byKind.get('dispute') ?? 0);
}
