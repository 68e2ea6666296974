import { accountOfTenant } from '../workspace/accounts.js';
import type { Account, AccountId } from '../workspace/entities.js';
import type { TenantKey } from '../workspace/identity.js';

/** How long a company that was just disabled may still be answered. */
const FRESH_MS = 5_000;

export type FindAccount = (tenant: TenantKey, at: Date) => Promise<Account | undefined>;

/**
 * Looks a tenant's account up, at most once in a while: only enabled ones are remembered, so enabling works at once. One
 * that was changed here is forgotten, so that the next who asks finds it changed.
 */
export function createAccountCache(): { findAccount: FindAccount; forgetAccount(account: AccountId): void } {
  const known = new Map<TenantKey, { account: Account; until: number }>();
  return {
    async findAccount(tenant, at) {
      const remembered = known.get(tenant);
      if (remembered && at.getTime() < remembered.until) return remembered.account;
      const account = await accountOfTenant(tenant);
      if (account?.status === 'enabled') known.set(tenant, { account, until: at.getTime() + FRESH_MS });
      else known.delete(tenant);
      return account;
    },
    forgetAccount(id) {
      for (const [tenant, { account }] of known) if (account.id === id) known.delete(tenant);
    },
  };
}
