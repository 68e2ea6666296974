import mongoose, { Schema } from 'mongoose';
import type { AccountId } from './entities.js';
import type { AuditEntry } from './audit-entry.js';

export interface AuditDoc extends AuditEntry {
  _id: string;
}

const auditSchema = new Schema<AuditDoc>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    sequence: { type: Number, required: true },
    workspace: String,
    by: { type: String, required: true },
    action: { type: String, required: true },
    person: String,
    request: String,
    detail: Schema.Types.Mixed,
    from: Schema.Types.Mixed,
    at: { type: Date, required: true },
    hash: { type: String, required: true },
  },
  { collection: 'audit', versionKey: false, strict: 'throw', minimize: false },
);
auditSchema.index({ account: 1, sequence: 1 }, { unique: true });
auditSchema.index({ account: 1, workspace: 1, sequence: -1 });
auditSchema.index({ account: 1, by: 1, sequence: -1 });
auditSchema.index({ account: 1, person: 1, sequence: -1 });

/** The last line of each account's chain: without it, cutting lines off the end would not be seen. */
export interface AuditHeadDoc {
  _id: AccountId;
  account: AccountId;
  sequence: number;
  hash: string;
}

const auditHeadSchema = new Schema<AuditHeadDoc>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    sequence: { type: Number, required: true },
    hash: { type: String, required: true },
  },
  { collection: 'audit_heads', versionKey: false, strict: 'throw' },
);

export const AuditModel = mongoose.model<AuditDoc>('AuditLine', auditSchema);
export const AuditHeadModel = mongoose.model<AuditHeadDoc>('AuditHead', auditHeadSchema);
