import { archiveCard } from '../cards/resources/contact-cards.js';
import { templateCard, type TemplateLine, templatesCard } from '../cards/resources/template-cards.js';
import { templateArchived, templateRestored, WHICH_TEMPLATE } from '../cards/resources/template-said.js';
import type { Answer } from '../chat/invocation.js';
import { pricesOf } from '../prices/prices.js';
import { readersPrice } from '../readers-money.js';
import { campaignsUsing } from '../resources/campaigns.js';
import { archiveTemplate, restoreTemplate } from '../resources/change-template.js';
import { findTemplates, type Template, templateMeant } from '../resources/templates.js';
import type { InWorkspace } from './command.js';
import { aboutWorkspace } from './context.js';
import { findTemplate } from './find-resource.js';
import type { TemplateArgs } from './template-args.js';

const PAGE = 8;

/** A page of the templates, newest first. */
export async function listTemplates(context: InWorkspace, args: TemplateArgs, said?: string): Promise<Answer> {
  const { account, services, workspace } = context;
  const { archived = false, before, search } = args;
  const { found: templates, more } = await findTemplates({
    ...{ account: account.id, workspace: workspace.id, archived, limit: PAGE },
    ...(search && { search }),
    ...(before && { before }),
  });
  const last = templates.at(-1);
  const card = templatesCard({
    about: await aboutWorkspace(services.ledger, workspace),
    zone: zoneOf(context),
    templates: templates.map(lineOf),
    archived,
    ...(search && { search }),
    ...(more && last && { before: last.id }),
    ...(said && { said }),
  });
  return { kind: 'private', card, replace: before !== undefined || said !== undefined };
}

/** One template; a name that is none of a template's is looked for in them. */
export async function openTemplate(context: InWorkspace, args: TemplateArgs): Promise<Answer> {
  if (args.template === undefined) return listTemplates(context, args);
  const of = { account: context.account.id, workspace: context.workspace.id };
  const found = await templateMeant(of, args.template);
  if (found) return showTemplate(context, found);
  const { found: templates } = await findTemplates({ ...of, search: args.template, limit: 1 });
  if (templates.length > 0) return listTemplates(context, { what: 'list', search: args.template });
  return showTemplate(context, await findTemplate(context, args.template));
}

export async function showTemplate(context: InWorkspace, template: Template, said?: string): Promise<Answer> {
  const { account, at, services, workspace } = context;
  const priceAt = await pricesOf(account.id, workspace.id, [template.item]);
  const price = priceAt(template.item, at);
  const card = templateCard({
    about: await aboutWorkspace(services.ledger, workspace),
    zone: zoneOf(context),
    template: lineOf(template),
    ...(price && { price: readersPrice(price.priceMicro, workspace.currency) }),
    ...(said && { said }),
  });
  return { kind: 'private', card, replace: said !== undefined };
}

/** Archives, after a question that says what would miss it; or restores. */
export async function putAway(
  context: InWorkspace,
  args: TemplateArgs & { what: 'archive' | 'restore' },
): Promise<Answer> {
  if (args.template === undefined) return listTemplates(context, { what: 'list' }, WHICH_TEMPLATE);
  const { account, actor, at, services, workspace } = context;
  const found = await findTemplate(context, args.template);
  const change = { account: account.id, workspace: workspace.id, template: found.id, by: actor.id, at };
  if (args.what === 'restore')
    return showTemplate(context, await restoreTemplate(change), templateRestored(found.name));
  if (args.sure) {
    await archiveTemplate(change);
    return listTemplates(context, { what: 'list' }, templateArchived(found.name));
  }
  const using = await campaignsUsing({ account: account.id, workspace: workspace.id, resource: found.id });
  const card = archiveCard({
    about: await aboutWorkspace(services.ledger, workspace),
    command: 'template',
    args: { template: found.id },
    name: found.name,
    usedBy: using.map(({ name }) => name),
  });
  return { kind: 'private', card };
}

export function lineOf({ id, name, item, text, variables, version, changedAt, archivedAt }: Template): TemplateLine {
  const archived = archivedAt !== undefined;
  return { id, name, item, text, variables, version, changedAt: changedAt.toISOString(), archived };
}

const zoneOf = ({ actor, workspace }: InWorkspace) => actor.timeZone ?? workspace.timeZone;
