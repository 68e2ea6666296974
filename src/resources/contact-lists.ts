import mongoose from 'mongoose';
import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';
import type { Column } from './column.js';
import { type ContactDoc, type ContactListDoc, ContactListModel, ContactModel } from './contact-list-model.js';
import type { Place } from './resource-page.js';
import { resourceReading } from './resource-reading.js';

/** People to write to, each with a phone number. */
export interface ContactList {
  /** `cl_…` */
  id: string;
  account: AccountId;
  workspace: WorkspaceId;
  name: string;
  /** What is known of each besides the phone number. */
  columns: readonly Column[];
  /** How many there are. */
  contacts: number;
  version: number;
  createdBy: PersonId;
  createdAt: Date;
  changedAt: Date;
  archivedAt?: Date;
}

export interface Contact {
  /** E.164 */
  phone: string;
  /** 1, 2, 3 …; with gaps where somebody was taken out. */
  position: number;
  fields: Readonly<Record<string, string>>;
}

export const {
  get: getContactList,
  meant: contactListMeant,
  find: findContactLists,
  count: contactListCount,
  after: contactListsAfter,
} = resourceReading(ContactListModel, toContactList);

/** In the order they were imported, from after a position on. */
export async function contactsOf(of: Place & { list: string; after?: number; limit: number }): Promise<Contact[]> {
  const { account, workspace, list, after = 0, limit } = of;
  const docs = await ContactModel.find({ account, workspace, list, position: mongoose.trusted({ $gt: after }) })
    .sort({ position: 1 })
    .limit(limit)
    .lean<ContactDoc[]>();
  return docs.map(toContact);
}

/** The one with this number in the list. */
export async function contactWithPhone(of: Place & { list: string; phone: string }): Promise<Contact | undefined> {
  const { account, workspace, list, phone } = of;
  const doc = await ContactModel.findOne({ account, workspace, list, phone }).lean<ContactDoc>();
  return doc ? toContact(doc) : undefined;
}

export function toContactList(doc: ContactListDoc): ContactList {
  const { _id, account, workspace, name, columns, contacts, version, createdBy, createdAt, changedAt } = doc;
  return {
    ...{ id: _id, account, workspace, name, columns, contacts, version, createdBy, createdAt, changedAt },
    ...(doc.archivedAt && { archivedAt: doc.archivedAt }),
  };
}

function toContact({ phone, position, fields }: ContactDoc): Contact {
  return { phone, position, fields };
}
