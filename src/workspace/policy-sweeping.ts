import mongoose from 'mongoose';
import type { AccountId, PolicyKey, WorkspaceId } from './entities.js';
import { type PolicyDoc, PolicyModel } from './policy-model.js';

/**
 * Every account's workspaces that have set that policy, in force or not, in order of their ids from the one after
 * `after`: for sweeps alone.
 */
export async function workspacesWithPolicy(
  key: PolicyKey,
  after: WorkspaceId | undefined,
  limit: number,
): Promise<{ account: AccountId; workspace: WorkspaceId }[]> {
  const docs = await PolicyModel.find({
    [`values.${key}`]: mongoose.trusted({ $exists: true }),
    ...(after !== undefined && { workspace: mongoose.trusted({ $gt: after }) }),
  })
    .sort({ workspace: 1 })
    .limit(limit)
    .lean<PolicyDoc[]>();
  return docs.map(({ account, workspace }) => ({ account, workspace }));
}
