import mongoose, { Schema } from 'mongoose';
import { type ClientRequest, clientRequestSchema, uniqueClientKey } from './client-request.js';
import { indexedAsResource, RESOURCE_FIELDS, type ResourceDoc } from './resource-model.js';

export interface TemplateDoc extends ResourceDoc {
  item: string;
  text: string;
  variables: string[];
  archivedAt?: Date;
  client?: ClientRequest;
}

const template = new Schema<TemplateDoc>(
  {
    ...RESOURCE_FIELDS,
    item: { type: String, required: true },
    text: { type: String, required: true },
    variables: { type: [String], required: true },
    archivedAt: Date,
    client: clientRequestSchema,
  },
  { collection: 'templates', versionKey: false, strict: 'throw' },
);
indexedAsResource(template);
uniqueClientKey(template);

export const TemplateModel = mongoose.model<TemplateDoc>('Template', template);
export const TEMPLATE = { model: TemplateModel, word: 'template' } as const;
