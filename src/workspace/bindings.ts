import type { AccountId, Binding, PersonId, WorkspaceId } from './entities.js';
import type { Platform } from './identity.js';

export type Purpose = Binding['purposes'][number];

export interface ChatChannel {
  platform: Platform;
  tenant: string;
  channel: string;
}

export async function bindChannel(
  _binding: ChatChannel & {
    account: AccountId;
    workspace: WorkspaceId;
    channelName: string;
    purposes: readonly Purpose[];
    by: PersonId;
    at: Date;
  },
): Promise<Binding> {
  throw new Error('not built yet');
}

/** Undefined where it was not bound. */
export async function unbindChannel(
  _which: ChatChannel & { account: AccountId; workspace: WorkspaceId; by: PersonId; at: Date },
): Promise<Binding | undefined> {
  throw new Error('not built yet');
}

export async function bindingsOf(_account: AccountId, _workspace: WorkspaceId, _purpose?: Purpose): Promise<Binding[]> {
  throw new Error('not built yet');
}

export async function workspacesBoundTo(_account: AccountId, _channel: ChatChannel): Promise<WorkspaceId[]> {
  throw new Error('not built yet');
}
