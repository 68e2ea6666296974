import { refuse } from '../refusal.js';
import type { Account, AccountId, Licence, PersonId, WorkspaceId } from './entities.js';
import { foldAddress } from './fold.js';
import { type Platform, parseTenantKey, type TenantKey } from './identity.js';
import { type IdentityDoc, IdentityModel } from './person-model.js';
import { policiesInForce } from './policies.js';
import { UNSET } from './policy-rows.js';
import { comesFrom } from './policy-tenants.js';
import { nameOf, workspaceName } from './rank.js';

interface Coming {
  account: Account;
  workspace: WorkspaceId;
  who: { person: PersonId } | { email: string };
  /** The address of a mailed invitation, which whoever came by its link or code has shown to be theirs. */
  provenEmail?: string;
}

/**
 * Whether the workspace's policies let somebody in: looked at when they are invited, and again when they join.
 * An address counts where a platform vouches for it, or where they came by what was mailed to it.
 * @throws Refusal policyForbids
 */
export async function assertAdmitted(coming: Coming): Promise<void> {
  const { account, workspace, who } = coming;
  const { emailDomains, allowedTenants } = await policiesInForce(account, workspace);
  if (!emailDomains && !allowedTenants) return;
  const place = { account: account.id, workspace };
  const name = 'person' in who ? await nameOf(account.id, who.person) : who.email;
  if (emailDomains && !(await addressesOf(account.id, coming)).some((address) => isAt(address, emailDomains))) {
    const policy = 'emailDomains' as const;
    refuse({ kind: 'policyForbids', policy, workspaceName: await workspaceName(place), name, allowed: emailDomains });
  }
  if (allowedTenants && 'person' in who && !(await comesFrom(account.id, who.person, allowedTenants))) {
    const allowed = platformsOf(allowedTenants);
    const policy = 'allowedTenants' as const;
    refuse({ kind: 'policyForbids', policy, workspaceName: await workspaceName(place), name, allowed });
  }
}

/** What an invitation gives that names no role or no licence. */
export async function invitationDefaults(
  account: Account,
  workspace: WorkspaceId,
): Promise<{ role: 'member' | 'admin'; licence: Licence }> {
  const { defaultRole, defaultLicence } = await policiesInForce(account, workspace);
  return { role: defaultRole ?? UNSET.defaultRole, licence: defaultLicence ?? UNSET.defaultLicence };
}

/** Whether the address is at one of these domains, exactly. */
export function isAt(address: string, domains: readonly string[]): boolean {
  const folded = foldAddress(address);
  return domains.includes(folded.slice(folded.lastIndexOf('@') + 1));
}

/** Each platform once. */
export function platformsOf(tenants: readonly TenantKey[]): Platform[] {
  return [...new Set(tenants.map((tenant) => parseTenantKey(tenant).platform))];
}

async function addressesOf(account: AccountId, { who, provenEmail }: Coming): Promise<string[]> {
  const proven = provenEmail === undefined ? [] : [provenEmail];
  if ('email' in who) return [who.email, ...proven];
  const identities = await IdentityModel.find({ account, person: who.person }).lean<IdentityDoc[]>();
  return [...identities.flatMap(({ verifiedEmail }) => verifiedEmail ?? []), ...proven];
}
