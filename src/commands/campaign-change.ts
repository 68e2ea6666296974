import { campaignNeedsCard } from '../cards/campaigns/campaign-cards.js';
import { campaignArchived, campaignChanged, campaignDrafted } from '../cards/campaigns/campaign-said.js';
import type { Answer } from '../chat/invocation.js';
import { archiveCampaign, changeCampaign, createCampaign, restoreCampaign } from '../resources/change-campaign.js';
import { digest } from '../workspace/canonical.js';
import type { CampaignArgs } from './campaign-args.js';
import { choicesOf, sendAtMeant } from './campaign-choices.js';
import { listCampaigns, openCampaign, showCampaign } from './campaign-show.js';
import type { InWorkspace } from './command.js';
import { aboutWorkspace } from './context.js';
import { findCampaign, placeOf } from './find-campaign.js';
import { findContactList, findTemplate } from './find-resource.js';

/** A draft of what the form gave; where there is nothing to choose from, what has to be made first. */
export async function newCampaign(context: InWorkspace, args: CampaignArgs): Promise<Answer> {
  const { actor, at, key, services, workspace } = context;
  const { name, template: template_, list: list_, sendAt: typed } = args;
  if (!name || !template_ || !list_) {
    const choices = await choicesOf(context);
    const has = { template: choices.templates.length > 0, list: choices.lists.length > 0 };
    const about = await aboutWorkspace(services.ledger, workspace);
    return { kind: 'private', card: campaignNeedsCard({ about, ...has }) };
  }
  const [template, list] = [await findTemplate(context, template_), await findContactList(context, list_)];
  const sendAt = typed === undefined ? undefined : sendAtMeant(context, typed);
  const hash = digest({ name, template: template.id, list: list.id, sendAt: typed });
  const made = await createCampaign({
    ...placeOf(context),
    ...{ name, template: template.id, list: list.id },
    ...(sendAt && { sendAt }),
    by: actor.id,
    client: { key: `chat:${actor.id}:${key}`, hash },
    at,
  });
  return showCampaign(context, made, { said: campaignDrafted(made.name) });
}

/** What the form gave takes the place of all that the draft was made of. */
export async function changeDraft(context: InWorkspace, args: CampaignArgs): Promise<Answer> {
  const { actor, at } = context;
  if (!args.campaign) return listCampaigns(context, { filter: 'draft' });
  const { id } = await findCampaign(context, args.campaign);
  const template = args.template && (await findTemplate(context, args.template)).id;
  const list = args.list && (await findContactList(context, args.list)).id;
  const sendAt = args.sendAt === undefined ? undefined : sendAtMeant(context, args.sendAt);
  const changed = await changeCampaign({
    ...placeOf(context),
    ...{ id, by: actor.id, at },
    ...(args.version !== undefined && { version: args.version }),
    ...(args.name && { name: args.name }),
    ...(template && { template }),
    ...(list && { list }),
    sendAt: sendAt ?? null,
  });
  return showCampaign(context, changed, { said: campaignChanged(changed.name) });
}

export async function putAway(context: InWorkspace, { campaign }: CampaignArgs): Promise<Answer> {
  if (!campaign) return listCampaigns(context, {});
  const { id } = await findCampaign(context, campaign);
  const archived = await archiveCampaign({ ...placeOf(context), id, by: context.actor.id, at: context.at });
  return showCampaign(context, archived, { said: campaignArchived(archived.name) });
}

export async function takeBack(context: InWorkspace, { campaign }: CampaignArgs): Promise<Answer> {
  if (!campaign) return listCampaigns(context, { filter: 'archived' });
  const { id } = await findCampaign(context, campaign);
  await restoreCampaign({ ...placeOf(context), id, by: context.actor.id, at: context.at });
  return openCampaign(context, id);
}
