import mongoose from 'mongoose';
import { newId } from '../id.js';
import { inTransaction } from '../mongo.js';
import { refuse } from '../refusal.js';
import { writeAudit } from '../workspace/audit.js';
import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';
import type { CheckedContact, CheckedContacts } from './check-contacts.js';
import type { ClientRequest } from './client-request.js';
import type { Column } from './column.js';
import {
  CONTACT_LIST,
  type ContactDoc,
  type ContactListDoc,
  ContactListModel,
  ContactModel,
} from './contact-list-model.js';
import { type ContactList, toContactList } from './contact-lists.js';
import { assertNameFree, madeBefore } from './resource-changes.js';
import { resourceName } from './resource-name.js';

/** Of one list, all imports together. */
export const MOST_CONTACTS = 100_000;

export interface Imported {
  list: ContactList;
  added: number;
  /** Lines whose number the list had before. */
  known: readonly number[];
}

interface Import {
  account: AccountId;
  workspace: WorkspaceId;
  contacts: Pick<CheckedContacts, 'columns' | 'contacts'>;
  by: PersonId;
  at: Date;
  /** The name of the API key that it came by. */
  key?: string;
}

/**
 * Makes a list of the contacts, all of them or none; once for each key of a program.
 * @throws Refusal resourceNameTaken, keyConflict, badCsv
 */
export function createContactList(wanted: Import & { name: string; client?: ClientRequest }): Promise<Imported> {
  const { account, workspace, contacts, by, at, key, client } = wanted;
  const named = resourceName(wanted.name);
  const total = contacts.contacts.length;
  if (total > MOST_CONTACTS) refuse({ kind: 'badCsv', why: 'tooManyContacts', most: MOST_CONTACTS });
  const doc: ContactListDoc = {
    ...{ _id: newId('cl', at), account, workspace, ...named, columns: [...contacts.columns] },
    ...{ contacts: total, lastPosition: total, version: 1, archived: false },
    ...{ createdBy: by, createdAt: at, changedAt: at },
    ...(client && { client }),
  };
  return inTransaction(async () => {
    const first = client && (await madeBefore(CONTACT_LIST, doc, client));
    if (first) return { list: toContactList(first), added: 0, known: [] };
    await assertNameFree(CONTACT_LIST, doc);
    await ContactListModel.create(doc);
    await addContacts(doc, contacts.contacts, 0);
    const detail = { name: doc.name, contacts: total, ...(key && { key }) };
    await writeAudit({ account, workspace, by, action: 'contactList.imported', detail, at });
    return { list: toContactList(doc), added: total, known: [] };
  });
}

/**
 * Adds the contacts that a list does not have yet, all of them or none; those it has stay as they are.
 * @throws Refusal unknownResource, badCsv
 */
export function extendContactList(change: Import & { list: string }): Promise<Imported> {
  const { account, workspace, contacts, by, at, key } = change;
  return inTransaction(async () => {
    const filter = { account, workspace, _id: change.list, archived: false };
    const before = await ContactListModel.findOne(filter).lean<ContactListDoc>();
    if (!before) return refuse({ kind: 'unknownResource', what: 'contact list', typed: '', nearest: [] });
    const known = await phonesIn(before, contacts.contacts);
    const fresh = contacts.contacts.filter(({ phone }) => !known.has(phone));
    const total = before.contacts + fresh.length;
    if (total > MOST_CONTACTS) refuse({ kind: 'badCsv', why: 'tooManyContacts', most: MOST_CONTACTS });
    const columns = merged(before.columns, contacts.columns);
    const lines = contacts.contacts.filter(({ phone }) => known.has(phone)).map(({ line }) => line);
    if (fresh.length === 0) return { list: toContactList(before), added: 0, known: lines };
    const doc = await ContactListModel.findOneAndUpdate(
      { ...filter, version: before.version },
      {
        $set: { columns, changedAt: at },
        $inc: { contacts: fresh.length, lastPosition: fresh.length, version: 1 },
      },
      { returnDocument: 'after' },
    )
      .lean<ContactListDoc>()
      .orFail();
    await addContacts(before, fresh, before.lastPosition);
    const detail = { name: doc.name, contacts: fresh.length, ...(key && { key }) };
    await writeAudit({ account, workspace, by, action: 'contactList.extended', detail, at });
    return { list: toContactList(doc), added: fresh.length, known: lines };
  });
}

async function phonesIn(
  { account, workspace, _id }: ContactListDoc,
  contacts: readonly CheckedContact[],
): Promise<Set<string>> {
  const wanted = contacts.map(({ phone }) => phone);
  const docs = await ContactModel.find(
    { account, workspace, list: _id, phone: mongoose.trusted({ $in: wanted }) },
    { phone: 1 },
  ).lean<Pick<ContactDoc, 'phone'>[]>();
  return new Set(docs.map(({ phone }) => phone));
}

function merged(before: readonly Column[], more: readonly Column[]): Column[] {
  for (const { name, type } of more) {
    const known = before.find((column) => column.name === name);
    if (known && known.type !== type) refuse({ kind: 'badCsv', why: 'otherType', column: `${name}:${known.type}` });
  }
  return [...before, ...more.filter(({ name }) => !before.some((column) => column.name === name))];
}

async function addContacts(
  { _id, account, workspace }: ContactListDoc,
  contacts: readonly CheckedContact[],
  after: number,
): Promise<void> {
  const docs = contacts.map(({ phone, fields }, index): ContactDoc => {
    const position = after + index + 1;
    return { _id: `${_id}:${position}`, account, workspace, list: _id, position, phone, fields };
  });
  await ContactModel.insertMany(docs, { lean: true });
}
