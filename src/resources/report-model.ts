import mongoose, { Schema } from 'mongoose';
import { type ClientRequest, clientRequestSchema, uniqueClientKey } from './client-request.js';
import { REPORT_BY, type Report } from './report.js';

export interface ReportDoc extends Omit<Report, 'id'> {
  _id: string;
  foldedName: string;
  client: ClientRequest;
}

const report = new Schema<ReportDoc>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    workspace: { type: String, required: true },
    name: { type: String, required: true },
    foldedName: { type: String, required: true },
    client: { type: clientRequestSchema, required: true },
    campaign: String,
    resource: String,
    item: String,
    person: String,
    by: { type: String, enum: REPORT_BY, required: true },
    period: { type: String, required: true },
    archived: { type: Boolean, required: true },
    version: { type: Number, required: true },
    createdBy: { type: String, required: true },
    createdAt: { type: Date, required: true },
    changedAt: { type: Date, required: true },
  },
  { collection: 'reports', versionKey: false, strict: 'throw' },
);
report.index({ account: 1, workspace: 1, archived: 1, _id: 1 });
report.index(
  { account: 1, workspace: 1, foldedName: 1 },
  { unique: true, partialFilterExpression: { archived: false } },
);
uniqueClientKey(report);

export const ReportModel = mongoose.model<ReportDoc>('Report', report);

export function toReport({ _id: id, foldedName: _folded, client: _client, ...rest }: ReportDoc): Report {
  return { id, ...rest };
}
