import mongoose from 'mongoose';
import type { Ledger } from '../ledger/entry.js';
import { holdKey } from '../ledger/hold-lines.js';
import type { Moves } from '../ledger/moves.js';
import { getWorkspace } from '../workspace/workspaces.js';
import type { Campaign } from './campaign.js';
import { CampaignModel, type CampaignRow, toCampaign } from './campaign-model.js';
import { releaseHold } from './end-campaign.js';
import { giveUpStart, settleEnded, settleStarted } from './settle-campaign.js';

type Money = Pick<Ledger, 'entry' | 'totals'> & Pick<Moves, 'void'>;

/**
 * For the sweep: starts and ends that were cut off, settled by what the ledger has of them. One that cannot be settled
 * goes to `onTrouble` and stops no other.
 */
export async function settleCutOffCampaigns(
  ledger: Money,
  how: { before: Date; at: Date; limit: number; onTrouble: (campaign: string, error: unknown) => void },
): Promise<number> {
  const rows = await CampaignModel.find({
    state: mongoose.trusted({ $in: ['starting', 'ending'] }),
    askedAt: mongoose.trusted({ $lte: how.before }),
  })
    .sort({ askedAt: 1 })
    .limit(how.limit)
    .lean<CampaignRow[]>();
  for (const row of rows) {
    await settleFromLedger(ledger, row, how.at).catch((error: unknown) => how.onTrouble(row._id, error));
  }
  return rows.length;
}

/** Long after it was asked, a hold that is not there never comes: the ledger gives up within seconds. */
async function settleFromLedger(ledger: Money, row: CampaignRow, at: Date): Promise<void> {
  const workspace = await getWorkspace(row.account, row.workspace);
  if (!workspace) throw new Error(`campaign ${row._id} has lost its workspace`);
  const { currency } = workspace;
  if (row.state === 'ending') {
    await releaseHold(ledger, row, at);
    await settleEnded(ledger, row, { currency, at });
    return;
  }
  const isHeld = row.start?.estimateMinor === 0 || (await ledger.entry(row.workspace, holdKey.reserve(row._id)));
  if (isHeld) await settleStarted(row, currency);
  else await giveUpStart(row);
}

/** Campaigns of whose end their owners have not heard, of every account: for the notices' sweep. */
export async function untoldCampaigns(limit: number): Promise<Campaign[]> {
  const rows = await CampaignModel.find({ told: false }).sort({ endedAt: 1 }).limit(limit).lean<CampaignRow[]>();
  return rows.map(toCampaign);
}

/** Says that its end is told; inside a transaction it joins that one. False: it was told. */
export async function markCampaignTold({ account, workspace, id }: Campaign): Promise<boolean> {
  const of = { account, workspace, _id: id, told: false };
  return (await CampaignModel.updateOne(of, { $set: { told: true } })).modifiedCount === 1;
}
