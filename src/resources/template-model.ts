import mongoose, { Schema } from 'mongoose';
import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';
import { type ClientRequest, clientRequestSchema, uniqueClientKey } from './client-request.js';

export interface TemplateDoc {
  _id: string;
  account: AccountId;
  workspace: WorkspaceId;
  name: string;
  foldedName: string;
  item: string;
  text: string;
  variables: string[];
  version: number;
  archived: boolean;
  archivedAt?: Date;
  createdBy: PersonId;
  createdAt: Date;
  changedAt: Date;
  client?: ClientRequest;
}

const template = new Schema<TemplateDoc>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    workspace: { type: String, required: true },
    name: { type: String, required: true },
    foldedName: { type: String, required: true },
    item: { type: String, required: true },
    text: { type: String, required: true },
    variables: { type: [String], required: true },
    version: { type: Number, required: true },
    archived: { type: Boolean, required: true },
    archivedAt: Date,
    createdBy: { type: String, required: true },
    createdAt: { type: Date, required: true },
    changedAt: { type: Date, required: true },
    client: clientRequestSchema,
  },
  { collection: 'templates', versionKey: false, strict: 'throw' },
);
template.index({ account: 1, workspace: 1, archived: 1, _id: 1 });
template.index(
  { account: 1, workspace: 1, foldedName: 1 },
  { unique: true, partialFilterExpression: { archived: false } },
);
uniqueClientKey(template);

export const TemplateModel = mongoose.model<TemplateDoc>('Template', template);
