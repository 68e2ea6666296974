import { newId } from '../id.js';
import { refuse } from '../refusal.js';
import { type AccountDoc, AccountModel } from './account-model.js';
import { lockMemberships, placesOf, settleActive } from './active.js';
import { writeAudit } from './audit.js';
import type { AccountId, Licence, Membership, PersonId, Role } from './entities.js';
import { memberEvent } from './member-events.js';
import { nameMemberships } from './member-names.js';
import { type IdentityDoc, IdentityModel } from './person-model.js';
import { nameOf, refusePrimaryOwner } from './rank.js';
import { keepingCount, takeSeat } from './seats.js';
import { type MembershipDoc, MembershipModel, toMembership, type WorkspaceDoc } from './workspace-model.js';

/**
 * Adds the person to the workspace, in the surrounding transaction. The first membership becomes the active one; a
 * later one leaves the person where they are, if it is open to them. In an account set to `strictSingle` it moves them:
 * `left` is what they were moved out of.
 */
export async function addMember(
  workspace: WorkspaceDoc,
  joining: { person: PersonId; role: Role; licence: Licence; handedTo?: PersonId; at: Date },
): Promise<{ membership: Membership; left: WorkspaceDoc[] }> {
  const { account } = workspace;
  const { person, role, licence, handedTo, at } = joining;
  await lockMemberships(account, person);
  const { strictSingle } = await AccountModel.findOne({ _id: account }).lean<AccountDoc>().orFail();
  const others = await placesOf(account, person);
  if (others.some(({ membership }) => membership.workspace === workspace._id)) {
    refuse({ kind: 'alreadyMember', name: await nameOf(account, person), workspaceName: workspace.name, person });
  }
  if (strictSingle) {
    for (const { membership } of others) await moveOut(membership, { ...(handedTo && { handedTo }) }, at);
  }
  await takeSeat({ account, workspace: workspace._id, person, licence });
  const doc: MembershipDoc = {
    _id: newId('m', at),
    account,
    workspace: workspace._id,
    person,
    role,
    licence,
    active: false,
    suspended: false,
    joinedAt: at,
    workspaceName: workspace.foldedName,
  };
  await keepingCount(account, [person], () => MembershipModel.create(doc));
  await nameMemberships(account, person);
  const active = (await settleActive(account, person))?._id === workspace._id;
  await memberEvent(doc, 'member.joined', at, { role, licence });
  const left = strictSingle ? others.map((other) => other.workspace) : [];
  return { membership: toMembership({ ...doc, active }), left };
}

async function moveOut(membership: MembershipDoc, handed: { handedTo?: PersonId }, at: Date): Promise<void> {
  const { account, workspace, person, role } = membership;
  if (role === 'primaryOwner') await refusePrimaryOwner(membership, person);
  await keepingCount(account, [person], () => MembershipModel.deleteOne({ account, workspace, person }));
  const detail = { moved: true, ...handed };
  await writeAudit({ account, workspace, by: person, action: 'member.left', person, detail, at });
  await memberEvent(membership, 'member.left', at);
}

/** Refuses guests, outsiders, bots and deactivated users: one identity that is a full member of its tenant is enough. */
export async function assertFullMember(account: AccountId, person: PersonId): Promise<void> {
  const identities = await IdentityModel.find({ account, person }).lean<IdentityDoc[]>();
  const standings = identities.map(({ standing }) => standing);
  if (standings.includes('full')) return;
  const [who] = standings;
  if (!who || who === 'full') return refuse({ kind: 'otherAccount', name: await nameOf(account, person) });
  const { name, owner } = await AccountModel.findOne({ _id: account }).lean<AccountDoc>().orFail();
  refuse({ kind: 'outsider', accountName: name, who, ownerName: await nameOf(account, owner) });
}
