import { type AccountId, LICENCES, type Licence, type WorkspaceId } from './entities.js';
import { MembershipModel } from './workspace-model.js';

/** How many members a workspace has, by licence; suspended ones too. */
export async function headcount(account: AccountId, workspace: WorkspaceId): Promise<Record<Licence, number>> {
  const counted: [Licence, number][] = [];
  for (const licence of LICENCES) {
    counted.push([licence, await MembershipModel.countDocuments({ account, workspace, licence })]);
  }
  return Object.fromEntries(counted) as Record<Licence, number>;
}
