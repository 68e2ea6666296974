import { refuse } from '../refusal.js';
import type { Account, AccountId, PersonId, WorkspaceId } from './entities.js';
import { parseIdentityKey, type TenantKey, tenantKey } from './identity.js';
import { holdersOf } from './memberships.js';
import { type IdentityDoc, IdentityModel } from './person-model.js';
import { nameOf, workspaceName } from './rank.js';

/** Whether the person has an identity in one of these tenants that still works. */
export async function comesFrom(account: AccountId, person: PersonId, allowed: readonly TenantKey[]): Promise<boolean> {
  const identities = await IdentityModel.find({ account, person }).lean<IdentityDoc[]>();
  return identities.some(({ key, standing }) => {
    const identity = parseIdentityKey(key);
    return identity && standing !== 'deactivated' && allowed.includes(tenantKey(identity));
  });
}

/**
 * Whoever sets it, and the primary owner, must not be locked out by it.
 * @throws Refusal wouldLockOut
 */
export async function assertTenantsKeepable(
  setting: { account: Account; workspace: WorkspaceId; by: PersonId },
  allowed: readonly TenantKey[],
): Promise<void> {
  const { account, workspace, by } = setting;
  const [primaryOwner] = await holdersOf(account.id, workspace, ['primaryOwner']);
  for (const person of new Set([by, ...(primaryOwner ? [primaryOwner.id] : [])])) {
    if (await comesFrom(account.id, person, allowed)) continue;
    refuse({
      kind: 'wouldLockOut',
      name: await nameOf(account.id, person),
      workspaceName: await workspaceName({ account: account.id, workspace }),
    });
  }
}
