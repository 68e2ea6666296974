import mongoose from 'mongoose';
import type { Request, Workspace, WorkspaceId } from './entities.js';
import { type RequestDoc, RequestModel, toRequest } from './request-model.js';
import { toWorkspace, type WorkspaceDoc, WorkspaceModel } from './workspace-model.js';

/** The workspace that a wallet belongs to, of whatever account: for sweeps alone, nobody's request leads here. */
export async function workspaceOfWallet(id: WorkspaceId): Promise<Workspace | undefined> {
  const doc = await WorkspaceModel.findById(id).lean<WorkspaceDoc>();
  return doc ? toWorkspace(doc) : undefined;
}

/** Every account's workspaces in order of their ids, from the one after `after`: for sweeps alone. */
export async function workspacesAfter(after: WorkspaceId | undefined, limit: number): Promise<Workspace[]> {
  const docs = await WorkspaceModel.find(after === undefined ? {} : { _id: mongoose.trusted({ $gt: after }) })
    .sort({ _id: 1 })
    .limit(limit)
    .lean<WorkspaceDoc[]>();
  return docs.map(toWorkspace);
}

/** Requests of every account that nobody decided in time and that are not ended yet, the longest overdue first. */
export async function overdueRequests(at: Date, limit: number): Promise<Request[]> {
  const docs = await RequestModel.find({ state: 'pending', expiresAt: mongoose.trusted({ $lte: at }) })
    .sort({ expiresAt: 1 })
    .limit(limit)
    .lean<RequestDoc[]>();
  return docs.map(toRequest);
}

/** Requests of every account that were approved before then and have no result: whoever approved them was cut off. */
export async function approvedButNotRun(before: Date, limit: number): Promise<Request[]> {
  const docs = await RequestModel.find({
    state: 'approved',
    decidedAt: mongoose.trusted({ $lte: before }),
    result: mongoose.trusted({ $exists: false }),
  })
    .sort({ decidedAt: 1 })
    .limit(limit)
    .lean<RequestDoc[]>();
  return docs.map(toRequest);
}
