import { refuse } from '../refusal.js';
import type { AccountId, PersonId, Role, WorkspaceId } from './entities.js';
import { getPerson } from './people.js';
import { rankGuard } from './permissions.js';
import { type MembershipDoc, MembershipModel, type WorkspaceDoc, WorkspaceModel } from './workspace-model.js';

interface Place {
  account: AccountId;
  workspace: WorkspaceId;
}

/** What a change to somebody is done by. */
export interface Authority extends Place {
  by: PersonId;
  /** Who approved the request that this runs: their rank counts instead of the requester's. */
  approvedBy?: PersonId;
}

export async function nameOf(account: AccountId, person: PersonId): Promise<string> {
  return (await getPerson(account, person))?.name ?? 'Somebody';
}

/** The person's membership, or the refusal that they have none. */
export async function memberOf(where: Place & { person: PersonId }): Promise<MembershipDoc> {
  const { account, workspace, person } = where;
  const found = await MembershipModel.findOne({ account, workspace, person }).lean<MembershipDoc>();
  return (
    found ??
    refuse({
      kind: 'notMember',
      name: await nameOf(account, person),
      workspaceName: await workspaceName(where),
      person,
    })
  );
}

/** As memberOf, for one's own place, where one may not be suspended: a workspace that one is not in is not named. */
export async function ownMembership(where: Place & { person: PersonId }): Promise<MembershipDoc> {
  const { account, workspace, person } = where;
  const found = await MembershipModel.findOne({ account, workspace, person }).lean<MembershipDoc>();
  if (!found)
    return refuse({ kind: 'notMember', name: await nameOf(account, person), workspaceName: 'that workspace' });
  return found.suspended ? refuseSuspended(where) : found;
}

/** The role whose rank counts for a change. Refuses whoever is not a member there, or suspended. */
export async function roleOfAuthority({ account, workspace, by, approvedBy }: Authority): Promise<Role> {
  return (await ownMembership({ account, workspace, person: approvedBy ?? by })).role;
}

/** The part of a refusal that names the role which was to be given. */
export function tooHigh(newRole: Role | undefined): { newRole?: Exclude<Role, 'member'> } {
  return newRole && newRole !== 'member' ? { newRole } : {};
}

/** Refuses to act on somebody above the authority, or to give a role above its own. */
export async function assertRank(authority: Authority, target: MembershipDoc, newRole?: Role): Promise<void> {
  const actor = await roleOfAuthority(authority);
  if (!rankGuard(actor, target.role, newRole)) {
    const targetName = await nameOf(target.account, target.person);
    refuse({ kind: 'rankGuard', targetName, ...(rankGuard(actor, target.role) && tooHigh(newRole)) });
  }
}

/** The member, or the refusal to touch them: the primary owner, who hands over instead, or by the rank guard. */
export async function changeableMember(
  authority: Authority & { person: PersonId },
  newRole?: Role,
): Promise<MembershipDoc> {
  const target = await memberOf(authority);
  if (target.role === 'primaryOwner') await refusePrimaryOwner(target, authority.by);
  await assertRank(authority, target, newRole);
  return target;
}

/** The workspace, or the refusal that it is disabled. One that is not there at all is a mistake of the caller. */
export async function usableWorkspace({ account, workspace }: Place): Promise<WorkspaceDoc> {
  const found = await WorkspaceModel.findOne({ account, _id: workspace }).lean<WorkspaceDoc>().orFail();
  if (found.status === 'active') return found;
  return refuse({
    kind: 'workspaceDisabled',
    workspaceName: found.name,
    ownerName: await primaryOwnerName({ account, workspace }),
  });
}

async function refuseSuspended(where: Place): Promise<never> {
  return refuse({
    kind: 'suspended',
    workspaceName: await workspaceName(where),
    ownerName: await primaryOwnerName(where),
  });
}

/** `reader`: who is told. */
export async function refusePrimaryOwner(target: MembershipDoc, reader?: PersonId): Promise<never> {
  return refuse({
    kind: 'primaryOwnerStays',
    name: await nameOf(target.account, target.person),
    workspaceName: await workspaceName(target),
    ...(reader === target.person && { own: target.workspace }),
  });
}

export async function workspaceName({ account, workspace }: Place): Promise<string> {
  const found = await WorkspaceModel.findOne({ account, _id: workspace }).lean<WorkspaceDoc>();
  return found?.name ?? 'that workspace';
}

async function primaryOwnerName({ account, workspace }: Place): Promise<string> {
  const found = await MembershipModel.findOne({ account, workspace, role: 'primaryOwner' }).lean<MembershipDoc>();
  return found ? nameOf(account, found.person) : 'its owner';
}
