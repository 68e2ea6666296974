import mongoose, { Schema } from 'mongoose';
import type { AccountId, WorkspaceId } from './entities.js';

/** A workspace's policies as they were set, by key; one that is not there was never set, or was taken off. */
export interface PolicyDoc {
  account: AccountId;
  workspace: WorkspaceId;
  values: Readonly<Record<string, unknown>>;
}

const policySchema = new Schema<PolicyDoc>(
  {
    account: { type: String, required: true },
    workspace: { type: String, required: true },
    values: { type: Schema.Types.Mixed, required: true },
  },
  { collection: 'policies', versionKey: false, strict: 'throw', minimize: false },
);
policySchema.index({ account: 1, workspace: 1 }, { unique: true });
/** For sweeps. */
policySchema.index({ workspace: 1 });

export const PolicyModel = mongoose.model<PolicyDoc>('Policies', policySchema);
