import { campaignEndCard } from '../cards/campaigns/campaign-cards.js';
import { campaignEnded, campaignStarted } from '../cards/campaigns/campaign-said.js';
import type { Card } from '../cards/card.js';
import type { Answer } from '../chat/invocation.js';
import { LedgerBusy } from '../ledger/outcome.js';
import { Refusal, refuse } from '../refusal.js';
import type { Campaign } from '../resources/campaign.js';
import { endCampaign } from '../resources/end-campaign.js';
import { estimateOf } from '../resources/estimate.js';
import { startCampaign } from '../resources/start-campaign.js';
import type { CampaignArgs } from './campaign-args.js';
import { siblingsWith } from './campaign-rescue.js';
import { campaignCardOf, listCampaigns, showCampaign } from './campaign-show.js';
import type { InWorkspace } from './command.js';
import { aboutWorkspace } from './context.js';
import { findCampaign } from './find-campaign.js';

/** Started once its cost was seen and meant: until then the campaign is shown with the button that means it. */
export async function startIt(context: InWorkspace, args: CampaignArgs): Promise<Answer> {
  const { actor, approvedBy, at, services, workspace } = context;
  if (!args.campaign) return listCampaigns(context, { filter: 'draft' });
  const campaign = await findCampaign(context, args.campaign);
  const { estimateMinor, version } = args;
  if (estimateMinor === undefined) return showCampaign(context, campaign);
  const by = { by: actor.id, ...(approvedBy && { approvedBy: approvedBy.id }) };
  const shown = { estimateMinor, ...(version !== undefined && { version }) };
  const order = { workspace, id: campaign.id, ...shown, ...by, at };
  const started = await orRescue(context, orBusy(startCampaign(services.ledger, order)));
  const aside = started.start?.estimateMinor ?? 0;
  return showCampaign(context, started, { said: campaignStarted(started.name, aside, workspace.currency) });
}

/** Whoever has to ask for the start, and would ask for something else than stands there now, is shown that first. */
export async function startOffer(
  context: InWorkspace,
  { campaign: typed, estimateMinor, version }: CampaignArgs,
): Promise<Card | undefined> {
  if (!typed || estimateMinor === undefined) return undefined;
  const campaign = await findCampaign(context, typed);
  const { amountMinor, blocked } = await estimateOf(campaign, context.at);
  const canStart = campaign.state === 'draft' && !campaign.archived && !blocked;
  if (canStart && amountMinor === estimateMinor && campaign.version === version) return undefined;
  return campaignCardOf(context, campaign);
}

/**
 * Where the balance is too small, with the workspaces from which this reader could move what is missing. Whoever said
 * yes to a request reads the refusal too, and may not know of the requester's other workspaces.
 */
async function orRescue(context: InWorkspace, starting: Promise<Campaign>): Promise<Campaign> {
  try {
    return await starting;
  } catch (error) {
    if (!(error instanceof Refusal) || error.reason.kind !== 'campaignShort' || context.approvedBy) throw error;
    const missingMinor = error.reason.neededMinor - Math.max(error.reason.availableMinor, 0);
    return refuse({ ...error.reason, siblings: await siblingsWith(context, missingMinor) });
  }
}

/** Asks first, then ends it. */
export async function endIt(context: InWorkspace, args: CampaignArgs): Promise<Answer> {
  const { actor, at, services, workspace } = context;
  if (!args.campaign) return listCampaigns(context, { filter: 'running' });
  const campaign = await findCampaign(context, args.campaign);
  if (campaign.state === 'running' && !args.sure) {
    const hold = await services.ledger.hold(workspace.id, campaign.id);
    const about = await aboutWorkspace(services.ledger, workspace);
    const heldMinor = hold?.state === 'open' ? hold.remainingMinor : 0;
    return { kind: 'private', card: campaignEndCard({ about, campaign, heldMinor }) };
  }
  const ended = await orBusy(endCampaign(services.ledger, { workspace, id: campaign.id, by: actor.id, at }));
  return showCampaign(context, ended, { said: campaignEnded(ended.name) });
}

/** Too much goes on in the wallet just now: the intent stands, and the same press goes on from there. */
async function orBusy<T>(doing: Promise<T>): Promise<T> {
  try {
    return await doing;
  } catch (error) {
    if (error instanceof LedgerBusy) return refuse({ kind: 'tooFast', retryAfterSeconds: error.retryAfterSeconds });
    throw error;
  }
}
