import { isDeepStrictEqual } from 'node:util';
import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import { writeAudit } from './audit.js';
import { digest } from './canonical.js';
import type { Account, AccountId, PersonId, Plan, Policies, PolicyKey, WorkspaceId } from './entities.js';
import { type PolicyDoc, PolicyModel } from './policy-model.js';
import { POLICIES, POLICY_KEYS } from './policy-rows.js';

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

/** What tells one setting of a policy from another, short enough for a button. */
export function policyMark(value: Policies[PolicyKey]): string {
  return digest(value ?? null).slice(0, 16);
}

/**
 * Sets one policy, or takes it off where `value` is undefined. Setting what is set already changes nothing. `outdated`: it
 * is not the one with the mark `was`, and stays as it is.
 * @throws Refusal planNeeded; whatever the policy's own condition says
 */
export async function setPolicy<K extends PolicyKey>(change: {
  account: Account;
  workspace: WorkspaceId;
  key: K;
  value: Policies[K] | undefined;
  was?: string;
  by: PersonId;
  approvedBy?: PersonId;
  at: Date;
}): Promise<{ before: Policies; after: Policies; outdated?: true }> {
  const { account, workspace, key, value, was, by, approvedBy, at } = change;
  const row = POLICIES[key];
  const accepted = row.accept(value);
  if (value !== undefined && accepted === undefined) throw new RangeError(`not a value of ${key}: ${String(value)}`);
  if (!policiesBind(account.plan)) refuse({ kind: 'planNeeded', what: 'Policies', plan: account.plan, needs: 'teams' });
  const of = { account: account.id, workspace };
  return inTransaction(async () => {
    if (accepted !== undefined) await row.assertKeepable?.({ account, workspace, by: approvedBy ?? by }, accepted);
    const before = await policiesOf(account.id, workspace);
    if (isDeepStrictEqual(before[key], value)) return { before, after: before };
    if (was !== undefined && was !== policyMark(before[key])) return { before, after: before, outdated: true };
    const after = withPolicy(before, key, value);
    await PolicyModel.updateOne(of, { $set: { values: after } }, { upsert: true });
    const detail = {
      policy: key,
      from: asDetail(before[key]),
      to: asDetail(value),
      ...(approvedBy && { approvedBy }),
    };
    await writeAudit({ ...of, by, action: row.audited, detail, at });
    return { before, after };
  });
}

/** The policies with one set, or taken off where `value` is undefined. */
export function withPolicy<K extends PolicyKey>(policies: Policies, key: K, value: Policies[K] | undefined): Policies {
  const { [key]: _former, ...others } = policies;
  return value === undefined ? others : { ...others, [key]: value };
}

/** A policy's value as the audit trail keeps it. */
function asDetail(value: Policies[PolicyKey]): string | number | boolean {
  return value === undefined ? 'off' : typeof value === 'object' ? value.join(' ') : value;
}

function readValues(values: PolicyDoc['values']): Policies {
  const known = POLICY_KEYS.map((key) => [key, POLICIES[key].accept(values[key])] as const);
  return Object.fromEntries(known.filter(([, value]) => value !== undefined));
}
