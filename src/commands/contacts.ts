import type { Form } from '../cards/card.js';
import { removeContactForm, renameListForm } from '../cards/resources/contact-cards.js';
import type { Answer } from '../chat/invocation.js';
import { type Args, type InWorkspace, workspaceCommand } from './command.js';
import { CONTACTS_WHAT, type ContactsArgs, contactsArgs } from './contacts-args.js';
import { importContacts, importFormOf } from './contacts-import.js';
import { changeList, listContacts, openList } from './contacts-list.js';
import { aboutWorkspace } from './context.js';
import { findContactList } from './find-resource.js';
import { listChoices } from './picked-from.js';
import type { Reader } from './reader.js';

/** Whether the call itself changes something, rather than ask first. */
export function changesContacts({ what, csv, name: newName, phone, sure }: Args): boolean {
  if (what === 'import') return csv !== undefined || sure === true;
  if (what === 'rename') return newName !== undefined;
  if (what === 'remove') return phone !== undefined;
  return what === 'restore' || (what === 'archive' && sure === true);
}

/** Contact lists: imported, listed, searched, opened, changed, exported, archived. */
export const contacts = workspaceCommand({
  args: contactsArgs,
  read: readContacts,
  form: (context, args) => formFor(context, args),
  choices: listChoices,
  async run(context, args): Promise<Answer> {
    switch (args.what) {
      case 'list':
        return listContacts(context, args);
      case 'open':
        return openList(context, args);
      case 'import':
        return importContacts(context, args);
      case 'rename':
      case 'remove':
      case 'archive':
      case 'restore':
      case 'csv':
        return changeList(context, { ...args, what: args.what });
    }
  },
});

function readContacts(words: Reader): Args {
  const what = words.oneOf({
    ...Object.fromEntries(CONTACTS_WHAT.map((one) => [one, one])),
    export: 'csv',
    open: 'open',
  });
  words.drop('called', 'named');
  if (what === 'import') {
    const country = words.textAfter('country');
    return { what, country, name: words.rest() };
  }
  if (what === 'rename') {
    const newName = words.textAfter('to');
    return { what, list: words.rest(), name: newName };
  }
  if (what === 'remove') {
    const list = words.textAfter('from');
    return { what, list, phone: words.rest() };
  }
  if (what === undefined || what === 'list') return readList(words);
  return { what, list: words.rest() };
}

/** `contacts`, `contacts archived`, `contacts find spring`, `contacts Spring`. */
function readList(words: Reader): Args {
  const archived = words.choice(['archived']) && true;
  const finding = words.choice(['find', 'search']) !== undefined;
  const rest = words.rest();
  if (rest === undefined || archived || finding) return { what: 'list', archived, search: rest };
  return { what: 'open', list: rest };
}

async function formFor(context: InWorkspace, args: ContactsArgs): Promise<Form | undefined> {
  if (args.what === 'import') return importFormOf(context, args);
  const asks =
    (args.what === 'rename' && args.name === undefined) || (args.what === 'remove' && args.phone === undefined);
  if (!asks || args.list === undefined) return undefined;
  const list = await findContactList(context, args.list);
  const about = await aboutWorkspace(context.services.ledger, context.workspace);
  return args.what === 'rename' ? renameListForm(about, list) : removeContactForm(about, list);
}
