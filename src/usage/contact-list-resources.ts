import type { z } from 'zod';
import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import { archiveContactList, renameContactList, restoreContactList } from '../resources/change-contact-list.js';
import { type CheckedContacts, checkContacts } from '../resources/check-contacts.js';
import { type ContactList, contactListsAfter, getContactList } from '../resources/contact-lists.js';
import { createContactList, extendContactList } from '../resources/import-contacts.js';
import { digest } from '../workspace/canonical.js';
import type { ApiCall, KindOf } from './resource-kind.js';
import type { changeContactListBody, contactListShown, createContactListBody } from './resource-schemas.js';

type ContactLists = KindOf<typeof createContactListBody, typeof changeContactListBody, typeof contactListShown>;

/** Contact lists, as `/v1/resources` knows them. */
export const contactLists: ContactLists = {
  prefix: 'cl',
  page: async (of) => (await contactListsAfter(of)).map(shown),
  async open({ account, workspace, id }) {
    const list = await getContactList(account, workspace, id);
    return list && shown(list);
  },
  async create(call, { key, ...asked }) {
    const contacts = await checked(asked.csv, asked.country);
    const client = { key, hash: digest(asked) };
    const { list } = await createContactList({ ...changeOf(call), contacts, name: asked.name, client });
    return shown(list);
  },
  async change(call, id, { name, archived, csv, country }) {
    const change = { ...changeOf(call), list: id };
    const contacts = csv === undefined ? undefined : await checked(csv, country);
    return inTransaction(async () => {
      let list = await getContactList(change.account, change.workspace, id);
      if (!list) return undefined;
      if (archived === false) list = await restoreContactList(change);
      if (name !== undefined) list = await renameContactList({ ...change, name });
      if (contacts) list = (await extendContactList({ ...change, contacts })).list;
      if (archived === true) list = await archiveContactList(change);
      return shown(list);
    });
  },
};

function changeOf({ workspace: { id, account }, by, keyName, at }: ApiCall) {
  return { account, workspace: id, by, key: keyName, at };
}

async function checked(csv: string, country: string | undefined): Promise<CheckedContacts> {
  const contacts = await checkContacts(csv, country);
  if (contacts.bad.length > 0) refuse({ kind: 'badCsv', why: 'badRows', rows: contacts.bad });
  return contacts;
}

function shown(list: ContactList): z.output<typeof contactListShown> {
  const { id, name, contacts, columns, createdAt, changedAt, archivedAt } = list;
  return {
    ...{ kind: 'contactList', id, name, contacts, archived: archivedAt !== undefined },
    columns: columns.map((column) => ({ name: column.name, type: column.type })),
    createdAt: createdAt.toISOString(),
    changedAt: changedAt.toISOString(),
  };
}
