import type { Minor } from '../ledger/entry.js';
import type { ChatOrigin } from './chat-origin.js';
import type { AccountId, PersonId, WorkspaceId } from './entities.js';

export const TRANSFER_STATES = ['asked', 'moved', 'notMoved', 'undoing', 'undone'] as const;

/**
 * asked: the intent stands, the outcome is not known yet. moved: both wallets have their line. notMoved: nothing was
 * moved; the same key may try again. undoing, undone: taken back by lines that name the first ones.
 */
export type TransferState = (typeof TRANSFER_STATES)[number];

/** Balance on its way from one workspace to another, written before the ledger hears of it. */
export interface TransferRecord {
  id: string;
  account: AccountId;
  from: WorkspaceId;
  to: WorkspaceId;
  amountMinor: Minor;
  currency: string;
  by: PersonId;
  approvedBy?: PersonId;
  /** Where in chat it was asked for. */
  origin?: ChatOrigin;
  state: TransferState;
  /** The balances as the last of its lines left them. */
  fromBalanceMinor?: Minor;
  toBalanceMinor?: Minor;
  movedAt?: Date;
  undoUntil?: Date;
  undoBy?: PersonId;
  undoneAt?: Date;
  /** Whether both workspaces' channels have heard of the state. */
  told: boolean;
}
