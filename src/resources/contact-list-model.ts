import mongoose, { Schema } from 'mongoose';
import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';
import { type Column, COLUMN_TYPES } from './column.js';
import { type ClientRequest, clientRequestSchema, uniqueClientKey } from './client-request.js';

export interface ContactListDoc {
  _id: string;
  account: AccountId;
  workspace: WorkspaceId;
  name: string;
  foldedName: string;
  columns: Column[];
  contacts: number;
  /** The position of the contact that was added last. */
  lastPosition: number;
  version: number;
  archived: boolean;
  archivedAt?: Date;
  createdBy: PersonId;
  createdAt: Date;
  changedAt: Date;
  client?: ClientRequest;
}

const column = new Schema<Column>(
  { name: { type: String, required: true }, type: { type: String, enum: COLUMN_TYPES, required: true } },
  { _id: false, strict: 'throw' },
);

const contactList = new Schema<ContactListDoc>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    workspace: { type: String, required: true },
    name: { type: String, required: true },
    foldedName: { type: String, required: true },
    columns: { type: [column], required: true },
    contacts: { type: Number, required: true, min: 0 },
    lastPosition: { type: Number, required: true, min: 0 },
    version: { type: Number, required: true },
    archived: { type: Boolean, required: true },
    archivedAt: Date,
    createdBy: { type: String, required: true },
    createdAt: { type: Date, required: true },
    changedAt: { type: Date, required: true },
    client: clientRequestSchema,
  },
  { collection: 'contact_lists', versionKey: false, strict: 'throw' },
);
contactList.index({ account: 1, workspace: 1, archived: 1, _id: 1 });
contactList.index(
  { account: 1, workspace: 1, foldedName: 1 },
  { unique: true, partialFilterExpression: { archived: false } },
);
uniqueClientKey(contactList);

export const ContactListModel = mongoose.model<ContactListDoc>('ContactList', contactList);

export interface ContactDoc {
  /** `cl_…:17` */
  _id: string;
  account: AccountId;
  workspace: WorkspaceId;
  list: string;
  position: number;
  /** E.164 */
  phone: string;
  fields: Record<string, string>;
}

const contact = new Schema<ContactDoc>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    workspace: { type: String, required: true },
    list: { type: String, required: true },
    position: { type: Number, required: true },
    phone: { type: String, required: true },
    fields: { type: Schema.Types.Mixed, required: true },
  },
  { collection: 'contacts', versionKey: false, strict: 'throw', minimize: false },
);
contact.index({ account: 1, list: 1, phone: 1 }, { unique: true });
contact.index({ account: 1, workspace: 1, list: 1, position: 1 });

export const ContactModel = mongoose.model<ContactDoc>('Contact', contact);
