import { z } from 'zod';
import { type ResourceLine, resourcesCard, resourcesFoundCard } from '../cards/resources/resource-cards.js';
import { campaignDetail, listDetail, templateDetail } from '../cards/resources/resource-words.js';
import type { Answer } from '../chat/invocation.js';
import { priceList } from '../prices/prices.js';
import { campaignCount, findCampaigns } from '../resources/campaigns.js';
import { contactListCount, findContactLists } from '../resources/contact-lists.js';
import { reportCount } from '../resources/reports.js';
import { findTemplates, templateCount } from '../resources/templates.js';
import { text } from './argument.js';
import { type InWorkspace, workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';

const OF_EACH_KIND = 4;

/** What a workspace writes with: an overview, or a search over every kind. */
export const resources = workspaceCommand({
  args: z.strictObject({ search: text(80).optional() }),
  read(words) {
    words.drop('list', 'find', 'search', 'all');
    return { search: words.rest() };
  },
  run: (context, { search }) => (search === undefined ? overview(context) : find(context, search)),
});

async function overview({ account, at, services, workspace }: InWorkspace): Promise<Answer> {
  const of = { account: account.id, workspace: workspace.id };
  const [about, campaigns, lists, templates, reports, prices] = await Promise.all([
    aboutWorkspace(services.ledger, workspace),
    campaignCount(of),
    contactListCount(of),
    templateCount(of),
    reportCount(of),
    priceList(account.id, workspace.id, at),
  ]);
  const card = resourcesCard({ about, counts: { campaigns, lists, templates, reports }, items: prices.length });
  return { kind: 'private', card };
}

async function find({ account, services, workspace }: InWorkspace, search: string): Promise<Answer> {
  const query = { account: account.id, workspace: workspace.id, search, limit: OF_EACH_KIND };
  const [about, campaigns, lists, templates] = await Promise.all([
    aboutWorkspace(services.ledger, workspace),
    findCampaigns(query),
    findContactLists(query),
    findTemplates(query),
  ]);
  const found: ResourceLine[] = [
    ...campaigns.found.map(({ id, name, state }) => ({
      ...{ kind: 'campaign' as const, id, name },
      detail: campaignDetail(state),
    })),
    ...lists.found.map(({ id, name, contacts }) => ({
      ...{ kind: 'contacts' as const, id, name },
      detail: listDetail(contacts),
    })),
    ...templates.found.map(({ id, name, item }) => ({
      ...{ kind: 'template' as const, id, name },
      detail: templateDetail(item),
    })),
  ];
  const more = campaigns.more || lists.more || templates.more;
  return { kind: 'private', card: resourcesFoundCard({ about, search, found, more }) };
}
