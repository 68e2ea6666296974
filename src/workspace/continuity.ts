import type { AccountId, PersonId, WorkspaceId } from './entities.js';

export const CONTINUITY_STATES = ['open', 'settled', 'back'] as const;

/**
 * The primary owner of a workspace has no chat account that works: somebody else is to take over. `settled`: somebody
 * did. `back`: the account works again.
 */
export interface Continuity {
  id: string;
  account: AccountId;
  workspace: WorkspaceId;
  /** The primary owner who is gone. */
  person: PersonId;
  state: (typeof CONTINUITY_STATES)[number];
  openedAt: Date;
  endedAt?: Date;
}
