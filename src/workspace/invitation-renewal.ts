import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import { type AccountDoc, AccountModel, toAccount } from './account-model.js';
import { assertAdmitted } from './admission.js';
import { writeAudit } from './audit.js';
import type { AccountId, Invitation, PersonId, WorkspaceId } from './entities.js';
import { type InvitationDoc, InvitationModel, toInvitation } from './invitation-model.js';
import { assertOpen, invitedName, LIFETIME_MS } from './invitation-state.js';
import { hashOf, hashOfCode, joinCodeOf, newToken } from './invitation-token.js';
import { rankGuard } from './permissions.js';
import { roleOfAuthority } from './rank.js';

/**
 * Lets an open invitation last another week, given by the renewer from now on. One that was mailed gets a new link, which is nowhere else, and the old
 * one ends. Refuses one to a role above the renewer's, and whom a policy keeps out by now.
 */
export function renewInvitation(renewing: {
  account: AccountId;
  workspace: WorkspaceId;
  invitation: string;
  by: PersonId;
  at: Date;
}): Promise<{ invitation: Invitation; token?: string }> {
  const { account, workspace, by, at } = renewing;
  return inTransaction(async () => {
    const doc = await InvitationModel.findOne({ account, workspace, _id: renewing.invitation }).lean<InvitationDoc>();
    if (!doc) return refuse({ kind: 'invitationGone', why: 'unknown' });
    assertOpen(doc, at);
    const actor = await roleOfAuthority({ account, workspace, by });
    if (!rankGuard(actor, doc.role)) refuse({ kind: 'rankGuard', targetName: await invitedName(doc) });
    await assertAdmitted({
      account: toAccount(await AccountModel.findOne({ _id: account }).lean<AccountDoc>().orFail()),
      workspace,
      who: doc.person ? { person: doc.person } : { email: doc.email! },
      ...(doc.person && doc.email && { provenEmail: doc.email }),
    });
    const token = doc.person ? undefined : newToken(account);
    const link = token && { tokenHash: hashOf(token), codeHash: hashOfCode(joinCodeOf(token)) };
    const expiresAt = new Date(at.getTime() + LIFETIME_MS);
    await InvitationModel.updateOne(
      { account, _id: doc._id, state: 'open' },
      { $set: { expiresAt, invitedBy: by, ...link }, $unset: { approvedBy: 1 } },
    );
    const detail = { invitation: doc._id };
    await writeAudit({ account, workspace, by, action: 'invitation.renewed', detail, at });
    return { invitation: toInvitation({ ...doc, invitedBy: by, expiresAt }), ...(token && { token }) };
  });
}
