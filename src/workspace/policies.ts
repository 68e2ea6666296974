import { inTransaction } from '../mongo.js';
import type { Minor } from '../ledger/entry.js';
import { refuse } from '../refusal.js';
import type { AuditAction } from './audit-entry.js';
import { writeAudit } from './audit.js';
import {
  type Account,
  type AccountId,
  type PersonId,
  type Plan,
  type Policies,
  type PolicyKey,
  ROLES,
  type WorkspaceId,
} from './entities.js';
import { holdersOf } from './memberships.js';
import { type Action, holders } from './permissions.js';
import { peopleApart } from './people-apart.js';
import { type PolicyDoc, PolicyModel } from './policy-model.js';
import { getWorkspace } from './workspaces.js';

interface PolicyRow<V> {
  /** The right it takes to set it. */
  action: Action;
  /** What the audit trail calls a change: billing's are not for everybody's eyes. */
  audited: AuditAction;
  /** A stored or given value as it may be, or undefined where it cannot. */
  accept(value: unknown): V | undefined;
  /** @throws Refusal where the workspace is not such that it could be kept */
  assertKeepable?(place: Place): Promise<void>;
}

interface Place {
  account: AccountId;
  workspace: WorkspaceId;
}

const amountMinor = (value: unknown): Minor | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;

/** Every policy: a further one is a field of Policies, a line here, and its words in cards/policy-words.ts. */
export const POLICIES: { readonly [K in PolicyKey]-?: PolicyRow<NonNullable<Policies[K]>> } = {
  ownersCapMinor: { action: 'setOwnersCap', audited: 'billing.policySet', accept: amountMinor },
  retypeAboveMinor: { action: 'setPolicies', audited: 'policy.set', accept: amountMinor },
  twoPeopleAboveMinor: {
    action: 'setPolicies',
    audited: 'policy.set',
    accept: amountMinor,
    assertKeepable: assertTwoAreEligible,
  },
};

export const POLICY_KEYS = Object.keys(POLICIES) as PolicyKey[];

const PLANS_WITH_POLICIES: readonly Plan[] = ['teams', 'enterprise'];

/** Whether policies bind on the account's plan; on others they can only be read. */
export function policiesBind(plan: Plan): boolean {
  return PLANS_WITH_POLICIES.includes(plan);
}

/** What is set, in force or not. */
export async function policiesOf(account: AccountId, workspace: WorkspaceId): Promise<Policies> {
  const doc = await PolicyModel.findOne({ account, workspace }).lean<PolicyDoc>();
  return readValues(doc?.values ?? {});
}

/** What is set and binds on the account's plan. */
export async function policiesInForce(account: Account, workspace: WorkspaceId): Promise<Policies> {
  return policiesBind(account.plan) ? policiesOf(account.id, workspace) : {};
}

/**
 * Sets one policy, or takes it off where `value` is undefined. Setting what is set already changes nothing.
 * @throws Refusal planNeeded; whatever the policy's own condition says
 */
export async function setPolicy<K extends PolicyKey>(change: {
  account: Account;
  workspace: WorkspaceId;
  key: K;
  value: Policies[K] | undefined;
  by: PersonId;
  approvedBy?: PersonId;
  at: Date;
}): Promise<{ before: Policies; after: Policies }> {
  const { account, workspace, key, value, by, approvedBy, at } = change;
  const row = POLICIES[key];
  if (value !== undefined && row.accept(value) === undefined) throw new RangeError(`not a value of ${key}: ${value}`);
  if (!policiesBind(account.plan)) refuse({ kind: 'planNeeded', what: 'Policies', plan: account.plan, needs: 'teams' });
  const of = { account: account.id, workspace };
  return inTransaction(async () => {
    if (value !== undefined) await row.assertKeepable?.(of);
    const before = await policiesOf(account.id, workspace);
    if (before[key] === value) return { before, after: before };
    const { [key]: _former, ...others } = before;
    const after: Policies = value === undefined ? others : { ...others, [key]: value };
    await PolicyModel.updateOne(of, { $set: { values: after } }, { upsert: true });
    const detail = {
      policy: key,
      from: before[key] ?? 'off',
      to: value ?? 'off',
      ...(approvedBy && { approvedBy }),
    };
    await writeAudit({ ...of, by, action: row.audited, detail, at });
    return { before, after };
  });
}

function readValues(values: PolicyDoc['values']): Policies {
  const known = POLICY_KEYS.map((key) => [key, POLICIES[key].accept(values[key])] as const);
  return Object.fromEntries(known.filter(([, value]) => value !== undefined));
}

/** Of those who could be the second person, how many different humans there are. */
export async function eligibleForTwo({ account, workspace }: Place): Promise<{ names: string[]; humans: number }> {
  const holding = holders('secondPerson');
  const people = await holdersOf(
    account,
    workspace,
    ROLES.filter((role) => holding.includes(role)),
  );
  const apart = await peopleApart(
    account,
    people.map((person) => person.id),
  );
  return { names: people.map((person) => person.name), humans: apart.length };
}

async function assertTwoAreEligible(place: Place): Promise<void> {
  const { names, humans } = await eligibleForTwo(place);
  if (humans >= 2) return;
  const workspace = await getWorkspace(place.account, place.workspace);
  refuse({ kind: 'twoNeeded', workspaceName: workspace?.name ?? 'the workspace', eligible: names });
}
