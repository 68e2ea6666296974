import type { Account, PersonId, WorkspaceId } from '../workspace/entities.js';
import { policiesInForce } from '../workspace/policies.js';
import { eligibleForTwo } from '../workspace/policy-two.js';

/** Whether two people are needed there for large amounts, and without this one there would not be two. */
export async function isLastSecond(of: {
  account: Account;
  workspace: WorkspaceId;
  person: PersonId;
}): Promise<boolean> {
  const { account, workspace, person } = of;
  const { twoPeopleAboveMinor } = await policiesInForce(account, workspace);
  if (twoPeopleAboveMinor === undefined) return false;
  const place = { account: account.id, workspace };
  if ((await eligibleForTwo(place)).humans < 2) return false;
  return (await eligibleForTwo({ ...place, without: person })).humans < 2;
}
