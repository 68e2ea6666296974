import { z } from 'zod';
import type { Campaign } from '../resources/campaign.js';
import { campaignsAfter, getCampaign } from '../resources/campaigns.js';
import { archiveCampaign, changeCampaign, createCampaign, restoreCampaign } from '../resources/change-campaign.js';
import { endCampaign } from '../resources/end-campaign.js';
import { digest } from '../workspace/canonical.js';
import type { ApiCall, KindOf } from './resource-kind.js';
import { clientKey, common, resourceName } from './resource-schemas.js';
import { minor, moment, stored } from './schemas.js';

const template = z
  .string()
  .max(40)
  .meta({ description: 'The id of a template', example: 'tp_01k9r6y0h0abcdefghjkmnpqrs' });
const contactList = z
  .string()
  .max(40)
  .meta({ description: 'The id of a contact list', example: 'cl_01k9r6y0h0abcdefghjkmnpqrs' });
const sendAt = moment.meta({ description: 'When to send; as soon as it is started if left out' });

export const createCampaignBody = z
  .strictObject({
    key: clientKey,
    kind: z.literal('campaign'),
    name: resourceName,
    template,
    contactList,
    sendAt: sendAt.optional(),
  })
  .meta({ id: 'NewCampaign' });

export const changeCampaignBody = z
  .strictObject({
    kind: z.literal('campaign'),
    name: resourceName.optional(),
    template: template.optional(),
    contactList: contactList.optional(),
    sendAt: sendAt.nullable().optional(),
    state: z
      .literal('ended')
      .optional()
      .meta({ description: 'All is sent: what is left of its hold is free again. Campaigns are started by people' }),
    archived: z.boolean().optional().meta({ description: 'Of a draft, or of one that has ended' }),
  })
  .meta({ id: 'CampaignChange' });

export const campaignShown = z
  .strictObject({
    kind: z.literal('campaign'),
    ...common,
    state: z.enum(['draft', 'running', 'ended']),
    template: z.string(),
    contactList: z.string(),
    sendAt: stored.optional(),
    hold: z.string().optional().meta({ description: 'The hold that usage of a running campaign is taken out of' }),
    estimateMinor: minor.optional().meta({ description: 'What was set aside at its start' }),
    spentMinor: minor.optional().meta({ description: 'Once it has ended: what was charged between' }),
    startedAt: stored.optional(),
    endedAt: stored.optional(),
  })
  .meta({ id: 'Campaign' });

/** Campaigns as `/v1/resources` reads, makes, changes and ends them. */
export const campaigns: KindOf<typeof createCampaignBody, typeof changeCampaignBody, typeof campaignShown> = {
  prefix: 'cp',
  page: async (of) => (await campaignsAfter(of)).map(shown),
  async open({ account, workspace, id }) {
    const campaign = await getCampaign(account, workspace, id);
    return campaign && shown(campaign);
  },
  async create(
    { workspace, by, keyName: byKey, at },
    { key, kind: _kind, sendAt: wanted, contactList: list, ...content },
  ) {
    const made = await createCampaign({
      account: workspace.account,
      workspace: workspace.id,
      ...content,
      list,
      ...(wanted !== undefined && { sendAt: new Date(wanted) }),
      by,
      byKey,
      client: { key, hash: digest({ ...content, list, sendAt: wanted && new Date(wanted).toISOString() }) },
      at,
    });
    return shown(made);
  },
  async change(call, id, { kind: _kind, state, archived, ...content }) {
    const { account, id: workspace } = call.workspace;
    if (!(await getCampaign(account, workspace, id))) return undefined;
    const of = { account, workspace, id, by: call.by, byKey: call.keyName, at: call.at };
    if (archived === false) await restoreCampaign(of);
    if (Object.keys(content).length > 0) await changeContent(call, id, content);
    if (state === 'ended') {
      const { workspace: where, by, keyName: byKey, at } = call;
      await endCampaign(call.ledger, { workspace: where, id, by, byKey, at });
    }
    if (archived === true) await archiveCampaign(of);
    const campaign = await getCampaign(account, workspace, id);
    return campaign && shown(campaign);
  },
};

type Content = Omit<z.output<typeof changeCampaignBody>, 'kind' | 'state' | 'archived'>;

function changeContent(
  { workspace, by, keyName: byKey, at }: ApiCall,
  id: string,
  content: Content,
): Promise<Campaign> {
  const { name, template: text, contactList: list, sendAt: wanted } = content;
  return changeCampaign({
    account: workspace.account,
    workspace: workspace.id,
    ...{ id, by, byKey, at },
    ...(name !== undefined && { name }),
    ...(text !== undefined && { template: text }),
    ...(list !== undefined && { list }),
    ...(wanted !== undefined && { sendAt: wanted === null ? null : new Date(wanted) }),
  });
}

/** A start or end that is not written down yet is not told of: it is asked for again. */
const TOLD = { draft: 'draft', starting: 'draft', running: 'running', ending: 'running', ended: 'ended' } as const;

function shown(campaign: Campaign): z.output<typeof campaignShown> {
  const {
    id,
    name,
    archived,
    createdAt,
    changedAt,
    state,
    template: text,
    list,
    sendAt: at,
    endedAt,
    spentMinor,
  } = campaign;
  const start = state === 'starting' ? undefined : campaign.start;
  return {
    ...{ kind: 'campaign', id, name, archived, state: TOLD[state], template: text, contactList: list },
    createdAt: createdAt.toISOString(),
    changedAt: changedAt.toISOString(),
    ...(at && { sendAt: at.toISOString() }),
    ...(start && { estimateMinor: start.estimateMinor, startedAt: start.at.toISOString() }),
    ...(start && start.estimateMinor > 0 && !endedAt && { hold: id }),
    ...(spentMinor !== undefined && { spentMinor }),
    ...(endedAt && { endedAt: endedAt.toISOString() }),
  };
}
