import type { Ledger, Minor } from '../ledger/entry.js';
import type { Moves } from '../ledger/moves.js';
import { refuse } from '../refusal.js';
import type { PersonId, Workspace } from '../workspace/entities.js';
import type { Campaign, CampaignId, CampaignStart } from './campaign.js';
import { CampaignModel, type CampaignRow, toCampaign } from './campaign-model.js';
import { refuseState } from './change-campaign.js';
import { estimateOf } from './estimate.js';
import { currentRow, giveUpStart, moveCampaign, settleStarted } from './settle-campaign.js';

type Money = Pick<Ledger, 'head'> & Pick<Moves, 'reserve'>;

export interface StartOrder {
  workspace: Workspace;
  id: CampaignId;
  /** The estimate that whoever starts it has seen; another one is asked about anew. */
  estimateMinor: Minor;
  /** The draft as whoever starts it has seen it, or agreed to it; none where that does not matter. */
  version?: number;
  by: PersonId;
  approvedBy?: PersonId;
  at: Date;
}

/**
 * Starts a draft: the intent first, then the hold of the estimate, then that it runs, with its audit line and the event
 * for the engine. Safe to repeat after any crash or lost answer; where the balance is short it stays a draft.
 * @throws Refusal unknownResource, campaignState, campaignChanged, campaignBlocked, estimateChanged, campaignShort;
 * LedgerBusy and OutcomeUnknown of the ledger
 */
export async function startCampaign(ledger: Money, order: StartOrder): Promise<Campaign> {
  const { workspace, at } = order;
  const row = await intended(order);
  if (row.state !== 'starting') return toCampaign(row);
  const start = row.start;
  if (!start) throw new Error(`campaign ${row._id} is being started without an estimate`);
  if (start.estimateMinor > 0) {
    const { outcome } = await ledger.reserve({
      wallet: workspace.id,
      hold: row._id,
      amountMinor: start.estimateMinor,
      resource: row.name,
      person: start.by,
      request: { campaign: row._id },
      at,
    });
    if (outcome === 'insufficient') {
      await giveUpStart(row);
      return refuseShort(ledger, workspace, row, start.estimateMinor);
    }
    if (outcome === 'unknownWallet' || outcome === 'conflict') {
      throw new Error(`the hold of campaign ${row._id} answered ${outcome}`);
    }
  }
  return toCampaign(await settleStarted(row, workspace.currency));
}

/** The row with the intent to start it: this call's, or that of an earlier one which was cut off, or started by now. */
async function intended(order: StartOrder): Promise<CampaignRow> {
  const { workspace, id, at } = order;
  const { account } = workspace;
  const row = await CampaignModel.findOne({ account, workspace: workspace.id, _id: id }).lean<CampaignRow>();
  if (!row) return refuse({ kind: 'unknownResource', what: 'campaign', typed: '', nearest: [] });
  if (row.state === 'running') return row;
  if (row.state === 'starting') {
    return (await moveCampaign(row, ['starting'], { askedAt: at })) ?? currentRow(row);
  }
  if (row.state !== 'draft' || row.archived) return refuseState(toCampaign(row), 'start');
  const changed = { kind: 'campaignChanged', name: row.name, campaign: id, workspace: workspace.id } as const;
  if (order.version !== undefined && order.version !== row.version) return refuse(changed);
  const start = await decided(order, row);
  const intent = await CampaignModel.findOneAndUpdate(
    { account, workspace: workspace.id, _id: id, version: row.version, state: 'draft' },
    { $set: { state: 'starting', start, askedAt: at }, $inc: { version: 1 } },
    { returnDocument: 'after' },
  ).lean<CampaignRow>();
  return intent ?? refuse(changed);
}

/** What is decided by the start, if it is still what was shown. */
async function decided(
  { workspace, estimateMinor, by, approvedBy, at }: StartOrder,
  row: CampaignRow,
): Promise<CampaignStart> {
  const { template, list, priceMicro, amountMinor, blocked } = await estimateOf(toCampaign(row), at);
  const of = { name: row.name, campaign: row._id, workspace: workspace.id };
  if (blocked || priceMicro === undefined || amountMinor === undefined) {
    const names = { template: template.name, list: list.name, item: template.item };
    return refuse({ kind: 'campaignBlocked', ...of, ...names, why: blocked ?? 'noPrice' });
  }
  if (amountMinor !== estimateMinor) {
    const amounts = { shownMinor: estimateMinor, nowMinor: amountMinor, currency: workspace.currency };
    return refuse({ kind: 'estimateChanged', ...of, ...amounts });
  }
  return {
    ...{ by, at, priceMicro, estimateMinor, template: template.id, list: list.id, contacts: list.contacts },
    item: template.item,
    ...(approvedBy && { approvedBy }),
    ...(row.sendAt && { sendAt: row.sendAt }),
  };
}

async function refuseShort(
  ledger: Pick<Ledger, 'head'>,
  workspace: Workspace,
  row: CampaignRow,
  neededMinor: Minor,
): Promise<never> {
  const head = await ledger.head(workspace.id);
  return refuse({
    kind: 'campaignShort',
    campaign: row._id,
    name: row.name,
    workspace: workspace.id,
    workspaceName: workspace.name,
    availableMinor: head?.availableMinor ?? 0,
    heldMinor: head?.heldMinor ?? 0,
    neededMinor,
    currency: workspace.currency,
  });
}
