import {
  archiveCard,
  type ContactListLine,
  contactListCard,
  contactListsCard,
} from '../cards/resources/contact-cards.js';
import {
  contactTakenOut,
  listArchived,
  listFileReady,
  listRenamed,
  listRestored,
  WHICH_LIST,
} from '../cards/resources/contact-said.js';
import { downloadCard } from '../cards/download-card.js';
import type { Answer } from '../chat/invocation.js';
import { refuse } from '../refusal.js';
import { campaignsUsing } from '../resources/campaigns.js';
import {
  archiveContactList,
  removeContact,
  renameContactList,
  restoreContactList,
} from '../resources/change-contact-list.js';
import {
  type ContactList,
  contactListMeant,
  contactsOf,
  contactWithPhone,
  findContactLists,
} from '../resources/contact-lists.js';
import { readPhone } from '../resources/phone-number.js';
import { getPerson } from '../workspace/people.js';
import type { InWorkspace } from './command.js';
import type { ContactsArgs } from './contacts-args.js';
import { aboutWorkspace } from './context.js';
import { findContactList } from './find-resource.js';

const LISTS = 8;
const CONTACTS = 10;
/** Beside the number: more do not fit on a phone. */
const COLUMNS_SHOWN = 3;

/** A page of the lists, newest first. */
export async function listContacts(context: InWorkspace, args: ContactsArgs, said?: string): Promise<Answer> {
  const { account, services, workspace } = context;
  const { archived = false, before, search } = args;
  const { found: lists, more } = await findContactLists({
    ...{ account: account.id, workspace: workspace.id, archived, limit: LISTS },
    ...(search && { search }),
    ...(before && { before }),
  });
  const last = lists.at(-1);
  const card = contactListsCard({
    about: await aboutWorkspace(services.ledger, workspace),
    zone: zoneOf(context),
    lists: lists.map(lineOf),
    archived,
    ...(search && { search }),
    ...(more && last && { before: last.id }),
    ...(said && { said }),
  });
  return { kind: 'private', card, replace: before !== undefined || said !== undefined };
}

/** One list with a page of its contacts; a name that is none of a list's is looked for in them. */
export async function openList(context: InWorkspace, args: ContactsArgs): Promise<Answer> {
  if (args.list === undefined) return listContacts(context, args);
  const of = { account: context.account.id, workspace: context.workspace.id };
  const list = await contactListMeant(of, args.list);
  if (list) return showList(context, list, { after: args.after });
  const { found: lists } = await findContactLists({ ...of, search: args.list, limit: 1 });
  if (lists.length > 0) return listContacts(context, { what: 'list', search: args.list });
  return showList(context, await findContactList(context, args.list));
}

async function showList(
  context: InWorkspace,
  list: ContactList,
  { after, said }: { after?: number | undefined; said?: string } = {},
): Promise<Answer> {
  const { account, services, workspace } = context;
  const of = { account: account.id, workspace: workspace.id, list: list.id };
  const read = await contactsOf({ ...of, limit: CONTACTS + 1, ...(after !== undefined && { after }) });
  const shown = list.columns.slice(0, COLUMNS_SHOWN).map((column) => column.name);
  const page = read.slice(0, CONTACTS);
  const last = page.at(-1);
  const maker = await getPerson(account.id, list.createdBy);
  const card = contactListCard({
    about: await aboutWorkspace(services.ledger, workspace),
    zone: zoneOf(context),
    list: lineOf(list),
    shown,
    contacts: page.map(({ phone, fields }) => ({ phone, values: shown.map((column) => fields[column] ?? '') })),
    ...(maker && { by: maker.name }),
    ...(read.length > CONTACTS && last && { after: last.position }),
    ...(said && { said }),
  });
  return { kind: 'private', card, replace: after !== undefined || said !== undefined };
}

/** Renames, archives, restores, exports, or takes somebody out. */
export async function changeList(
  context: InWorkspace,
  args: ContactsArgs & { what: 'rename' | 'remove' | 'archive' | 'restore' | 'csv' },
): Promise<Answer> {
  if (args.list === undefined) return listContacts(context, { what: 'list' }, WHICH_LIST);
  const { account, actor, at, workspace } = context;
  const list = await findContactList(context, args.list);
  const change = { account: account.id, workspace: workspace.id, list: list.id, by: actor.id, at };
  switch (args.what) {
    case 'rename': {
      const renamed = await renameContactList({ ...change, name: args.name ?? list.name });
      return showList(context, renamed, { said: listRenamed(list.name, renamed.name) });
    }
    case 'remove':
      return takeOut(context, list, args.phone ?? '');
    case 'restore':
      return showList(context, await restoreContactList(change), { said: listRestored(list.name) });
    case 'archive': {
      if (!args.sure) return askToArchive(context, list);
      await archiveContactList(change);
      return listContacts(context, { what: 'list' }, listArchived(list.name));
    }
    case 'csv':
      return exportList(context, list);
  }
}

async function takeOut(context: InWorkspace, list: ContactList, typed: string): Promise<Answer> {
  const { account, actor, at, workspace } = context;
  const of = { account: account.id, workspace: workspace.id, list: list.id };
  const read = readPhone(typed);
  const phone = 'phone' in read ? read.phone : typed;
  if (!(await contactWithPhone({ ...of, phone }))) {
    refuse({ kind: 'badArgument', argument: 'phone', typed, expected: `a number of ${list.name}, like +447911123456` });
  }
  const left = await removeContact({ ...of, phone, by: actor.id, at });
  return showList(context, left, { said: contactTakenOut(phone) });
}

async function askToArchive({ account, services, workspace }: InWorkspace, list: ContactList): Promise<Answer> {
  const using = await campaignsUsing({ account: account.id, workspace: workspace.id, resource: list.id });
  const card = archiveCard({
    about: await aboutWorkspace(services.ledger, workspace),
    command: 'contacts',
    args: { list: list.id },
    name: list.name,
    usedBy: using.map(({ name }) => name),
  });
  return { kind: 'private', card };
}

async function exportList(context: InWorkspace, list: ContactList): Promise<Answer> {
  const { account, actor, at, services, workspace } = context;
  const what = { kind: 'contacts', list: list.id } as const;
  const card = downloadCard({
    about: await aboutWorkspace(services.ledger, workspace),
    what: listFileReady(list.name),
    url: await services.createDownload({ account: account.id, workspace: workspace.id, person: actor.id, what, at }),
  });
  return { kind: 'private', card };
}

export function lineOf({ id, name, contacts, columns, changedAt, archivedAt }: ContactList): ContactListLine {
  return {
    ...{ id, name, contacts, changedAt: changedAt.toISOString(), archived: archivedAt !== undefined },
    columns: columns.map((column) => column.name),
  };
}

const zoneOf = ({ actor, workspace }: InWorkspace) => actor.timeZone ?? workspace.timeZone;
