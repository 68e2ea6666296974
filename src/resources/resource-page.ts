import mongoose from 'mongoose';
import type { AccountId, WorkspaceId } from '../workspace/entities.js';
import { fold } from '../workspace/fold.js';

/** The workspace that a resource is in. */
export interface Place {
  account: AccountId;
  workspace: WorkspaceId;
}

/** Which resources of one kind are wanted, newest first. */
export interface ResourceQuery extends Place {
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

/** Those that somebody may mean who says an id or a name, in any case. */
export function meantFilter({ account, workspace }: Place, idOrName: string) {
  return { account, workspace, $or: [{ _id: idOrName }, { foldedName: fold(idOrName) }] };
}

/** A page for programs that read all of them, oldest first. */
export interface ReadingOn extends Place {
  archived: boolean;
  limit: number;
  /** The last id of the page before. */
  after?: string;
}

export function readingOnFilter({ account, workspace, archived, after }: ReadingOn) {
  return { account, workspace, archived, ...(after && { _id: mongoose.trusted({ $gt: after }) }) };
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
