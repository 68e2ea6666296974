import type { Form } from '../cards/card.js';
import {
  importedCard,
  importForm,
  importPreviewCard,
  type ImportPreview,
  importTargetForm,
} from '../cards/resources/contact-import-cards.js';
import type { Answer } from '../chat/invocation.js';
import { refuse } from '../refusal.js';
import { type CheckedContacts, checkContacts } from '../resources/check-contacts.js';
import { createContactList, extendContactList, type Imported } from '../resources/import-contacts.js';
import { importStaged, type StagedImport, stagedImport, stageImport } from '../resources/staged-import.js';
import type { InWorkspace } from './command.js';
import type { ContactsArgs } from './contacts-args.js';
import { aboutWorkspace } from './context.js';
import { findContactList } from './find-resource.js';
import { listsToPick, OFFERED } from './picked-from.js';
import { readSharedFile, sharedFile } from './shared-file.js';

const LONGEST_NAME = 60;

/** The form that takes contacts by paste; for a file that was sent, the one that says where it goes. */
export async function importFormOf(context: InWorkspace, args: ContactsArgs): Promise<Form | undefined> {
  const { list, name, country, staged } = args;
  if (staged !== undefined) return args.change ? targetForm(context, staged, args) : undefined;
  if (args.csv !== undefined || sharedFile(context)) return undefined;
  const found = list === undefined ? undefined : await findContactList(context, list);
  return importForm({
    about: await aboutWorkspace(context.services.ledger, context.workspace),
    ...(found && { list: found }),
    ...(name && { name }),
    ...(country && { country }),
  });
}

async function targetForm(context: InWorkspace, id: string, args: ContactsArgs): Promise<Form> {
  const { services, workspace } = context;
  const file = await stagedImport({ ...whose(context, args), id });
  const lists = await listsToPick(context, OFFERED);
  const list = args.list === undefined ? undefined : await findContactList(context, args.list);
  return importTargetForm({
    about: await aboutWorkspace(services.ledger, workspace),
    id,
    name: args.name ?? nameOf(file.fileName),
    lists,
    ...(args.country && { country: args.country }),
    ...(list && { list }),
  });
}

/** Contacts by paste go in at once, or not at all; a file is looked at first. */
export async function importContacts(context: InWorkspace, args: ContactsArgs): Promise<Answer> {
  const { staged } = args;
  if (staged !== undefined) return args.sure ? runStaged(context, staged, args) : showStaged(context, staged, args);
  const file = sharedFile(context);
  if (file) {
    const csv = await readSharedFile(context, file);
    return preview(context, await stageImport({ ...whose(context, args), fileName: file.name, csv }), args);
  }
  return importPasted(context, args);
}

async function importPasted(context: InWorkspace, args: ContactsArgs): Promise<Answer> {
  const { account, actor, at, workspace } = context;
  const checked = await checkContacts(args.csv ?? '', args.country);
  if (checked.bad.length > 0) refuse({ kind: 'badCsv', why: 'badRows', rows: checked.bad });
  const change = { account: account.id, workspace: workspace.id, contacts: checked, by: actor.id, at };
  if (args.list !== undefined) {
    const { id } = await findContactList(context, args.list);
    return done(context, checked, await extendContactList({ ...change, list: id }), false);
  }
  return done(context, checked, await createContactList({ ...change, name: args.name ?? '' }), true);
}

async function showStaged(context: InWorkspace, id: string, args: ContactsArgs): Promise<Answer> {
  return preview(context, await stagedImport({ ...whose(context, args), id }), args);
}

async function runStaged(context: InWorkspace, id: string, args: ContactsArgs): Promise<Answer> {
  const list = args.list === undefined ? undefined : await findContactList(context, args.list);
  const into = list ? { list: list.id } : { name: args.name ?? '' };
  const imported = await importStaged({ ...whose(context, args), id, into });
  return done(context, imported.checked, imported, list === undefined);
}

async function preview(context: InWorkspace, staged: StagedImport, args: ContactsArgs): Promise<Answer> {
  const { bad, columns, contacts, duplicates } = staged.checked;
  const list = args.list === undefined ? undefined : await findContactList(context, args.list);
  const facts: ImportPreview = {
    about: await aboutWorkspace(context.services.ledger, context.workspace),
    ...{ id: staged.id, fileName: staged.fileName, contacts: contacts.length, duplicates, bad },
    columns: columns.map((column) => column.name),
    into: list ? { list: list.id, listName: list.name } : { name: args.name ?? nameOf(staged.fileName) },
    ...(args.country && { country: args.country }),
  };
  return { kind: 'private', replace: args.staged !== undefined, card: importPreviewCard(facts) };
}

async function done(
  { services, workspace }: InWorkspace,
  { duplicates }: CheckedContacts,
  { added, known, list }: Imported,
  isNew: boolean,
): Promise<Answer> {
  const about = await aboutWorkspace(services.ledger, workspace);
  return { kind: 'private', replace: true, card: importedCard({ about, list, added, duplicates, known, isNew }) };
}

function whose({ account, actor, at, workspace }: InWorkspace, { country }: ContactsArgs) {
  return { account: account.id, workspace: workspace.id, person: actor.id, at, ...(country && { country }) };
}

/** `spring-customers.csv` -> `spring-customers`. */
function nameOf(fileName: string): string {
  const name = fileName.replace(/\.[a-z]{2,4}$/i, '').trim();
  return [...name].slice(0, LONGEST_NAME).join('') || 'Contacts';
}
