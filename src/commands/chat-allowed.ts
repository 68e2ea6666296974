import { refuse } from '../refusal.js';
import { platformsOf } from '../workspace/admission.js';
import type { Account, Workspace, WorkspaceId } from '../workspace/entities.js';
import { type Identity, type TenantKey, tenantKey } from '../workspace/identity.js';
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
  const others = await othersThanAllowed(account, id, identity);
  if (!others) return;
  refuse({ kind: 'policyForbids', policy: 'allowedTenants', workspaceName: name, allowed: platformsOf(others) });
}

/** The same as an answer, for lists that leave out what may not be shown. */
export async function chatAllows(account: Account, id: WorkspaceId, identity: Identity): Promise<boolean> {
  return !(await othersThanAllowed(account, id, identity));
}

/** The tenants that the policy names, where the identity's is none of them. */
async function othersThanAllowed(
  account: Account,
  id: WorkspaceId,
  identity: Identity,
): Promise<readonly TenantKey[] | undefined> {
  if (account.tenants.length < 2) return undefined;
  const { allowedTenants } = await policiesInForce(account, id);
  return allowedTenants?.includes(tenantKey(identity)) ? undefined : allowedTenants;
}
