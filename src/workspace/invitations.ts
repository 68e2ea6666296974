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

export async function invite(_inviting: {
  account: Account;
  workspace: WorkspaceId;
  to: { person: PersonId } | { email: string };
  role: Role;
  licence: Licence;
  by: PersonId;
  /** Who approved the request that this runs: the rank guard looks at their rank instead of the requester's. */
  approvedBy?: PersonId;
  at: Date;
}): Promise<{ invitation: Invitation; token?: string }> {
  throw new Error('not built yet');
}

export async function openInvitationsOf(_account: AccountId, _person: PersonId, _at: Date): Promise<Invitation[]> {
  throw new Error('not built yet');
}

export async function openInvitationsIn(
  _account: AccountId,
  _workspace: WorkspaceId,
  _at: Date,
): Promise<Invitation[]> {
  throw new Error('not built yet');
}

export async function joinByInvitation(_joining: {
  account: AccountId;
  person: PersonId;
  /** Without it: the newest open one of the person. */
  invitation?: string;
  at: Date;
}): Promise<{ workspace: Workspace; membership: Membership; invitation: Invitation }> {
  throw new Error('not built yet');
}

export async function invitationByToken(
  _token: string,
): Promise<{ invitation: Invitation; workspace: Workspace; account: Account } | undefined> {
  throw new Error('not built yet');
}

export async function bindInvitation(_binding: { token: string; person: PersonId; at: Date }): Promise<Invitation> {
  throw new Error('not built yet');
}

export async function revokeInvitation(_revoking: {
  account: AccountId;
  invitation: string;
  by: PersonId;
  at: Date;
}): Promise<Invitation> {
  throw new Error('not built yet');
}

export async function expireInvitations(_at: Date): Promise<Invitation[]> {
  throw new Error('not built yet');
}
