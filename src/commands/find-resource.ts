import { refuse } from '../refusal.js';
import { type ContactList, contactListMeant, findContactLists } from '../resources/contact-lists.js';
import { findTemplates, type Template, templateMeant } from '../resources/templates.js';
import type { InWorkspace } from './command.js';
import { nearest } from './near.js';

/** As many names as near misses are looked for among. */
const NAMES = 200;

/** The list of that id or name, archived ones too. @throws Refusal unknownResource */
export async function findContactList({ account, workspace }: InWorkspace, idOrName: string): Promise<ContactList> {
  const of = { account: account.id, workspace: workspace.id };
  const list = await contactListMeant(of, idOrName);
  if (list) return list;
  const { found: lists } = await findContactLists({ ...of, limit: NAMES });
  return refuse({ kind: 'unknownResource', what: 'contact list', ...nearMiss(idOrName, lists) });
}

/** The template of that id or name, archived ones too. @throws Refusal unknownResource */
export async function findTemplate({ account, workspace }: InWorkspace, idOrName: string): Promise<Template> {
  const of = { account: account.id, workspace: workspace.id };
  const template = await templateMeant(of, idOrName);
  if (template) return template;
  const { found: templates } = await findTemplates({ ...of, limit: NAMES });
  return refuse({ kind: 'unknownResource', what: 'template', ...nearMiss(idOrName, templates) });
}

/** An id that leads nowhere is of no use to whoever pressed its button. */
export function nearMiss(typed: string, known: readonly { name: string }[]) {
  const isId = /^(?:cl|tp|cp|rp)_[0-9a-z]{26}$/.test(typed);
  const names = known.map(({ name }) => name);
  return isId ? { typed: '', nearest: [] } : { typed, nearest: nearest(typed, names) };
}
