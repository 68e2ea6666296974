import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import { type AccountDoc, AccountModel, toAccount } from './account-model.js';
import { writeAudit } from './audit.js';
import {
  type Account,
  type AccountId,
  LICENCES,
  type PersonId,
  type Plan,
  type PolicyKey,
  type WorkspaceId,
} from './entities.js';
import { SEATS } from './plans.js';
import { PolicyModel } from './policy-model.js';
import { POLICIES, POLICY_KEYS } from './policy-rows.js';
import { seatsUsed } from './seats.js';

/**
 * Gives the account another plan, with that plan's seats. `expected` is the plan that whoever changes it was shown.
 * @throws Refusal planChanged where it is another by now; seatsInUse where more people hold a seat than the plan has
 */
export function changePlan(change: {
  account: AccountId;
  /** Where it was asked for. */
  workspace: WorkspaceId;
  plan: Plan;
  expected: Plan;
  by: PersonId;
  at: Date;
}): Promise<Account> {
  const { account, workspace, plan, expected, by, at } = change;
  return inTransaction(async () => {
    // Whoever takes a seat meanwhile writes the same document: one of the two has to count again.
    const doc = await AccountModel.findOneAndUpdate(
      { _id: account, plan: expected },
      { $set: { plan, seats: SEATS[plan] }, $inc: { seatChanges: 1 } },
      { returnDocument: 'after' },
    ).lean<AccountDoc>();
    if (!doc) return refuse({ kind: 'planChanged' });
    await assertSeatsSuffice(account, plan);
    const detail = { from: expected, to: plan };
    await writeAudit({ account, workspace, by, action: 'billing.planChanged', detail, at });
    return toAccount(doc);
  });
}

/** @throws Refusal seatsInUse */
export async function assertSeatsSuffice(account: AccountId, plan: Plan): Promise<void> {
  const used = await seatsUsed(account);
  const short = LICENCES.find((licence) => used[licence] > SEATS[plan][licence]);
  if (short) refuse({ kind: 'seatsInUse', plan, licence: short, used: used[short], seats: SEATS[plan][short] });
}

/** Which policies are set in each of the account's workspaces that has any. */
export async function policiesSet(account: AccountId): Promise<ReadonlyMap<WorkspaceId, PolicyKey[]>> {
  const docs = await PolicyModel.find({ account }).lean();
  const set = docs.map(({ workspace, values }) => {
    const keys = POLICY_KEYS.filter((key) => POLICIES[key].accept(values[key]) !== undefined);
    return [workspace, keys] as const;
  });
  return new Map(set.filter(([, keys]) => keys.length > 0));
}
