import type { Minor } from '../ledger/entry.js';
import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';

export type CampaignId = string;

export const CAMPAIGN_STATES = ['draft', 'starting', 'running', 'ending', 'ended'] as const;

/**
 * starting, ending: the intent stands, what the ledger made of it is not written down yet. running: its estimate is set
 * aside and the engine knows of it. ended: what was left of the estimate is free again.
 */
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

/** What was decided when it was started: it stays as it was, whatever becomes of list, template and prices. */
export interface CampaignStart {
  by: PersonId;
  approvedBy?: PersonId;
  at: Date;
  template: string;
  list: string;
  sendAt?: Date;
  contacts: number;
  item: string;
  priceMicro: number;
  /** Set aside in a hold that has the campaign's id; none where it is 0. */
  estimateMinor: Minor;
}

/** A template sent to a contact list, at once or at a time. */
export interface Campaign {
  id: CampaignId;
  account: AccountId;
  workspace: WorkspaceId;
  /** Unique in the workspace for ever: what is spent on the campaign carries it. */
  name: string;
  template: string;
  list: string;
  /** When the engine is to send it; at once after the start where absent. */
  sendAt?: Date;
  state: CampaignState;
  /** Who answers for it, and hears of its end. */
  owner: PersonId;
  /** Raised by every change. */
  version: number;
  createdBy: PersonId;
  createdAt: Date;
  changedAt: Date;
  archived: boolean;
  /** From the moment it is being started. */
  start?: CampaignStart;
  endedBy?: PersonId;
  /** The API key by which the engine ended it. */
  endedByKey?: string;
  endedAt?: Date;
  /** From its start to its end. */
  spentMinor?: Minor;
}
