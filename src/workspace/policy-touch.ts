import mongoose from 'mongoose';
import { isAt } from './admission.js';
import type { AccountId, PersonId, WorkspaceId } from './entities.js';
import { parseIdentityKey, type TenantKey, tenantKey } from './identity.js';
import { type InvitationDoc, InvitationModel } from './invitation-model.js';
import { openAt } from './invitation-state.js';
import { peopleByIds } from './people.js';
import { type IdentityDoc, IdentityModel } from './person-model.js';
import { type MembershipDoc, MembershipModel } from './workspace-model.js';

interface Place {
  account: AccountId;
  workspace: WorkspaceId;
}

/** Names of the members with no verified address at one of these domains. */
export async function membersElsewhere(place: Place, domains: readonly string[]): Promise<string[]> {
  return membersWithout(place, ({ verifiedEmail }) => verifiedEmail !== undefined && isAt(verifiedEmail, domains));
}

/** Names of the members with no identity in one of these chats. */
export async function membersFromOutside(place: Place, tenants: readonly TenantKey[]): Promise<string[]> {
  return membersWithout(place, ({ key, standing }) => {
    const identity = parseIdentityKey(key);
    return identity !== undefined && standing !== 'deactivated' && tenants.includes(tenantKey(identity));
  });
}

/** Addresses with an open invitation that are at none of these domains. */
export async function invitedElsewhere(place: Place, domains: readonly string[], at: Date): Promise<string[]> {
  const { account, workspace } = place;
  const mailed = { account, workspace, email: mongoose.trusted({ $exists: true }), ...openAt(at) };
  const open = await InvitationModel.find(mailed).sort({ email: 1 }).lean<InvitationDoc[]>();
  return open.flatMap(({ email }) => (email !== undefined && !isAt(email, domains) ? email : []));
}

/** Names of the members of whose identities none is such, by name. */
async function membersWithout(
  { account, workspace }: Place,
  isSuch: (identity: IdentityDoc) => boolean,
): Promise<string[]> {
  const members = await MembershipModel.find({ account, workspace }, { person: 1 }).lean<
    Pick<MembershipDoc, 'person'>[]
  >();
  const people: PersonId[] = members.map(({ person }) => person);
  const identities = await IdentityModel.find({ account, person: mongoose.trusted({ $in: people }) }).lean<
    IdentityDoc[]
  >();
  const such = new Set(identities.filter(isSuch).map(({ person }) => person));
  const others = people.filter((person) => !such.has(person));
  const known = await peopleByIds(account, others);
  return others.flatMap((person) => known.get(person)?.name ?? []).toSorted((a, b) => a.localeCompare(b, 'en'));
}
