import type { Form } from '../cards/card.js';
import { previewForm, templateForm } from '../cards/resources/template-cards.js';
import { TEMPLATE_CHANGED_MEANWHILE, templateSaved, WHICH_TEMPLATE } from '../cards/resources/template-said.js';
import type { Answer } from '../chat/invocation.js';
import { priceList } from '../prices/prices.js';
import { readersPrice } from '../readers-money.js';
import { changeTemplate, createTemplate } from '../resources/change-template.js';
import { type Args, type InWorkspace, workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import { findTemplate } from './find-resource.js';
import { listChoices, listsToPick, OFFERED } from './picked-from.js';
import type { Reader } from './reader.js';
import { TEMPLATE_WHAT, type TemplateArgs, templateArgs } from './template-args.js';
import { lineOf, listTemplates, openTemplate, putAway, showTemplate } from './template-list.js';
import { previewTemplate } from './template-preview.js';

/** Whether the call itself changes something, rather than ask first. */
export function changesTemplate({ what, text, sure }: Args): boolean {
  if (what === 'new' || what === 'change') return text !== undefined;
  return what === 'restore' || (what === 'archive' && sure === true);
}

/** Templates: written, listed, searched, opened, previewed, changed, archived. */
export const template = workspaceCommand({
  args: templateArgs,
  read: readTemplate,
  form: (context, args) => formFor(context, args),
  choices: listChoices,
  async run(context, args): Promise<Answer> {
    switch (args.what) {
      case 'list':
        return listTemplates(context, args);
      case 'open':
        return openTemplate(context, args);
      case 'new':
        return write(context, args);
      case 'change':
        return change(context, args);
      case 'preview':
        return previewTemplate(context, args);
      case 'archive':
      case 'restore':
        return putAway(context, { ...args, what: args.what });
    }
  },
});

function readTemplate(words: Reader): Args {
  const verbs = Object.fromEntries(TEMPLATE_WHAT.map((one) => [one, one]));
  const what = words.oneOf({ ...verbs, create: 'new', edit: 'change', show: 'preview' });
  words.drop('called', 'named');
  if (what === 'new') return { what, name: words.rest() };
  if (what === 'preview') {
    const contact = words.textAfter('with', 'for');
    return { what, contact, template: words.rest() };
  }
  if (what !== undefined && what !== 'list') return { what, template: words.rest() };
  const archived = words.choice(['archived']) && true;
  const finding = words.choice(['find', 'search']) !== undefined;
  const rest = words.rest();
  if (rest === undefined || archived || finding) return { what: 'list', archived, search: rest };
  return { what: 'open', template: rest };
}

async function formFor(context: InWorkspace, args: TemplateArgs): Promise<Form | undefined> {
  const { what, template: named } = args;
  if (what === 'new' && args.text === undefined) return writingForm(context, args);
  if (named === undefined) return undefined;
  if (what === 'change' && args.text === undefined) return writingForm(context, args);
  if (what !== 'preview' || args.list !== undefined) return undefined;
  const { services, workspace } = context;
  const found = await findTemplate(context, named);
  const lists = await listsToPick(context, OFFERED);
  if (lists.length === 0 || (lists.length === 1 && !args.other)) return undefined;
  return previewForm({
    about: await aboutWorkspace(services.ledger, workspace),
    template: found,
    lists,
    ...(args.contact && { contact: args.contact }),
  });
}

async function writingForm(context: InWorkspace, args: TemplateArgs): Promise<Form> {
  const { account, at, services, workspace } = context;
  const found = args.template === undefined ? undefined : await findTemplate(context, args.template);
  const prices = await priceList(account.id, workspace.id, at);
  return templateForm({
    about: await aboutWorkspace(services.ledger, workspace),
    items: prices.map(({ item, priceMicro }) => ({ item, price: readersPrice(priceMicro, workspace.currency) })),
    ...(args.name && { name: args.name }),
    ...(found && { template: lineOf(found) }),
  });
}

async function write(context: InWorkspace, { name = '', item = '', text = '' }: TemplateArgs): Promise<Answer> {
  const { account, actor, at, workspace } = context;
  const of = { account: account.id, workspace: workspace.id, by: actor.id, at };
  const made = await createTemplate({ ...of, name, item, text });
  return showTemplate(context, made, templateSaved(made.name));
}

async function change(context: InWorkspace, args: TemplateArgs): Promise<Answer> {
  if (args.template === undefined) return listTemplates(context, { what: 'list' }, WHICH_TEMPLATE);
  const { account, actor, at, workspace } = context;
  const { id } = await findTemplate(context, args.template);
  const { name, item, text, version } = args;
  const changed = await changeTemplate({
    ...{ account: account.id, workspace: workspace.id, template: id, by: actor.id, at },
    ...(name !== undefined && { name }),
    ...(item !== undefined && { item }),
    ...(text !== undefined && { text }),
    ...(version !== undefined && { version }),
  });
  if (changed) return showTemplate(context, changed, templateSaved(changed.name));
  return showTemplate(context, await findTemplate(context, id), TEMPLATE_CHANGED_MEANWHILE);
}
