import mongoose from 'mongoose';
import { fold } from '../workspace/fold.js';
import type { CampaignId } from './campaign.js';
import { CampaignModel, type CampaignRow } from './campaign-model.js';
import type { Place } from './resource-page.js';

/** What usage of a campaign is booked under, and out of which hold. */
export interface CampaignOfUsage {
  name: string;
  hold: CampaignId;
}

/**
 * The started campaigns among what usage names as its resource: by id or by name, whatever its case. Ended ones too:
 * what is reported late is still theirs, though their hold is closed.
 */
export async function campaignsOfUsage(
  { account, workspace }: Place,
  resources: readonly string[],
): Promise<ReadonlyMap<string, CampaignOfUsage>> {
  const named = resources.map((resource) => [resource, fold(resource)] as const);
  const rows = await CampaignModel.find(
    {
      account,
      workspace,
      $or: [
        { _id: mongoose.trusted({ $in: [...resources] }) },
        { foldedName: mongoose.trusted({ $in: named.map(([, folded]) => folded) }) },
      ],
      state: mongoose.trusted({ $ne: 'draft' }),
    },
    { name: 1, foldedName: 1 },
  ).lean<Pick<CampaignRow, '_id' | 'name' | 'foldedName'>[]>();
  const known = new Map(rows.flatMap((row) => [[row._id, row] as const, [row.foldedName, row] as const]));
  return new Map(
    named.flatMap(([resource, folded]) => {
      const row = known.get(resource) ?? known.get(folded);
      return row ? [[resource, { name: row.name, hold: row._id }] as const] : [];
    }),
  );
}
