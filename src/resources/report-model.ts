import mongoose, { Schema } from 'mongoose';
import { type ClientRequest, clientRequestSchema, uniqueClientKey } from './client-request.js';
import { REPORT_BY, type Report } from './report.js';
import { indexedAsResource, RESOURCE_FIELDS } from './resource-model.js';

export interface ReportDoc extends Omit<Report, 'id'> {
  _id: string;
  foldedName: string;
  client: ClientRequest;
}

const report = new Schema<ReportDoc>(
  {
    ...RESOURCE_FIELDS,
    client: { type: clientRequestSchema, required: true },
    campaign: String,
    resource: String,
    item: String,
    person: String,
    by: { type: String, enum: REPORT_BY, required: true },
    period: { type: String, required: true },
  },
  { collection: 'reports', versionKey: false, strict: 'throw' },
);
indexedAsResource(report);
uniqueClientKey(report);

export const ReportModel = mongoose.model<ReportDoc>('Report', report);
export const REPORT = { model: ReportModel, word: 'report' } as const;

export function toReport({ _id: id, foldedName: _folded, client: _client, ...rest }: ReportDoc): Report {
  return { id, ...rest };
}
