import type { AccountId, Licence, Membership, Person, PersonId, Role, Workspace, WorkspaceId } from './entities.js';

/** A person's place in one workspace. */
export interface Seat {
  workspace: Workspace;
  membership: Membership;
}

export interface MemberPage {
  members: { person: Person; membership: Membership }[];
  total: number;
}

interface Change {
  account: AccountId;
  workspace: WorkspaceId;
  person: PersonId;
  by: PersonId;
  /** Who approved the request that this runs: the rank guard looks at their rank instead of the requester's. */
  approvedBy?: PersonId;
  at: Date;
}

/** What a change of membership came to. `active` is the workspace the person is active in now, if any. */
export interface Departure {
  before: Membership;
  active?: Workspace;
}

export async function membershipsOf(_account: AccountId, _person: PersonId): Promise<Seat[]> {
  throw new Error('not built yet');
}

export async function membership(
  _account: AccountId,
  _workspace: WorkspaceId,
  _person: PersonId,
): Promise<Membership | undefined> {
  throw new Error('not built yet');
}

export async function membersOf(_query: {
  account: AccountId;
  workspace: WorkspaceId;
  role?: Role;
  search?: string;
  offset: number;
  limit: number;
}): Promise<MemberPage> {
  throw new Error('not built yet');
}

export async function holdersOf(
  _account: AccountId,
  _workspace: WorkspaceId,
  _roles: readonly Role[],
): Promise<Person[]> {
  throw new Error('not built yet');
}

export async function switchActive(_to: {
  account: AccountId;
  person: PersonId;
  workspace: WorkspaceId;
  at: Date;
}): Promise<{ before?: WorkspaceId; after: Seat }> {
  throw new Error('not built yet');
}

export async function changeRole(_change: Change & { role: Role }): Promise<{ before: Role; after: Membership }> {
  throw new Error('not built yet');
}

export async function removeMember(_change: Change & { reason?: string }): Promise<Departure> {
  throw new Error('not built yet');
}

export async function leaveWorkspace(_leaving: {
  account: AccountId;
  workspace: WorkspaceId;
  person: PersonId;
  at: Date;
}): Promise<Departure> {
  throw new Error('not built yet');
}

export async function suspendMember(_change: Change & { reason?: string }): Promise<Departure> {
  throw new Error('not built yet');
}

export async function reactivateMember(_change: Change): Promise<Membership> {
  throw new Error('not built yet');
}

/** Distinct people per licence over the whole account. */
export async function seatsUsed(_account: AccountId): Promise<Record<Licence, number>> {
  throw new Error('not built yet');
}
