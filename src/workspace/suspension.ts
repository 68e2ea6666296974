import { inTransaction } from '../mongo.js';
import { lockMemberships, settleActive } from './active.js';
import { writeAudit } from './audit.js';
import type { Membership } from './entities.js';
import { approval, type Departure, type MemberChange } from './member-change.js';
import { assertRank, memberOf, refusePrimaryOwner } from './rank.js';
import { MembershipModel, toMembership, toWorkspace } from './workspace-model.js';

/** Every command there is refused to the member from now on; the seat is kept. Suspending again changes nothing. */
export function suspendMember(change: MemberChange & { reason?: string }): Promise<Departure> {
  const { account, workspace, person, by, reason, at } = change;
  return inTransaction(async () => {
    const target = await memberOf(change);
    if (target.role === 'primaryOwner') await refusePrimaryOwner(target);
    await assertRank(change, target);
    await lockMemberships(account, person);
    if (!target.suspended) {
      await MembershipModel.updateOne({ account, workspace, person }, { $set: { suspended: true } });
      const detail = { ...(reason && { reason }), ...approval(change) };
      await writeAudit({ account, workspace, by, action: 'member.suspended', person, detail, at });
    }
    const active = await settleActive(account, person);
    return { before: toMembership(target), ...(active && { active: toWorkspace(active) }) };
  });
}

/** Takes a suspension back. Of a member who is not suspended it changes nothing. */
export function reactivateMember(change: MemberChange): Promise<Membership> {
  const { account, workspace, person, by, at } = change;
  return inTransaction(async () => {
    const target = await memberOf(change);
    await assertRank(change, target);
    if (target.suspended) {
      await lockMemberships(account, person);
      await MembershipModel.updateOne({ account, workspace, person }, { $set: { suspended: false } });
      await settleActive(account, person);
      await writeAudit({ account, workspace, by, action: 'member.reactivated', person, detail: approval(change), at });
    }
    const after = await memberOf(change);
    return toMembership(after);
  });
}
