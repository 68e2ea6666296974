import type { Minor } from '../ledger/entry.js';
import type { AuditAction } from './audit-actions.js';
import {
  type Account,
  CHANNEL_MAKERS,
  INVITERS,
  LICENCES,
  type PersonId,
  type Policies,
  type PolicyKey,
  SHARINGS,
  VISIBILITIES,
  type WorkspaceId,
} from './entities.js';
import type { Action } from './permissions.js';
import { assertTenantsKeepable } from './policy-tenants.js';
import { assertTwoAreEligible } from './policy-two.js';

/** A policy about to be set in a workspace. */
export interface PolicySetting {
  account: Account;
  workspace: WorkspaceId;
  by: PersonId;
}

interface PolicyRow<V> {
  /** The right it takes to set it. */
  action: Action;
  /** What the audit trail calls a change: billing's are not for everybody's eyes. */
  audited: AuditAction;
  /** A stored or given value as it may be, or undefined where it cannot. */
  accept(value: unknown): V | undefined;
  /** @throws Refusal where the workspace is not such that it could be kept */
  assertKeepable?(setting: PolicySetting, value: V): Promise<void>;
}

export const LONGEST_DAYS = 3_650;
export const MOST_DOMAINS = 20;
const DOMAIN = /^(?=.{4,253}$)(?:[\p{L}\p{N}-]{1,63}\.)+[\p{L}\p{N}-]{2,63}$/u;

/** Lower case, without the `@`: `acme.com`. */
export function isDomain(text: string): boolean {
  return DOMAIN.test(text) && text === text.toLowerCase();
}

const amountMinor = (value: unknown): Minor | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;

const days = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= LONGEST_DAYS ? value : undefined;

const oneOf =
  <T extends string>(values: readonly T[]) =>
  (value: unknown): T | undefined =>
    values.find((one) => one === value);

const listOf =
  (isItem: (text: string) => boolean, most: number) =>
  (value: unknown): readonly string[] | undefined => {
    if (!Array.isArray(value) || value.length === 0 || value.length > most) return undefined;
    return value.every((item): item is string => typeof item === 'string' && isItem(item)) ? value : undefined;
  };

const rule = { action: 'setPolicies', audited: 'policy.set' } as const;

/** Every policy: a further one is a field of Policies, a line here, and its words in cards/policies/policy-words.ts. */
export const POLICIES: { readonly [K in PolicyKey]: PolicyRow<NonNullable<Policies[K]>> } = {
  emailDomains: { ...rule, accept: listOf(isDomain, MOST_DOMAINS) },
  allowedTenants: {
    ...rule,
    accept: listOf((text) => /^(slack|teams):[^:\s]+$/.test(text), MOST_DOMAINS),
    assertKeepable: assertTenantsKeepable,
  },
  whoMayInvite: { ...rule, accept: oneOf(INVITERS) },
  joinDirectly: { ...rule, accept: (value) => (value === true ? true : undefined) },
  defaultRole: { ...rule, accept: oneOf(['member', 'admin']) },
  defaultLicence: { ...rule, accept: oneOf(LICENCES) },
  whoMayCreateChannels: { ...rule, accept: oneOf(CHANNEL_MAKERS) },
  meetingVisibility: { ...rule, accept: oneOf(VISIBILITIES) },
  meetingSharing: { ...rule, accept: oneOf(SHARINGS) },
  meetingRetentionDays: { ...rule, accept: days },
  ownersCapMinor: { action: 'setOwnersCap', audited: 'billing.policySet', accept: amountMinor },
  retypeAboveMinor: { ...rule, accept: amountMinor },
  twoPeopleAboveMinor: { ...rule, accept: amountMinor, assertKeepable: assertTwoAreEligible },
  campaignApprovalAboveMinor: { ...rule, accept: amountMinor },
  keyMaxAgeDays: { ...rule, accept: days },
};

export const POLICY_KEYS = Object.keys(POLICIES) as PolicyKey[];

/** What holds where a policy that has a default was never set. */
export const UNSET = {
  whoMayInvite: 'admins',
  joinDirectly: false,
  defaultRole: 'member',
  defaultLicence: 'standard',
  whoMayCreateChannels: 'admins',
  meetingVisibility: 'private',
  meetingSharing: 'workspace',
} as const satisfies Partial<Policies>;
