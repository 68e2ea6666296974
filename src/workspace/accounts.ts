import type { Account, AccountId, Person, Plan } from './entities.js';
import type { Profile, TenantKey } from './identity.js';

export interface Enabling {
  name: string;
  tenant: TenantKey;
  /** The owner's user id in that tenant. */
  ownerUser: string;
  ownerProfile?: Profile;
  currency: string;
  plan: Plan;
  timeZone: string;
  /** Joins the tenant to this account instead of making a new one. */
  account?: AccountId;
  at: Date;
}

export async function enableAccount(_enabling: Enabling): Promise<{ account: Account; owner: Person; fresh: boolean }> {
  throw new Error('not built yet');
}

export async function disableAccount(_which: { tenant: TenantKey; at: Date }): Promise<Account> {
  throw new Error('not built yet');
}

export async function accountOfTenant(_tenant: TenantKey): Promise<Account | undefined> {
  throw new Error('not built yet');
}

export async function getAccount(_account: AccountId): Promise<Account | undefined> {
  throw new Error('not built yet');
}

export async function listAccounts(): Promise<Account[]> {
  throw new Error('not built yet');
}
