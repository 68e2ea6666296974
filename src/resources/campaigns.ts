import mongoose from 'mongoose';
import type { Campaign, CampaignId, CampaignStart, CampaignState } from './campaign.js';
import { CampaignModel, type CampaignRow, toCampaign } from './campaign-model.js';
import type { Place, ResourceQuery } from './resource-page.js';
import { type Found, resourceReading } from './resource-reading.js';

/** What a list shows: states that people tell apart. */
export const CAMPAIGN_FILTERS = ['draft', 'running', 'ended', 'archived'] as const;
export type CampaignFilter = (typeof CAMPAIGN_FILTERS)[number];

const STATES: Readonly<Record<Exclude<CampaignFilter, 'archived'>, readonly CampaignState[]>> = {
  draft: ['draft', 'starting'],
  running: ['running', 'ending'],
  ended: ['ended'],
};

const reading = resourceReading(CampaignModel, toCampaign);
export const { get: getCampaign, meant: campaignMeant, count: campaignCount, after: campaignsAfter } = reading;

/** Newest first. */
export function findCampaigns(
  query: Omit<ResourceQuery, 'archived'> & { filter?: CampaignFilter },
): Promise<Found<Campaign>> {
  const { filter, ...of } = query;
  const inState = filter && filter !== 'archived' && { state: mongoose.trusted({ $in: STATES[filter] }) };
  return reading.find({ ...of, archived: filter === 'archived' }, { ...inState });
}

/** Those that run since before then, whatever time they were to be sent at, the longest first. */
export async function runningSinceBefore(
  { account, workspace }: Place,
  then: Date,
  limit: number,
): Promise<(Campaign & { start: CampaignStart })[]> {
  const before = mongoose.trusted({ $lt: then });
  const sent = mongoose.trusted({ $not: { $gte: then } });
  const rows = await CampaignModel.find({
    account,
    workspace,
    state: 'running',
    'start.at': before,
    'start.sendAt': sent,
  })
    .sort({ 'start.at': 1 })
    .limit(limit)
    .lean<CampaignRow[]>();
  return rows.flatMap((row) => (row.start ? [{ ...toCampaign(row), start: row.start }] : []));
}

/** Campaigns that still go by a contact list or a template: drafts, and those under way. */
export async function campaignsUsing(of: Place & { resource: string }): Promise<{ id: CampaignId; name: string }[]> {
  const { account, workspace, resource } = of;
  const rows = await CampaignModel.find({
    account,
    workspace,
    $or: [{ template: resource }, { list: resource }],
    state: mongoose.trusted({ $ne: 'ended' }),
    archived: false,
  })
    .sort({ _id: -1 })
    .lean<CampaignRow[]>();
  return rows.map(({ _id: id, name }) => ({ id, name }));
}
