import mongoose from 'mongoose';
import type { AccountId, WorkspaceId } from '../workspace/entities.js';
import type { Campaign, CampaignId, CampaignStart, CampaignState } from './campaign.js';
import { CampaignModel, type CampaignRow, toCampaign } from './campaign-model.js';
import {
  meantFilter,
  pageOf,
  type Place,
  type ReadingOn,
  readingOnFilter,
  resourceFilter,
  type ResourceQuery,
} from './resource-page.js';

/** What a list shows: states that people tell apart. */
export const CAMPAIGN_FILTERS = ['draft', 'running', 'ended', 'archived'] as const;
export type CampaignFilter = (typeof CAMPAIGN_FILTERS)[number];

const STATES: Readonly<Record<Exclude<CampaignFilter, 'archived'>, readonly CampaignState[]>> = {
  draft: ['draft', 'starting'],
  running: ['running', 'ending'],
  ended: ['ended'],
};

export async function getCampaign(
  account: AccountId,
  workspace: WorkspaceId,
  id: CampaignId,
): Promise<Campaign | undefined> {
  const row = await CampaignModel.findOne({ account, workspace, _id: id }).lean<CampaignRow>();
  return row ? toCampaign(row) : undefined;
}

/** By id or name, whatever its case; archived ones too, as their names stay taken. */
export async function campaignMeant(place: Place, idOrName: string): Promise<Campaign | undefined> {
  const row = await CampaignModel.findOne(meantFilter(place, idOrName)).lean<CampaignRow>();
  return row ? toCampaign(row) : undefined;
}

/** Newest first. */
export async function findCampaigns(
  query: Omit<ResourceQuery, 'archived'> & { filter?: CampaignFilter },
): Promise<{ campaigns: Campaign[]; more: boolean }> {
  const { filter, limit, ...of } = query;
  const rows = await CampaignModel.find({
    ...resourceFilter({ ...of, limit, archived: filter === 'archived' }),
    ...(filter && filter !== 'archived' && { state: mongoose.trusted({ $in: STATES[filter] }) }),
  })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean<CampaignRow[]>();
  const { page, more } = pageOf(rows, limit);
  return { campaigns: page.map(toCampaign), more };
}

/** Oldest first, from after an id on: for programs that read all of them. */
export async function campaignsAfter(query: ReadingOn): Promise<Campaign[]> {
  const rows = await CampaignModel.find(readingOnFilter(query))
    .sort({ _id: 1 })
    .limit(query.limit)
    .lean<CampaignRow[]>();
  return rows.map(toCampaign);
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

/** How many there are that are not archived. */
export function campaignCount({ account, workspace }: Place): Promise<number> {
  return CampaignModel.countDocuments({ account, workspace, archived: false });
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
