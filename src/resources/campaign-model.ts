import mongoose, { Schema } from 'mongoose';
import { CAMPAIGN_STATES, type Campaign, type CampaignStart } from './campaign.js';
import { type ClientRequest, clientRequestSchema, uniqueClientKey } from './client-request.js';
import { RESOURCE_FIELDS } from './resource-model.js';

/** `_id` is the campaign's id, and that of its hold in the ledger. */
export interface CampaignRow extends Omit<Campaign, 'id'> {
  _id: string;
  foldedName: string;
  /** The click or call that made it. */
  client: ClientRequest;
  /** When its start or end was last set going: what has no outcome long after was cut off. */
  askedAt?: Date;
  /** Whether its owner has heard of its end. */
  told: boolean;
}

const start = new Schema<CampaignStart>(
  {
    by: { type: String, required: true },
    approvedBy: String,
    at: { type: Date, required: true },
    template: { type: String, required: true },
    list: { type: String, required: true },
    sendAt: Date,
    contacts: { type: Number, required: true, min: 1 },
    item: { type: String, required: true },
    priceMicro: { type: Number, required: true },
    estimateMinor: { type: Number, required: true, min: 0, validate: Number.isSafeInteger },
  },
  { _id: false, strict: 'throw' },
);

const campaign = new Schema<CampaignRow>(
  {
    ...RESOURCE_FIELDS,
    client: { type: clientRequestSchema, required: true },
    template: { type: String, required: true },
    list: { type: String, required: true },
    sendAt: Date,
    state: { type: String, enum: CAMPAIGN_STATES, required: true },
    owner: { type: String, required: true },
    start,
    endedBy: String,
    endedByKey: String,
    endedAt: Date,
    spentMinor: Number,
    askedAt: Date,
    told: { type: Boolean, required: true },
  },
  { collection: 'campaigns', versionKey: false, strict: 'throw' },
);
campaign.index({ account: 1, workspace: 1, foldedName: 1 }, { unique: true });
campaign.index({ account: 1, workspace: 1, archived: 1, _id: 1 });
uniqueClientKey(campaign);
campaign.index({ account: 1, workspace: 1, owner: 1 });
campaign.index({ account: 1, workspace: 1, 'start.at': 1 }, { partialFilterExpression: { state: 'running' } });
campaign.index({ askedAt: 1 }, { partialFilterExpression: { state: { $in: ['starting', 'ending'] } } });
campaign.index({ endedAt: 1 }, { partialFilterExpression: { told: false }, name: 'untold' });

export const CampaignModel = mongoose.model<CampaignRow>('Campaign', campaign);
export const CAMPAIGN = { model: CampaignModel, word: 'campaign' } as const;

export function toCampaign(row: CampaignRow): Campaign {
  const { _id: id, foldedName: _folded, client: _client, askedAt: _asked, told: _told, ...rest } = row;
  return { id, ...rest };
}
