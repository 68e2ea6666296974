import { type AccountId, LICENCES, type Licence, type WorkspaceId } from './entities.js';
import { MembershipModel } from './workspace-model.js';

/** How many members a workspace has, by licence; suspended ones too. */
export async function headcount(account: AccountId, workspace: WorkspaceId): Promise<Record<Licence, number>> {
  const groups = await MembershipModel.aggregate<{ _id: Licence; members: number }>([
    { $match: { account, workspace } },
    { $group: { _id: '$licence', members: { $sum: 1 } } },
  ]);
  const counted = new Map(groups.map((group) => [group._id, group.members]));
  return Object.fromEntries(LICENCES.map((licence) => [licence, counted.get(licence) ?? 0])) as Record<Licence, number>;
}
