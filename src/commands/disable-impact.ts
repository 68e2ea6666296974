import { shortRules } from '../cards/payments/automatic-words.js';
import type { DisableImpact } from '../cards/workspaces/disable-cards.js';
import type { Ledger } from '../ledger/entry.js';
import { automaticOf } from '../payments/automatic/store.js';
import { findCampaigns } from '../resources/campaigns.js';
import { keysOf } from '../usage/keys.js';
import type { Workspace } from '../workspace/entities.js';
import { headcount } from '../workspace/headcount.js';
import { pendingRequests } from '../workspace/requests.js';

/** Campaigns are named one by one only so far. */
const MOST_NAMED = 20;

/** What disabling the workspace would touch, as things are now. */
export async function disableImpact(ledger: Ledger, workspace: Workspace, at: Date): Promise<DisableImpact> {
  const { account, id, currency } = workspace;
  const [keys, running, automatic, requests, members, head] = await Promise.all([
    keysOf(account, id),
    findCampaigns({ account, workspace: id, filter: 'running', limit: MOST_NAMED }),
    automaticOf({ account, workspace: id }),
    pendingRequests(account, [id], at),
    membersIn(workspace),
    ledger.head(id),
  ]);
  const inForce = keys.filter(({ revokedAt, expiresAt }) => !revokedAt && !(expiresAt && expiresAt <= at));
  const rules = automatic && !automatic.paused && (automatic.below || automatic.monthly) ? automatic : undefined;
  return {
    keys: inForce.map(({ name }) => name),
    campaigns: running.found.map(({ name }) => name),
    requests: requests.length,
    members,
    balanceMinor: head?.balanceMinor ?? 0,
    heldMinor: head?.heldMinor ?? 0,
    ...(rules && { automatic: shortRules(rules, currency) }),
  };
}

export async function membersIn({ account, id }: Workspace): Promise<number> {
  return Object.values(await headcount(account, id)).reduce((sum, number) => sum + number, 0);
}
