import mongoose, { Schema } from 'mongoose';
import type { BreakdownQuery } from '../ledger/spend-query.js';
import type { ExportQuery } from '../ledger/export.js';
import type { ReceiptId } from '../payments/receipts/receipt.js';
import type { AuditQuery } from '../workspace/audit-reading.js';
import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';
import type { AccountSummaryLine } from './account-summary-csv.js';

/** A file that somebody may have for a while. */
export type Wanted =
  | { kind: 'receipt'; receipt: ReceiptId }
  | { kind: 'history'; query: Pick<ExportQuery, 'kind' | 'resource' | 'person' | 'reference' | 'from' | 'to'> }
  | { kind: 'contacts'; list: string }
  | { kind: 'report'; query: BreakdownQuery }
  /** `2026-11`, in the workspace's own calendar. */
  | { kind: 'summary'; query: { period: string; from: Date; to: Date } }
  /** As it was when it was asked for. */
  | { kind: 'accountSummary'; period: string; lines: readonly AccountSummaryLine[] }
  | { kind: 'audit'; query: Pick<AuditQuery, 'person' | 'topic' | 'from' | 'to'> };

/** `_id` is the hash of the link's token: a copy of the database opens nothing. */
export interface DownloadRow {
  _id: string;
  account: AccountId;
  workspace: WorkspaceId;
  person: PersonId;
  what: Wanted;
  expiresAt: Date;
}

const download = new Schema<DownloadRow>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    workspace: { type: String, required: true },
    person: { type: String, required: true },
    what: { type: Schema.Types.Mixed, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'downloads', versionKey: false, strict: 'throw', minimize: false },
);
download.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export const DownloadModel = mongoose.model<DownloadRow>('Download', download);
