import mongoose, { Schema } from 'mongoose';
import type { AccountId, WorkspaceId } from '../workspace/entities.js';
import { type Column, COLUMN_TYPES } from './column.js';
import { type ClientRequest, clientRequestSchema, uniqueClientKey } from './client-request.js';
import { indexedAsResource, RESOURCE_FIELDS, type ResourceDoc } from './resource-model.js';

export interface ContactListDoc extends ResourceDoc {
  columns: Column[];
  contacts: number;
  /** The position of the contact that was added last. */
  lastPosition: number;
  archivedAt?: Date;
  client?: ClientRequest;
}

const column = new Schema<Column>(
  { name: { type: String, required: true }, type: { type: String, enum: COLUMN_TYPES, required: true } },
  { _id: false, strict: 'throw' },
);

const contactList = new Schema<ContactListDoc>(
  {
    ...RESOURCE_FIELDS,
    columns: { type: [column], required: true },
    contacts: { type: Number, required: true, min: 0 },
    lastPosition: { type: Number, required: true, min: 0 },
    archivedAt: Date,
    client: clientRequestSchema,
  },
  { collection: 'contact_lists', versionKey: false, strict: 'throw' },
);
indexedAsResource(contactList);
uniqueClientKey(contactList);

export const ContactListModel = mongoose.model<ContactListDoc>('ContactList', contactList);
export const CONTACT_LIST = { model: ContactListModel, word: 'contact list' } as const;

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
