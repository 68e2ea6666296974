import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import { type AccountDoc, AccountModel, toAccount } from './account-model.js';
import { writeAudit } from './audit.js';
import type { Account, AccountId, Invitation, PersonId, Workspace } from './entities.js';
import { InvitationModel, toInvitation } from './invitation-model.js';
import { assertNewcomer, assertOpen, close, openTwin } from './invitation-state.js';
import { findByCode, findByToken } from './invitation-token.js';
import { getPerson } from './people.js';
import { usableWorkspace } from './rank.js';
import { toWorkspace, type WorkspaceDoc, WorkspaceModel } from './workspace-model.js';

/** Undefined where no invitation has this token; one that is used up or expired is returned as what it is. */
export async function invitationByToken(
  token: string,
): Promise<{ invitation: Invitation; workspace: Workspace; account: Account } | undefined> {
  const doc = await findByToken(token);
  if (!doc) return undefined;
  const workspace = await WorkspaceModel.findOne({ account: doc.account, _id: doc.workspace })
    .lean<WorkspaceDoc>()
    .orFail();
  const account = await AccountModel.findOne({ _id: doc.account }).lean<AccountDoc>().orFail();
  return { invitation: toInvitation(doc), workspace: toWorkspace(workspace), account: toAccount(account) };
}

/**
 * Makes an e-mailed invitation the person's who came with its token, or with the code that its page showed.
 * Of many who come with it, the first gets it.
 * Refuses a person of another account, a guest, and who is a member already.
 */
export function bindInvitation(
  binding: ({ token: string } | { account: AccountId; code: string }) & { person: PersonId; at: Date },
): Promise<Invitation> {
  const { person, at } = binding;
  return inTransaction(async () => {
    const doc = 'token' in binding ? await findByToken(binding.token) : await findByCode(binding.account, binding.code);
    if (!doc) return refuse({ kind: 'invitationGone', why: 'unknown' });
    const { account, workspace, _id } = doc;
    const found = await getPerson(account, person);
    if (!found) return refuse({ kind: 'otherAccount', name: 'This invitation' });
    assertOpen(doc, at);
    if (doc.person === person) return toInvitation(doc);
    if (doc.person) return refuse({ kind: 'invitationGone', why: 'used' });
    const { name } = await usableWorkspace(doc);
    await assertNewcomer({ account, workspace, person }, found.name, name);
    const other = await openTwin({ account, workspace, person }, at);
    if (other) await close(other, 'revoked');
    await InvitationModel.updateOne({ account, _id, state: 'open' }, { $set: { person } });
    await writeAudit({
      account,
      workspace,
      by: person,
      action: 'invitation.bound',
      person,
      detail: { invitation: _id },
      at,
    });
    return toInvitation({ ...doc, person });
  });
}
