import { strict as assert } from 'node:assert';
import { AccountModel } from './account-model.js';
import { lockMemberships, settleActive } from './active.js';
import { writeAudit } from './audit.js';
import { type AccountId, type Licence, type PersonId, type Role, ROLES } from './entities.js';
import { type HandoverDoc, HandoverModel } from './handover-model.js';
import { type InvitationDoc, InvitationModel } from './invitation-model.js';
import { nameMemberships } from './member-names.js';
import { IdentityModel, PersonModel } from './person-model.js';
import { type RequestDoc, RequestModel } from './request-model.js';
import { moveOn } from './request-state.js';
import { keepingCount } from './seats.js';
import { type MembershipDoc, MembershipModel } from './workspace-model.js';

interface Merge {
  account: AccountId;
  from: PersonId;
  into: PersonId;
  at: Date;
}

/**
 * Makes two people of an account one, in the surrounding transaction: identities, memberships, requests and
 * invitations become those of `into`. The other document stays, for the names in what happened before.
 */
export async function mergePeople(merge: Merge): Promise<void> {
  const { account, from, into } = merge;
  assert(from !== into, 'a person is not merged into themselves');
  await lockMemberships(account, from);
  await lockMemberships(account, into);
  await IdentityModel.updateMany({ account, person: from }, { $set: { person: into } });
  await keepingCount(account, [from, into], () => mergeMemberships(merge));
  await mergeInvitations(merge);
  await mergeRequests(merge);
  await mergeHandovers(merge);
  await AccountModel.updateOne({ _id: account, owner: from }, { $set: { owner: into } });
  await PersonModel.updateOne({ account, _id: from }, { $set: { mergedInto: into } });
}

async function mergeMemberships({ account, from, into, at }: Merge): Promise<void> {
  const moving = await MembershipModel.find({ account, person: from }).lean<MembershipDoc[]>();
  for (const doc of moving) {
    const { workspace, _id } = doc;
    const kept = await MembershipModel.findOne({ account, workspace, person: into }).lean<MembershipDoc>();
    if (!kept) {
      await MembershipModel.updateOne({ account, _id }, { $set: { person: into, active: false } });
      continue;
    }
    await MembershipModel.deleteOne({ account, _id });
    const role = mergedRole(kept.role, doc.role);
    const licence = mergedLicence(kept.licence, doc.licence);
    const suspended = role !== 'primaryOwner' && (kept.suspended || doc.suspended);
    await MembershipModel.updateOne({ account, _id: kept._id }, { $set: { role, licence, suspended } });
    const detail = { merged: from, from: kept.role, to: role };
    await writeAudit({ account, workspace, by: into, action: 'member.merged', person: into, detail, at });
  }
  await nameMemberships(account, into);
  await settleActive(account, into);
}

/** The lower of the two wins, so that linking never raises anybody. But a workspace always keeps its primary owner. */
function mergedRole(one: Role, other: Role): Role {
  if (one === 'primaryOwner' || other === 'primaryOwner') return 'primaryOwner';
  return ROLES.indexOf(one) < ROLES.indexOf(other) ? one : other;
}

/** Of the two seats held the better one is kept: the other is free. */
function mergedLicence(one: Licence, other: Licence): Licence {
  return one === 'pro' || other === 'pro' ? 'pro' : 'standard';
}

/** An open invitation to where the person is, or is invited, already is taken back. */
async function mergeInvitations({ account, from, into }: Merge): Promise<void> {
  const open = await InvitationModel.find({ account, person: from, state: 'open' }).lean<InvitationDoc[]>();
  for (const { workspace, _id } of open) {
    const place = { account, workspace, person: into };
    const needless =
      (await MembershipModel.exists(place)) ?? (await InvitationModel.exists({ ...place, state: 'open' }));
    if (needless) await InvitationModel.updateOne({ account, _id }, { $set: { state: 'revoked' } });
  }
  const stale = await MembershipModel.find({ account, person: into }).lean<MembershipDoc[]>();
  for (const { workspace } of stale) {
    await InvitationModel.updateOne(
      { account, workspace, person: into, state: 'open' },
      { $set: { state: 'revoked' } },
    );
  }
  await InvitationModel.updateMany({ account, person: from }, { $set: { person: into } });
  await InvitationModel.updateMany({ account, invitedBy: from, state: 'open' }, { $set: { invitedBy: into } });
  await InvitationModel.updateMany({ account, approvedBy: from, state: 'open' }, { $set: { approvedBy: into } });
}

/** Of two pending requests for the same thing, one is withdrawn. */
async function mergeRequests({ account, from, into }: Merge): Promise<void> {
  const pending = await RequestModel.find({ account, by: from, state: 'pending' }).lean<RequestDoc[]>();
  for (const doc of pending) {
    const { fingerprint } = doc;
    const twin = await RequestModel.exists({ account, by: into, fingerprint, state: 'pending' });
    if (twin) await moveOn(doc, { state: 'withdrawn' });
  }
  await RequestModel.updateMany({ account, by: from }, { $set: { by: into } });
}

/** An offer from one to the other is over: they are the same now. */
async function mergeHandovers({ account, from, into, at }: Merge): Promise<void> {
  const open = await HandoverModel.find({ account, state: 'offered' }).lean<HandoverDoc[]>();
  const between = open.filter((offer) => [from, into].includes(offer.from) && [from, into].includes(offer.to));
  for (const { _id } of between) {
    await HandoverModel.updateOne({ account, _id, state: 'offered' }, { $set: { state: 'cancelled', endedAt: at } });
  }
  await HandoverModel.updateMany({ account, from }, { $set: { from: into } });
  await HandoverModel.updateMany({ account, to: from }, { $set: { to: into } });
}
