import mongoose from 'mongoose';
import { refuse } from '../refusal.js';
import type { AccountId, PersonId, WorkspaceId } from './entities.js';
import { type InvitationDoc, InvitationModel } from './invitation-model.js';
import { assertFullMember } from './joining.js';
import { rankGuard } from './permissions.js';
import { nameOf } from './rank.js';
import { type MembershipDoc, MembershipModel } from './workspace-model.js';

export const LIFETIME_MS = 7 * 24 * 3_600_000;

/** The filter for invitations that can be accepted at this time. */
export function openAt(at: Date): { state: 'open'; expiresAt: { $gt: Date } } {
  return { state: 'open', expiresAt: mongoose.trusted({ $gt: at }) };
}

export function assertOpen({ state, expiresAt }: InvitationDoc, at: Date): void {
  if (state === 'accepted') refuse({ kind: 'invitationGone', why: 'used' });
  if (state === 'revoked') refuse({ kind: 'invitationGone', why: 'revoked' });
  if (state === 'expired' || expiresAt <= at) refuse({ kind: 'invitationGone', why: 'expired' });
}

/** Ends an open invitation, for whoever comes first. */
export async function close({ account, _id }: InvitationDoc, state: 'accepted' | 'revoked' | 'expired'): Promise<void> {
  const { modifiedCount } = await InvitationModel.updateOne({ account, _id, state: 'open' }, { $set: { state } });
  if (modifiedCount === 0) refuse({ kind: 'invitationGone', why: 'used' });
}

/** The open invitation of the same person or address to the same workspace. One that has run out is ended by the way. */
export async function openTwin(
  of: Pick<InvitationDoc, 'account' | 'workspace' | 'person' | 'email'>,
  at: Date,
): Promise<InvitationDoc | undefined> {
  const { account, workspace, person, email } = of;
  const whom = person ? { person } : { email: email ?? '' };
  const twin = await InvitationModel.findOne({ account, workspace, ...whom, state: 'open' }).lean<InvitationDoc>();
  if (!twin || twin.expiresAt > at) return twin ?? undefined;
  await close(twin, 'expired');
  return undefined;
}

/**
 * Whether whoever gave a role above member could give it now: somebody who is out, suspended or less by then leaves
 * nobody, themselves under another account neither, a way in as more than a member.
 * @throws Refusal invitationGone
 */
export async function assertStillGiven(doc: InvitationDoc): Promise<void> {
  const { account, workspace, role, invitedBy, approvedBy } = doc;
  if (role === 'member') return;
  const giver = { account, workspace, person: approvedBy ?? invitedBy, suspended: false };
  const held = await MembershipModel.findOne(giver).lean<MembershipDoc>();
  if (!held || !rankGuard(held.role, 'member', role)) refuse({ kind: 'invitationGone', why: 'revoked' });
}

/** Refuses guests and outsiders, and whoever is in the workspace already. */
export async function assertNewcomer(
  who: { account: AccountId; workspace: WorkspaceId; person: PersonId },
  name: string,
  workspaceName: string,
): Promise<void> {
  await assertFullMember(who.account, who.person);
  if (await MembershipModel.exists(who)) refuse({ kind: 'alreadyMember', name, workspaceName, person: who.person });
}

export async function invitedName({ account, person, email }: InvitationDoc): Promise<string> {
  return person ? nameOf(account, person) : (email ?? '');
}
