import type { Ledger } from '../ledger/entry.js';
import type { Account, AccountId, PersonId, Workspace, WorkspaceId } from './entities.js';

export async function createWorkspace(_new: {
  ledger: Ledger;
  account: Account;
  name: string;
  primaryOwner: PersonId;
  by: PersonId;
  at: Date;
}): Promise<Workspace> {
  throw new Error('not built yet');
}

interface Change {
  account: AccountId;
  workspace: WorkspaceId;
  by: PersonId;
  at: Date;
}

export async function renameWorkspace(_change: Change & { name: string }): Promise<Workspace> {
  throw new Error('not built yet');
}

export async function disableWorkspace(_change: Change): Promise<Workspace> {
  throw new Error('not built yet');
}

export async function enableWorkspace(_change: Change): Promise<Workspace> {
  throw new Error('not built yet');
}

export async function getWorkspace(_account: AccountId, _id: WorkspaceId): Promise<Workspace | undefined> {
  throw new Error('not built yet');
}

export async function workspacesOfAccount(_account: AccountId): Promise<Workspace[]> {
  throw new Error('not built yet');
}
