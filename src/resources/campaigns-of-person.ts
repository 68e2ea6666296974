import mongoose from 'mongoose';
import { inTransaction } from '../mongo.js';
import { writeAudit } from '../workspace/audit.js';
import type { AccountId, PersonId } from '../workspace/entities.js';
import type { Handing, Held, Holder } from '../workspace/holding.js';
import { CampaignModel, type CampaignRow } from './campaign-model.js';
import type { Place } from './resource-page.js';

const held = ({ account, workspace }: Place, owner: PersonId) => ({
  account,
  workspace,
  owner,
  state: mongoose.trusted({ $ne: 'ended' as const }),
  archived: false,
});

/** The campaigns that somebody answers for and that are not over, newest first. */
export async function heldBy(of: Holder): Promise<Held[]> {
  const rows = await CampaignModel.find(held(of, of.person)).sort({ _id: -1 }).lean<CampaignRow[]>();
  return rows.map(({ _id: id, name }) => ({ id, name }));
}

/** Somebody else of the workspace answers for all of them from now on; resolves with how many. Joins a transaction. */
export async function handTo(change: Handing): Promise<number> {
  const { account, workspace, from, to, by, at } = change;
  return inTransaction(async () => {
    const campaigns = await heldBy({ account, workspace, person: from });
    for (const { id, name } of campaigns) {
      await CampaignModel.updateOne(
        { account, workspace, _id: id },
        { $set: { owner: to, changedAt: at }, $inc: { version: 1 } },
      );
      const detail = { campaign: id, name, from };
      await writeAudit({ account, workspace, by, action: 'campaign.handedOver', person: to, detail, at });
    }
    return campaigns.length;
  });
}

/** Before two people become one, in the surrounding transaction: what `from` answers for, `into` does from then on. */
export async function mergeCampaigns(merge: { account: AccountId; from: PersonId; into: PersonId }): Promise<void> {
  const { account, from, into } = merge;
  await CampaignModel.updateMany({ account, owner: from }, { $set: { owner: into } });
}
