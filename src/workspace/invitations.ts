import { strict as assert } from 'node:assert';
import { newId } from '../id.js';
import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import { type AccountDoc, AccountModel, toAccount } from './account-model.js';
import { assertAdmitted } from './admission.js';
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
import { foldAddress } from './fold.js';
import { type InvitationDoc, InvitationModel, toInvitation } from './invitation-model.js';
import {
  assertNewcomer,
  assertOpen,
  assertStillGiven,
  close,
  LIFETIME_MS,
  openAt,
  openTwin,
} from './invitation-state.js';
import { hashOf, hashOfCode, joinCodeOf, newToken } from './invitation-token.js';
import { addMember, assertFullMember } from './joining.js';
import { approval } from './member-change.js';
import { rankGuard } from './permissions.js';
import { nameOf, roleOfAuthority, tooHigh, usableWorkspace } from './rank.js';
import { assertSeatFree } from './seats.js';
import { toWorkspace } from './workspace-model.js';

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
 * is nowhere else. Refuses a role above the inviter's, guests, members, whom a policy keeps out, whoever is invited
 * already, and more people than there are free seats now; the seat itself is taken at joining.
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
    await assertAdmitted({ account, workspace, who: to });
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
      ...(inviting.approvedBy && { approvedBy: inviting.approvedBy }),
      ...('email' in to && { email: foldAddress(to.email) }),
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

/** A page of those who are invited to a workspace and have not come yet, the newest first. */
export async function openInvitationsIn(of: {
  account: AccountId;
  workspace: WorkspaceId;
  at: Date;
  offset: number;
  limit: number;
}): Promise<{ invitations: Invitation[]; total: number }> {
  const { account, workspace, at, offset, limit } = of;
  const open = { account, workspace, ...openAt(at) };
  const [total, docs] = await Promise.all([
    InvitationModel.countDocuments(open),
    InvitationModel.find(open).sort({ createdAt: -1, _id: -1 }).skip(offset).limit(limit).lean<InvitationDoc[]>(),
  ]);
  return { invitations: docs.map(toInvitation), total };
}

/** The open invitation of that person or address to the workspace. */
export async function openInvitationOf(of: {
  account: AccountId;
  workspace: WorkspaceId;
  who: { person: PersonId } | { email: string };
  at: Date;
}): Promise<Invitation | undefined> {
  const { account, workspace, who, at } = of;
  const whom = 'person' in who ? who : { email: foldAddress(who.email) };
  const doc = await InvitationModel.findOne({ account, workspace, ...whom, ...openAt(at) }).lean<InvitationDoc>();
  return doc ? toInvitation(doc) : undefined;
}

/** Somebody's arrival in a workspace. `left`: what they were moved out of, in an account set to `strictSingle`. */
interface Joined {
  workspace: Workspace;
  membership: Membership;
  invitation: Invitation;
  left: readonly Workspace[];
}

/**
 * Accepts an invitation. Checks seats, standing, policies and who stands behind its role again; of many at once, one
 * joins and the others hear it was used.
 */
export function joinByInvitation(joining: {
  account: AccountId;
  person: PersonId;
  /** Without it: the newest open one of the person. */
  invitation?: string;
  /** Who got what the person held where they are moved out of. */
  handedTo?: PersonId;
  at: Date;
}): Promise<Joined> {
  const { account, person, handedTo, at } = joining;
  return inTransaction(async () => {
    const doc = await docMeant(joining);
    await assertFullMember(account, person);
    return accept(doc, { person, by: person, at, ...(handedTo && { handedTo }) });
  });
}

/**
 * The invitation that joining would accept.
 * @throws Refusal invitationGone
 */
export async function invitationMeant(joining: Parameters<typeof joinByInvitation>[0]): Promise<Invitation> {
  return toInvitation(await docMeant(joining));
}

async function docMeant({ account, person, invitation, at }: Parameters<typeof joinByInvitation>[0]) {
  const id = invitation ?? (await openInvitationsOf(account, person, at))[0]?.id;
  const doc = id ? await InvitationModel.findOne({ account, _id: id }).lean<InvitationDoc>() : null;
  if (!doc) return refuse({ kind: 'invitationGone', why: 'unknown' });
  if (doc.person !== person) return refuse({ kind: 'invitationGone', why: 'notYours' });
  assertOpen(doc, at);
  return doc;
}

/**
 * As invite, and the person joins without being asked: for whoever is in another workspace of the account, where the
 * policy has it so. Never in an account set to `strictSingle`: it would take them away from where they are.
 */
export function joinAtOnce(inviting: Inviting & { to: { person: PersonId } }): Promise<Joined> {
  const { account, to, by, at } = inviting;
  assert(!account.strictSingle, 'nobody is moved without being asked');
  return inTransaction(async () => {
    const { invitation } = await invite(inviting);
    const doc = await InvitationModel.findOne({ account: account.id, _id: invitation.id })
      .lean<InvitationDoc>()
      .orFail();
    return accept(doc, { person: to.person, by, at });
  });
}

async function accept(
  doc: InvitationDoc,
  joining: { person: PersonId; by: PersonId; handedTo?: PersonId; at: Date },
): Promise<Joined> {
  const { person, by, handedTo, at } = joining;
  const { account, role, licence, email } = doc;
  const workspace = await usableWorkspace(doc);
  // Early, so that of many at once the others meet it before they have read the rest.
  await close(doc, 'accepted');
  await assertStillGiven(doc);
  await assertAdmitted({
    account: toAccount(await AccountModel.findOne({ _id: account }).lean<AccountDoc>().orFail()),
    workspace: workspace._id,
    who: { person },
    ...(email && { provenEmail: email }),
  });
  const { membership, left } = await addMember(workspace, { person, role, licence, at, ...(handedTo && { handedTo }) });
  const detail = {
    role,
    licence,
    invitation: doc._id,
    invitedBy: doc.invitedBy,
    ...(by !== person && { direct: true }),
  };
  await writeAudit({ account, workspace: workspace._id, by, action: 'member.joined', person, detail, at });
  const invitation = toInvitation({ ...doc, state: 'accepted' });
  return { workspace: toWorkspace(workspace), membership, invitation, left: left.map(toWorkspace) };
}
