import mongoose, { Schema } from 'mongoose';
import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';

/** A file that somebody sent, waiting until they say what becomes of it. */
export interface ContactImportDoc {
  _id: string;
  account: AccountId;
  workspace: WorkspaceId;
  person: PersonId;
  fileName: string;
  csv: string;
  expiresAt: Date;
}

const contactImport = new Schema<ContactImportDoc>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    workspace: { type: String, required: true },
    person: { type: String, required: true },
    fileName: { type: String, required: true },
    csv: { type: String, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'contact_imports', versionKey: false, strict: 'throw' },
);
contactImport.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const ContactImportModel = mongoose.model<ContactImportDoc>('ContactImport', contactImport);
