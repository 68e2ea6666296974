import mongoose from 'mongoose';
import type { Minor } from '../../ledger/entry.js';
import type { AccountId, WorkspaceId } from '../../workspace/entities.js';
import type { ReversalKind } from '../reversal.js';
import { ReversalModel, type ReversalRow } from '../reversal-model.js';

const GONE: Readonly<Record<ReversalKind, 1 | 0 | -1>> = {
  refund: 1,
  dispute: 1,
  refundUndone: -1,
  disputeWon: -1,
  disputeLost: 0,
};

/** What has gone back to the workspace's payers since then, by refunds and disputes, less what came again. */
export async function goneBackMinor(of: { account: AccountId; workspace: WorkspaceId; since: Date }): Promise<Minor> {
  const { account, workspace, since } = of;
  const rows = await ReversalModel.find({ account, workspace, createdAt: mongoose.trusted({ $gte: since }) }).lean<
    ReversalRow[]
  >();
  return rows.reduce((sum, { kind, amountMinor }) => sum + GONE[kind] * amountMinor, 0);
}
