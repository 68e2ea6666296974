import type { AccountId, PersonId, WorkspaceId } from './entities.js';

export const HANDOVER_STATES = ['offered', 'accepted', 'declined', 'cancelled', 'expired'] as const;
export type HandoverState = (typeof HANDOVER_STATES)[number];

/** An offer of primary ownership: it moves when the owner to whom it is offered accepts. */
export interface Handover {
  id: string;
  account: AccountId;
  workspace: WorkspaceId;
  /** The primary owner who offers it. */
  from: PersonId;
  to: PersonId;
  state: HandoverState;
  offeredAt: Date;
  expiresAt: Date;
  endedAt?: Date;
}
