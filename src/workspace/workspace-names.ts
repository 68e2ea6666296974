import { AccountModel } from './account-model.js';
import type { AccountId, PersonId, WorkspaceId } from './entities.js';
import { type MembershipDoc, MembershipModel, type WorkspaceDoc, WorkspaceModel } from './workspace-model.js';

/**
 * Writes the workspace's new name beside each of its memberships, which a person's own workspaces are sorted and searched
 * by: in the transaction that renames it. Whoever joins meanwhile writes the account's document too, and so comes before
 * or after.
 */
export async function nameEverywhere(account: AccountId, workspace: WorkspaceId, foldedName: string): Promise<void> {
  await AccountModel.updateOne({ _id: account }, { $inc: { seatChanges: 1 } });
  await MembershipModel.updateMany({ account, workspace }, { $set: { workspaceName: foldedName } });
}

/** The same for those of a person's memberships that lack it. */
export async function nameWhereMissing(account: AccountId, person: PersonId): Promise<void> {
  const nameless = await MembershipModel.find({ account, person, workspaceName: null }).lean<MembershipDoc[]>();
  for (const { _id, workspace } of nameless) {
    const { foldedName } = await WorkspaceModel.findOne({ account, _id: workspace }).lean<WorkspaceDoc>().orFail();
    await MembershipModel.updateOne({ account, _id }, { $set: { workspaceName: foldedName } });
  }
}
