import { campaignCard, type CampaignFacts } from '../cards/campaigns/campaign-card.js';
import { type CampaignLine, campaignsCard } from '../cards/campaigns/campaign-cards.js';
import type { CampaignStage } from '../cards/campaigns/campaign-words.js';
import type { Card } from '../cards/card.js';
import { SOMEBODY_WHO_LEFT } from '../cards/somebody.js';
import type { Answer } from '../chat/invocation.js';
import type { Campaign } from '../resources/campaign.js';
import { campaignMeant, findCampaigns } from '../resources/campaigns.js';
import { estimateOf } from '../resources/estimate.js';
import { spentOn } from '../resources/settle-campaign.js';
import { peopleByIds } from '../workspace/people.js';
import { verdict } from '../workspace/permissions.js';
import { policiesInForce } from '../workspace/policies.js';
import type { CampaignArgs } from './campaign-args.js';
import { zoneOf } from './campaign-choices.js';
import { siblingsWith } from './campaign-rescue.js';
import type { InWorkspace } from './command.js';
import { aboutWorkspace } from './context.js';
import { findCampaign, placeOf } from './find-campaign.js';
import { holdersOfAction } from './permission.js';

const PAGE = 8;

export async function listCampaigns(
  context: InWorkspace,
  asked: Pick<CampaignArgs, 'filter' | 'search' | 'before'>,
): Promise<Answer> {
  const { filter, search, before } = asked;
  const of = { ...(filter && { filter }), ...(search && { search }), ...(before && { before }) };
  const { found: campaigns, more } = await findCampaigns({ ...placeOf(context), ...of, limit: PAGE });
  const last = campaigns.at(-1);
  const card = campaignsCard({
    about: await aboutWorkspace(context.services.ledger, context.workspace),
    zone: zoneOf(context),
    campaigns: campaigns.map(lineOf),
    ...of,
    ...(more && last && { older: last.id }),
  });
  return { kind: 'private', card, replace: before !== undefined };
}

function lineOf(campaign: Campaign): CampaignLine {
  const { id, name, createdAt, start, endedAt, spentMinor } = campaign;
  return {
    ...{ id, name, stage: stageOf(campaign) },
    since: (endedAt ?? start?.at ?? createdAt).toISOString(),
    ...(start && { estimateMinor: start.estimateMinor }),
    ...(spentMinor !== undefined && { spentMinor }),
  };
}

const stageOf = ({ archived, state }: Campaign): CampaignStage => (archived ? 'archived' : state);

/** The campaign of that id or name; where none has it, those whose names hold what was typed. */
export async function openCampaign(context: InWorkspace, typed: string): Promise<Answer> {
  const found = await campaignMeant(placeOf(context), typed);
  if (found) return showCampaign(context, found);
  const { found: campaigns } = await findCampaigns({ ...placeOf(context), search: typed, limit: 1 });
  return campaigns.length > 0
    ? listCampaigns(context, { search: typed })
    : showCampaign(context, await findCampaign(context, typed));
}

/** One campaign as it is now; `said`: what has just been done with it. */
export async function showCampaign(
  context: InWorkspace,
  campaign: Campaign,
  { said }: { said?: string } = {},
): Promise<Answer> {
  const card = await campaignCardOf(context, campaign, said);
  return { kind: 'private', card, ...(said && { replace: true }) };
}

export async function campaignCardOf(context: InWorkspace, campaign: Campaign, said?: string): Promise<Card> {
  const facts = await factsOf(context, campaign);
  const draft = facts.stage === 'draft' ? await draftOf(context, facts) : {};
  return campaignCard({
    about: await aboutWorkspace(context.services.ledger, context.workspace),
    zone: zoneOf(context),
    campaign: facts,
    ...draft,
    ...(said && { said }),
  });
}

async function factsOf(context: InWorkspace, campaign: Campaign): Promise<CampaignFacts> {
  const { account, at } = context;
  const { id, name, version, sendAt, owner, endedAt, start: started } = campaign;
  const estimate = await estimateOf(campaign, at);
  const { priceMicro } = started ?? estimate;
  const contacts = started?.contacts ?? estimate.list.contacts;
  const estimateMinor = started ? started.estimateMinor : estimate.amountMinor;
  const people = await peopleByIds(account.id, [owner, ...(started ? [started.by, started.approvedBy ?? ''] : [])]);
  const nameOf = (person: string | undefined) => (person === undefined ? undefined : people.get(person)?.name);
  const [ownerName, approver] = [nameOf(owner), nameOf(started?.approvedBy)];
  return {
    ...{ id, name, version, stage: stageOf(campaign), contacts },
    ...{ template: estimate.template.name, list: estimate.list.name, item: started?.item ?? estimate.template.item },
    ...(sendAt && { sendAt: sendAt.toISOString() }),
    ...(priceMicro !== undefined && { priceMicro }),
    ...(estimateMinor !== undefined && { estimateMinor }),
    ...(!started && estimate.blocked && { blocked: estimate.blocked }),
    ...(ownerName !== undefined && { owner: ownerName }),
    ...(started && {
      started: {
        by: nameOf(started.by) ?? SOMEBODY_WHO_LEFT,
        at: started.at.toISOString(),
        ...(approver !== undefined && { approvedBy: approver }),
      },
    }),
    ...(endedAt && { endedAt: endedAt.toISOString() }),
    ...(started && (await moneyOf(context, campaign, started.at))),
  };
}

/** What a started campaign has spent, and what of its estimate is still set aside. */
async function moneyOf(
  { at, services, workspace }: InWorkspace,
  { id, name, state, spentMinor }: Campaign,
  from: Date,
): Promise<Pick<CampaignFacts, 'spentMinor' | 'heldMinor'>> {
  if (state === 'ended' && spentMinor !== undefined) return { spentMinor };
  const [spent, hold] = await Promise.all([
    spentOn(services.ledger, { workspace: workspace.id, name, from, to: at }),
    services.ledger.hold(workspace.id, id),
  ]);
  return { spentMinor: spent, ...(hold?.state === 'open' && { heldMinor: hold.remainingMinor }) };
}

/** Whether the balance is enough to start it, and whether this reader has to ask for that. */
async function draftOf(context: InWorkspace, { blocked, estimateMinor }: CampaignFacts) {
  if (blocked || estimateMinor === undefined) return {};
  const { account, membership, services, workspace } = context;
  const head = await services.ledger.head(workspace.id);
  const missingMinor = estimateMinor - Math.max(head?.availableMinor ?? 0, 0);
  const { campaignApprovalAboveMinor: aboveMinor } = await policiesInForce(account, workspace.id);
  const withinAmount = aboveMinor === undefined || estimateMinor <= aboveMinor;
  const asks = verdict('startLargeCampaign', membership.role, { withinAmount }).answer === 'request';
  const holders = asks ? await holdersOfAction(account, workspace.id, 'startLargeCampaign') : [];
  return {
    ...(missingMinor > 0 && { short: { missingMinor, siblings: await siblingsWith(context, missingMinor) } }),
    ...(asks && aboveMinor !== undefined && { asks: { aboveMinor, names: holders.map(({ name }) => name) } }),
  };
}
