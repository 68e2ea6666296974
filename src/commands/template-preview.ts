import { templatePreviewCard } from '../cards/resources/template-cards.js';
import { WHICH_TEMPLATE } from '../cards/resources/template-said.js';
import type { Answer } from '../chat/invocation.js';
import { refuse } from '../refusal.js';
import {
  type Contact,
  type ContactList,
  contactsOf,
  contactWithPhone,
  findContactLists,
} from '../resources/contact-lists.js';
import { readPhone } from '../resources/phone-number.js';
import { fillTemplate } from '../resources/template-text.js';
import type { InWorkspace } from './command.js';
import { aboutWorkspace } from './context.js';
import { findContactList, findTemplate } from './find-resource.js';
import type { TemplateArgs } from './template-args.js';
import { listTemplates } from './template-list.js';

/** A template as a contact of a list would get it; the first one, where nobody is named. */
export async function previewTemplate(context: InWorkspace, args: TemplateArgs): Promise<Answer> {
  if (args.template === undefined) return listTemplates(context, { what: 'list' }, WHICH_TEMPLATE);
  const template = await findTemplate(context, args.template);
  const list = await listMeant(context, args.list);
  const contact = list && (await contactMeant(context, list, args.contact));
  const filled = fillTemplate(template.text, contact ? { phone: contact.phone, ...contact.fields } : {});
  const card = templatePreviewCard({
    about: await aboutWorkspace(context.services.ledger, context.workspace),
    template,
    text: filled.text,
    ...(list && contact && { contact: { phone: contact.phone, list: list.name } }),
    missing: filled.missing,
  });
  return { kind: 'private', card };
}

/** The one that is named, or the newest. */
async function listMeant(context: InWorkspace, named: string | undefined): Promise<ContactList | undefined> {
  if (named !== undefined) return findContactList(context, named);
  const { account, workspace } = context;
  const { found: lists } = await findContactLists({ account: account.id, workspace: workspace.id, limit: 1 });
  return lists[0];
}

async function contactMeant(
  { account, workspace }: InWorkspace,
  { id, name }: ContactList,
  typed: string | undefined,
): Promise<Contact | undefined> {
  const of = { account: account.id, workspace: workspace.id, list: id };
  if (typed === undefined) return (await contactsOf({ ...of, limit: 1 }))[0];
  const read = readPhone(typed);
  const found = await contactWithPhone({ ...of, phone: 'phone' in read ? read.phone : typed });
  const expected = `a number of ${name}, like +447911123456`;
  return found ?? refuse({ kind: 'badArgument', argument: 'contact', typed, expected });
}
