import mongoose from 'mongoose';
import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import { writeAudit } from './audit.js';
import type { AccountId, Invitation, PersonId, WorkspaceId } from './entities.js';
import { type InvitationDoc, InvitationModel, toInvitation } from './invitation-model.js';
import { assertOpen, close, invitedName } from './invitation-state.js';
import { rankGuard } from './permissions.js';
import { roleOfAuthority } from './rank.js';

/** Takes an open invitation back. Refuses one to a role above the revoker's. */
export function revokeInvitation(revoking: {
  account: AccountId;
  workspace: WorkspaceId;
  invitation: string;
  by: PersonId;
  at: Date;
}): Promise<Invitation> {
  const { account, workspace, by, at } = revoking;
  return inTransaction(async () => {
    const doc = await InvitationModel.findOne({ account, workspace, _id: revoking.invitation }).lean<InvitationDoc>();
    if (!doc) return refuse({ kind: 'invitationGone', why: 'unknown' });
    assertOpen(doc, at);
    const actor = await roleOfAuthority({ account, workspace, by });
    if (!rankGuard(actor, doc.role)) refuse({ kind: 'rankGuard', targetName: await invitedName(doc) });
    await close(doc, 'revoked');
    const detail = { invitation: doc._id };
    await writeAudit({ account, workspace, by, action: 'invitation.revoked', detail, at });
    return toInvitation({ ...doc, state: 'revoked' });
  });
}

/** Closes what ran out, in every account: for the sweep. At most `limit` at a time. */
export async function expireInvitations(at: Date, limit = 200): Promise<Invitation[]> {
  const due = await InvitationModel.find({ state: 'open', expiresAt: mongoose.trusted({ $lte: at }) })
    .sort({ expiresAt: 1 })
    .limit(limit)
    .lean<InvitationDoc[]>();
  const expired: Invitation[] = [];
  for (const doc of due) {
    const { account, workspace, _id } = doc;
    const closed = await inTransaction(async () => {
      const { modifiedCount } = await InvitationModel.updateOne(
        { account, _id, state: 'open' },
        { $set: { state: 'expired' } },
      );
      if (modifiedCount === 0) return false;
      const detail = { invitation: _id };
      await writeAudit({ account, workspace, by: 'system', action: 'invitation.expired', detail, at });
      return true;
    });
    if (closed) expired.push(toInvitation({ ...doc, state: 'expired' }));
  }
  return expired;
}
