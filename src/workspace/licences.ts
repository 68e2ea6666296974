import { inTransaction } from '../mongo.js';
import { lockMemberships } from './active.js';
import { writeAudit } from './audit.js';
import type { Licence, Membership } from './entities.js';
import { approval, type MemberChange, type Undoable } from './member-change.js';
import { keepForUndo } from './member-changes.js';
import { memberEvent } from './member-events.js';
import { assertRank, memberOf } from './rank.js';
import { keepingCount, takeSeat } from './seats.js';
import { MembershipModel, toMembership } from './workspace-model.js';

/**
 * Gives a member a seat of another licence. Refuses by the rank guard, and where that licence has no free seat. Giving
 * the one that they have changes nothing.
 */
export function changeLicence(
  change: MemberChange & { licence: Licence },
): Promise<{ before: Licence; after: Membership; undo?: Undoable }> {
  const { account, workspace, person, by, licence, at } = change;
  return inTransaction(async () => {
    const target = await memberOf(change);
    await assertRank(change, target);
    await lockMemberships(account, person);
    const after = toMembership({ ...target, licence });
    if (target.licence === licence) return { before: licence, after };
    await takeSeat({ account, workspace, licence, person });
    await keepingCount(account, [person], () =>
      MembershipModel.updateOne({ account, workspace, person }, { $set: { licence } }),
    );
    const detail = { from: target.licence, to: licence, ...approval(change) };
    await writeAudit({ account, workspace, by, action: 'member.licenceChanged', person, detail, at });
    await memberEvent(target, 'member.licenceChanged', at, { licence, was: target.licence });
    const undo = await keepForUndo(change, { what: 'licence', before: target, after: { licence } });
    return { before: target.licence, after, undo };
  });
}
