import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import { type AccountDoc, AccountModel } from './account-model.js';
import { activate, lockMemberships, placesOf, settleActive } from './active.js';
import { writeAudit } from './audit.js';
import type { AccountId, Membership, PersonId, PlaceChange, WorkspaceId } from './entities.js';
import { assertFullMember } from './joining.js';
import { type InvitationDoc, InvitationModel } from './invitation-model.js';
import { type MemberChangeDoc, MemberChangeModel } from './member-change-model.js';
import { memberEvent } from './member-events.js';
import { nameMemberships } from './member-names.js';
import { type PersonDoc, PersonModel } from './person-model.js';
import { assertRank, nameOf, workspaceName } from './rank.js';
import { keepingCount, takeSeat } from './seats.js';
import { type MembershipDoc, MembershipModel, toMembership } from './workspace-model.js';

interface Undoing {
  account: AccountId;
  workspace: WorkspaceId;
  /** The id of an Undoable. */
  id: string;
  by: PersonId;
  at: Date;
}

/** What was taken back, and how the person stands now. */
export interface Undone {
  what: PlaceChange;
  person: PersonId;
  restored: Membership;
  /** What they held went to somebody when they were removed, and is still there. */
  handedOver: boolean;
}

/**
 * Takes one's own change of somebody's place back, if nobody has changed the same place since: role, licence or
 * suspension as it was; a removed member is in again, with their seat and the date they joined.
 * @throws Refusal noUndo, changedSince; rankGuard, noSeat, outsider as any change
 */
export function undoMemberChange(undoing: Undoing): Promise<Undone> {
  const { account, workspace, id, by, at } = undoing;
  return inTransaction(async () => {
    const change = await MemberChangeModel.findOne({ account, _id: id, workspace, by }).lean<MemberChangeDoc>();
    if (!change) return refuse({ kind: 'noUndo', why: 'unknown', what: 'member' });
    if (change.state === 'undone') return refuse({ kind: 'noUndo', why: 'undone', what: 'member' });
    if (change.undoUntil < at) return refuse({ kind: 'noUndo', why: 'tooLate', what: 'member' });
    const { person, what } = change;
    await lockMemberships(account, person);
    const former = await unchangedSince(change);
    await assertRank(undoing, former, change.before.role);
    await MemberChangeModel.updateOne({ account, _id: id }, { $set: { state: 'undone' } });
    await keepingCount(account, [person], () => restore(change, former, at));
    await goBack(change);
    await writeAudit({ account, workspace, by, action: 'member.changeUndone', person, detail: { what }, at });
    const restored = await MembershipModel.findOne({ account, workspace, person }).lean<MembershipDoc>().orFail();
    await tellEndpoint(change, restored, at);
    return { what, person, restored: toMembership(restored), handedOver: change.handedTo !== undefined };
  });
}

async function tellEndpoint({ what, after }: MemberChangeDoc, restored: MembershipDoc, at: Date): Promise<void> {
  const { role, licence } = restored;
  switch (what) {
    case 'role':
      return memberEvent(restored, 'member.roleChanged', at, { role, ...(after && { was: after.role }) });
    case 'licence':
      return memberEvent(restored, 'member.licenceChanged', at, { licence, ...(after && { was: after.licence }) });
    case 'suspension':
      return memberEvent(restored, 'member.reactivated', at);
    case 'removal':
      return memberEvent(restored, 'member.joined', at, { role, licence });
  }
}

/** The membership as the change left it; of a removed member, as it was. Refuses where it is another by now. */
async function unchangedSince(change: MemberChangeDoc): Promise<MembershipDoc> {
  const { account, workspace, person, before, after } = change;
  const now = await MembershipModel.findOne({ account, workspace, person }).lean<MembershipDoc>();
  if (!after) {
    const { membership: _id, joinedAt } = change;
    return now || (await isMerged(change)) || (await isElsewhereAlone(change))
      ? refuseChanged(change)
      : { _id, account, workspace, person, joinedAt, ...before, active: false };
  }
  const same =
    now?._id === change.membership &&
    now.role === after.role &&
    now.licence === after.licence &&
    now.suspended === after.suspended;
  return same ? now : refuseChanged(change);
}

/** Somebody who linked their chats since is another person by now. */
async function isMerged({ account, person }: MemberChangeDoc): Promise<boolean> {
  const doc = await PersonModel.findOne({ account, _id: person }).lean<PersonDoc>().orFail();
  return doc.mergedInto !== undefined;
}

/** Where everybody is in one workspace at most, whoever joined another since is not moved back. */
async function isElsewhereAlone({ account, person }: MemberChangeDoc): Promise<boolean> {
  const { strictSingle } = await AccountModel.findOne({ _id: account }).lean<AccountDoc>().orFail();
  return strictSingle && (await MembershipModel.exists({ account, person })) !== null;
}

async function refuseChanged({ account, workspace, person }: MemberChangeDoc): Promise<never> {
  return refuse({
    kind: 'changedSince',
    name: await nameOf(account, person),
    workspaceName: await workspaceName({ account, workspace }),
    of: { person, workspace },
  });
}

async function restore(change: MemberChangeDoc, former: MembershipDoc, at: Date): Promise<void> {
  const { account, workspace, person, before, what } = change;
  const { role, licence, suspended } = before;
  if (what === 'removal') {
    await assertFullMember(account, person);
    await takeSeat({ account, workspace, licence, person });
    await MembershipModel.create({ ...former, role, licence, suspended });
    await takeBackInvitation(change, at);
    await nameMemberships(account, person);
    return;
  }
  if (what === 'licence') await takeSeat({ account, workspace, licence, person });
  await MembershipModel.updateOne({ account, workspace, person }, { $set: { role, licence, suspended } });
}

/** Whoever was invited anew meanwhile needs that invitation no more: it would be good for coming back by themselves. */
async function takeBackInvitation({ account, workspace, person, by }: MemberChangeDoc, at: Date): Promise<void> {
  const open = { account, workspace, person, state: 'open' as const };
  const doc = await InvitationModel.findOneAndUpdate(open, { $set: { state: 'revoked' } }).lean<InvitationDoc>();
  if (!doc) return;
  await writeAudit({ account, workspace, by, action: 'invitation.revoked', detail: { invitation: doc._id }, at });
}

/** Whom the change moved elsewhere is active here again, unless they have gone on by themselves. */
async function goBack({ account, workspace, person, before, movedTo }: MemberChangeDoc): Promise<void> {
  const places = await placesOf(account, person);
  const here = places.find(({ membership }) => membership.workspace === workspace);
  const active = places.find(({ membership }) => membership.active);
  if (here && before.active && movedTo && active?.membership.workspace === movedTo) await activate(here.membership);
  await settleActive(account, person);
}
