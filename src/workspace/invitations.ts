import mongoose from 'mongoose';
import { newId } from '../id.js';
import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import { type AccountDoc, AccountModel, toAccount } from './account-model.js';
import { writeAudit } from './audit.js';
import type {
  Account,
  AccountId,
  Invitation,
  Licence,
  Membership,
  PersonId,
  Role,
  Workspace,
  WorkspaceId,
} from './entities.js';
import { fold } from './fold.js';
import { type InvitationDoc, InvitationModel, toInvitation } from './invitation-model.js';
import { assertNewcomer, assertOpen, close, invitedName, LIFETIME_MS, openAt, openTwin } from './invitation-state.js';
import { findByCode, findByToken, hashOf, hashOfCode, joinCodeOf, newToken } from './invitation-token.js';
import { addMember, assertFullMember } from './joining.js';
import { approval } from './member-change.js';
import { getPerson } from './people.js';
import { rankGuard } from './permissions.js';
import { nameOf, roleOfAuthority, tooHigh, usableWorkspace } from './rank.js';
import { assertSeatFree } from './seats.js';
import { toWorkspace, type WorkspaceDoc, WorkspaceModel } from './workspace-model.js';

interface Inviting {
  account: Account;
  workspace: WorkspaceId;
  to: { person: PersonId } | { email: string };
  role: Role;
  licence: Licence;
  by: PersonId;
  /** Who approved the request that this runs: the rank guard looks at their rank instead of the requester's. */
  approvedBy?: PersonId;
  at: Date;
}

/**
 * Invites a person, or an address that nobody here has yet: that invitation comes with the token for its link, which
 * is nowhere else. Refuses a role above the inviter's, guests, members, whoever is invited already, and more people
 * than there are free seats now; the seat itself is taken at joining.
 */
export function invite(inviting: Inviting): Promise<{ invitation: Invitation; token?: string }> {
  const { account, workspace, to, role, licence, by, at } = inviting;
  const token = 'email' in to ? newToken(account.id) : undefined;
  return inTransaction(async () => {
    const { name } = await usableWorkspace({ account: account.id, workspace });
    const authority = await roleOfAuthority({ ...inviting, account: account.id });
    const person = 'person' in to ? to.person : undefined;
    const invited = 'person' in to ? await nameOf(account.id, to.person) : to.email;
    if (!rankGuard(authority, 'member', role)) {
      refuse({ kind: 'rankGuard', targetName: invited, ...tooHigh(role) });
    }
    if (person) await assertNewcomer({ account: account.id, workspace, person }, invited, name);
    const doc: InvitationDoc = {
      _id: newId('inv', at),
      account: account.id,
      workspace,
      role,
      licence,
      invitedBy: by,
      state: 'open',
      createdAt: at,
      expiresAt: new Date(at.getTime() + LIFETIME_MS),
      ...(person && { person }),
      ...('email' in to && { email: fold(to.email) }),
      ...(token && { tokenHash: hashOf(token), codeHash: hashOfCode(joinCodeOf(token)) }),
    };
    const twin = await openTwin(doc, at);
    if (twin) {
      const open = { invitation: twin._id, workspace };
      refuse({ kind: 'alreadyInvited', name: invited, workspaceName: name, open });
    }
    await assertSeatFree({ account: account.id, workspace, licence, ...(person && { person }) });
    await InvitationModel.create(doc);
    const detail = { role, licence, ...(doc.email && { email: doc.email }), ...approval(inviting) };
    await writeAudit({
      account: account.id,
      workspace,
      by,
      action: 'member.invited',
      ...(person && { person }),
      detail,
      at,
    });
    return { invitation: toInvitation(doc), ...(token && { token }) };
  });
}

/** The newest first. */
export async function openInvitationsOf(account: AccountId, person: PersonId, at: Date): Promise<Invitation[]> {
  const docs = await InvitationModel.find({ account, person, ...openAt(at) })
    .sort({ createdAt: -1, _id: -1 })
    .lean<InvitationDoc[]>();
  return docs.map(toInvitation);
}

/** Everybody invited to a workspace who has not come yet, the newest first. */
export async function openInvitationsIn(account: AccountId, workspace: WorkspaceId, at: Date): Promise<Invitation[]> {
  const docs = await InvitationModel.find({ account, workspace, ...openAt(at) })
    .sort({ createdAt: -1, _id: -1 })
    .lean<InvitationDoc[]>();
  return docs.map(toInvitation);
}

/** Accepts an invitation. Checks seats and standing again; of many at once, one joins and the others hear it was used. */
export function joinByInvitation(joining: {
  account: AccountId;
  person: PersonId;
  /** Without it: the newest open one of the person. */
  invitation?: string;
  at: Date;
}): Promise<{ workspace: Workspace; membership: Membership; invitation: Invitation }> {
  const { account, person, at } = joining;
  return inTransaction(async () => {
    const id = joining.invitation ?? (await openInvitationsOf(account, person, at))[0]?.id;
    const doc = id ? await InvitationModel.findOne({ account, _id: id }).lean<InvitationDoc>() : null;
    if (!doc) return refuse({ kind: 'invitationGone', why: 'unknown' });
    if (doc.person !== person) return refuse({ kind: 'invitationGone', why: 'notYours' });
    assertOpen(doc, at);
    await assertFullMember(account, person);
    const workspace = await usableWorkspace(doc);
    await close(doc, 'accepted');
    const { role, licence } = doc;
    const membership = await addMember(workspace, { person, role, licence, at });
    const detail = { role, licence, invitation: doc._id, invitedBy: doc.invitedBy };
    await writeAudit({ account, workspace: workspace._id, by: person, action: 'member.joined', person, detail, at });
    return { workspace: toWorkspace(workspace), membership, invitation: toInvitation({ ...doc, state: 'accepted' }) };
  });
}

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

/** Takes an open invitation back. Refuses one to a role above the revoker's. */
export function revokeInvitation(revoking: {
  account: AccountId;
  invitation: string;
  by: PersonId;
  at: Date;
}): Promise<Invitation> {
  const { account, by, at } = revoking;
  return inTransaction(async () => {
    const doc = await InvitationModel.findOne({ account, _id: revoking.invitation }).lean<InvitationDoc>();
    if (!doc) return refuse({ kind: 'invitationGone', why: 'unknown' });
    assertOpen(doc, at);
    const actor = await roleOfAuthority({ account, workspace: doc.workspace, by });
    if (!rankGuard(actor, doc.role)) refuse({ kind: 'rankGuard', targetName: await invitedName(doc) });
    await close(doc, 'revoked');
    const detail = { invitation: doc._id };
    await writeAudit({ account, workspace: doc.workspace, by, action: 'invitation.revoked', detail, at });
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
