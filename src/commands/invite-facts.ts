import type { Facts } from '../workspace/permissions.js';
import { policiesInForce } from '../workspace/policies.js';
import { UNSET } from '../workspace/policy-rows.js';
import type { Whose } from './command.js';

/** What the matrix must know about inviting: whom the workspace lets invite. */
export async function inviteFacts({ account, workspace }: Pick<Whose, 'account' | 'workspace'>): Promise<Facts> {
  const { whoMayInvite } = workspace ? await policiesInForce(account, workspace.id) : {};
  return { whoMayInvite: whoMayInvite ?? UNSET.whoMayInvite };
}
