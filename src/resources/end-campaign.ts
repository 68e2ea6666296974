import type { Ledger } from '../ledger/entry.js';
import type { Moves } from '../ledger/moves.js';
import { refuse } from '../refusal.js';
import type { PersonId, Workspace } from '../workspace/entities.js';
import type { Campaign, CampaignId } from './campaign.js';
import { CampaignModel, type CampaignRow, toCampaign } from './campaign-model.js';
import { refuseState } from './change-campaign.js';
import { currentRow, moveCampaign, settleEnded } from './settle-campaign.js';

type Money = Pick<Ledger, 'totals'> & Pick<Moves, 'void'>;

/**
 * Ends a running campaign: the intent first, then what is left of its hold is released, then that it has ended, with its
 * audit line and event. Ending one that has ended changes nothing. What is reported of it later counts against the
 * balance.
 * @throws Refusal unknownResource, campaignState; LedgerBusy and OutcomeUnknown of the ledger
 */
export async function endCampaign(
  ledger: Money,
  order: { workspace: Workspace; id: CampaignId; by: PersonId; byKey?: string; at: Date },
): Promise<Campaign> {
  const { workspace, id, by, byKey, at } = order;
  const { account } = workspace;
  const row = await CampaignModel.findOne({ account, workspace: workspace.id, _id: id }).lean<CampaignRow>();
  if (!row) return refuse({ kind: 'unknownResource', what: 'campaign', typed: '', nearest: [] });
  if (row.state === 'draft' || row.state === 'starting') return refuseState(toCampaign(row), 'end');
  const wanted = {
    state: 'ending',
    endedBy: by,
    askedAt: at,
    ...(byKey !== undefined && { endedByKey: byKey }),
  } as const;
  const intent = (await moveCampaign(row, ['running'], wanted)) ?? (await currentRow(row));
  if (intent.state !== 'ending') return toCampaign(intent);
  await releaseHold(ledger, intent, at);
  return toCampaign(await settleEnded(ledger, intent, { currency: workspace.currency, at }));
}

/** Gives back what is left; all of it may be spent, and a campaign that costs nothing has none. */
export async function releaseHold(ledger: Pick<Moves, 'void'>, row: CampaignRow, at: Date): Promise<void> {
  const { outcome } = await ledger.void({ wallet: row.workspace, hold: row._id, at });
  switch (outcome) {
    case 'posted':
    case 'duplicate':
    case 'holdClosed':
    case 'unknownHold':
      return;
    case 'conflict':
    case 'insufficient':
    case 'exceedsHold':
    case 'unknownWallet':
      throw new Error(`releasing the hold of campaign ${row._id} answered ${outcome}`);
  }
}
