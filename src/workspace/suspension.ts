import { inTransaction } from '../mongo.js';
import { lockMemberships, settleActive } from './active.js';
import { writeAudit } from './audit.js';
import type { Membership } from './entities.js';
import { approval, type Departure, type MemberChange } from './member-change.js';
import { keepForUndo } from './member-changes.js';
import { memberEvent } from './member-events.js';
import { assertRank, changeableMember, memberOf } from './rank.js';
import { MembershipModel, toMembership, toWorkspace } from './workspace-model.js';

/** Every command there is refused to the member from now on; the seat is kept. Suspending again changes nothing. */
export function suspendMember(change: MemberChange & { reason?: string }): Promise<Departure> {
  const { account, workspace, person, by, reason, at } = change;
  return inTransaction(async () => {
    const target = await changeableMember(change);
    await lockMemberships(account, person);
    if (!target.suspended) {
      await MembershipModel.updateOne({ account, workspace, person }, { $set: { suspended: true } });
      const detail = { ...(reason && { reason }), ...approval(change) };
      await writeAudit({ account, workspace, by, action: 'member.suspended', person, detail, at });
      await memberEvent(target, 'member.suspended', at);
    }
    const active = await settleActive(account, person);
    const after = { before: toMembership(target), ...(active && { active: toWorkspace(active) }) };
    if (target.suspended) return after;
    const movedTo = target.active && active && active._id !== workspace ? { movedTo: active._id } : {};
    const kept = { what: 'suspension' as const, before: target, after: { suspended: true }, ...movedTo };
    return { ...after, undo: await keepForUndo(change, kept) };
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
      await memberEvent(target, 'member.reactivated', at);
    }
    const after = await memberOf(change);
    return toMembership(after);
  });
}
