import type { Model, QueryFilter } from 'mongoose';
import type { AccountId, WorkspaceId } from '../workspace/entities.js';
import type { ResourceDoc } from './resource-model.js';
import {
  meantFilter,
  pageOf,
  type Place,
  type ReadingOn,
  readingOnFilter,
  resourceFilter,
  type ResourceQuery,
} from './resource-page.js';

export interface Found<T> {
  found: T[];
  /** Whether there are others after these. */
  more: boolean;
}

/** How resources of one kind are read, each as `toResource` has it. */
export function resourceReading<D extends ResourceDoc, T>(model: Model<D>, toResource: (doc: D) => T) {
  /** What mongoose cannot tell of a kind that it does not know. */
  const where = (filter: object) => filter as QueryFilter<D>;
  return {
    /** Archived ones too. */
    async get(account: AccountId, workspace: WorkspaceId, id: string): Promise<T | undefined> {
      const doc = await model.findOne(where({ account, workspace, _id: id })).lean<D>();
      return doc ? toResource(doc) : undefined;
    },

    /** By id or name, in any case; of several of one name the one in use, else the one that was put away last. */
    async meant(place: Place, idOrName: string): Promise<T | undefined> {
      const doc = await model
        .findOne(where(meantFilter(place, idOrName)))
        .sort({ archived: 1, archivedAt: -1, _id: -1 })
        .lean<D>();
      return doc ? toResource(doc) : undefined;
    },

    /** Newest first. */
    async find(query: ResourceQuery, also: object = {}): Promise<Found<T>> {
      const docs = await model
        .find(where({ ...resourceFilter(query), ...also }))
        .sort({ _id: -1 })
        .limit(query.limit + 1)
        .lean<D[]>();
      const { page, more } = pageOf(docs, query.limit);
      return { found: page.map(toResource), more };
    },

    /** How many there are that are not archived. */
    count({ account, workspace }: Place): Promise<number> {
      return model.countDocuments(where({ account, workspace, archived: false })).exec();
    },

    /** Oldest first, from after an id on: for programs that read all of them. */
    async after(query: ReadingOn): Promise<T[]> {
      const docs = await model
        .find(where(readingOnFilter(query)))
        .sort({ _id: 1 })
        .limit(query.limit)
        .lean<D[]>();
      return docs.map(toResource);
    },
  };
}
