import { writeAudit } from '../workspace/audit.js';
import type { PersonId, Workspace } from '../workspace/entities.js';
import { pauseForHandover } from './automatic/settings.js';
import { releaseCustomer } from './former-cards.js';

/**
 * What pays for a workspace, when its primary ownership moves; in that transaction. The former one's cards pay for nothing
 * from then on, and automatic payments wait for the new one. A charge that was under way ends as it ends.
 */
export async function handOverBilling(change: { workspace: Workspace; to: PersonId; at: Date }): Promise<void> {
  const { workspace, to, at } = change;
  const of = { account: workspace.account, workspace: workspace.id };
  if (await releaseCustomer(of)) await writeAudit({ ...of, by: 'system', action: 'billing.cardsReleased', at });
  await pauseForHandover({ workspace, by: to, at });
}
