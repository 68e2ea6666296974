import mongoose from 'mongoose';
import type { AccountId, WorkspaceId } from '../workspace/entities.js';
import { fold } from '../workspace/fold.js';

/** Which resources of one kind are wanted, newest first. */
export interface ResourceQuery {
  account: AccountId;
  workspace: WorkspaceId;
  /** Part of a name, in any case. */
  search?: string;
  /** Those that were put away, in place of the others. */
  archived?: boolean;
  limit: number;
  /** The last id of the page before. */
  before?: string;
}

export function resourceFilter({ account, workspace, search, archived = false, before }: ResourceQuery) {
  return {
    account,
    workspace,
    archived,
    ...(search && { foldedName: mongoose.trusted({ $regex: escaped(fold(search)) }) }),
    ...(before && { _id: mongoose.trusted({ $lt: before }) }),
  };
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** As many as were asked for, of one more that was read; and whether there are others. */
export function pageOf<T>(read: readonly T[], limit: number): { page: T[]; more: boolean } {
  return { page: read.slice(0, limit), more: read.length > limit };
}

/** What makes ids of several kinds sort together: all but the kind's prefix. */
export function idSuffix(id: string): string {
  return id.slice(id.indexOf('_') + 1);
}
