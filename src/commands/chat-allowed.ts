import { refuse } from '../refusal.js';
import { platformsOf } from '../workspace/admission.js';
import type { Account, Workspace } from '../workspace/entities.js';
import { type Identity, tenantKey } from '../workspace/identity.js';
import { policiesInForce } from '../workspace/policies.js';

/**
 * Whether the workspace's policy lets anything be done there from the chat that the identity is of. A company with one
 * chat has nothing to look up: its policy can only name that one.
 * @throws Refusal policyForbids
 */
export async function assertChatAllowed(
  account: Account,
  { id, name }: Pick<Workspace, 'id' | 'name'>,
  identity: Identity,
): Promise<void> {
  if (account.tenants.length < 2) return;
  const { allowedTenants } = await policiesInForce(account, id);
  if (!allowedTenants || allowedTenants.includes(tenantKey(identity))) return;
  const allowed = platformsOf(allowedTenants);
  refuse({ kind: 'policyForbids', policy: 'allowedTenants', workspaceName: name, allowed });
}
