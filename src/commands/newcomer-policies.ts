import { bindingWords, POLICY_WORDS, policyNow } from '../cards/policies/policy-words.js';
import type { Account, PolicyKey, Role, Workspace } from '../workspace/entities.js';
import { policiesInForce } from '../workspace/policies.js';
import { policyTerms } from './policy-terms.js';
import type { Services } from './services.js';

const ALL: readonly Role[] = ['member', 'admin', 'owner'];

/** Whom a policy binds once they are in. What only looks at who comes in is told where it keeps somebody out. */
const BINDS: Readonly<Partial<Record<PolicyKey, readonly Role[]>>> = {
  allowedTenants: ALL,
  whoMayInvite: ['member', 'admin'],
  whoMayCreateChannels: ['member'],
  campaignApprovalAboveMinor: ['member'],
  meetingSharing: ALL,
  meetingRetentionDays: ALL,
  keyMaxAgeDays: ['admin', 'owner'],
  ownersCapMinor: ['owner'],
  retypeAboveMinor: ['owner'],
  twoPeopleAboveMinor: ['owner'],
};

/** The policies in force that will bind somebody who comes in with that role, as one line; none where none does. */
export async function bindingOn(
  of: { account: Account; services: Services; workspace: Workspace },
  role: Role,
): Promise<string[]> {
  const policies = await policiesInForce(of.account, of.workspace.id);
  const keys = Object.keys(BINDS) as PolicyKey[];
  const binding = keys.filter((key) => BINDS[key]?.includes(role) && policies[key] !== undefined);
  if (binding.length === 0) return [];
  const terms = await policyTerms(of);
  const lines = binding.map((key) => `${POLICY_WORDS[key].label} ${policyNow(key, policies[key], terms)}`);
  return [bindingWords(lines)];
}
