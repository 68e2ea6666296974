import type { Model, QueryFilter, UpdateQuery } from 'mongoose';
import { type ResourceWord, refuse } from '../refusal.js';
import type { ClientRequest } from './client-request.js';
import type { ResourceDoc } from './resource-model.js';
import type { Place } from './resource-page.js';

/** Where resources of one kind are stored, and what one of them is called. */
export interface Kind<D extends ResourceDoc> {
  model: Model<D>;
  word: ResourceWord;
}

/** What the key made before. @throws Refusal keyConflict where that was something else */
export async function madeBefore<D extends ResourceDoc>(
  { model, word }: Kind<D>,
  { account, workspace }: Place,
  { key, hash }: ClientRequest,
): Promise<D | undefined> {
  const filter = { account, workspace, 'client.key': key } as QueryFilter<D>;
  const first = await model.findOne(filter).lean<D & { client: ClientRequest }>();
  if (first && first.client.hash !== hash) {
    refuse({ kind: 'keyConflict', key, firstUsedFor: `the ${word} ${first.name}` });
  }
  return first ?? undefined;
}

/** @throws Refusal resourceNameTaken where another in use has its name; `orArchived`: or one that was put away */
export async function assertNameFree<D extends ResourceDoc>(
  { model, word }: Kind<D>,
  of: Pick<ResourceDoc, 'account' | 'workspace' | 'name' | 'foldedName'> & { _id?: string },
  { orArchived = false } = {},
): Promise<void> {
  const { _id, account, workspace, name, foldedName } = of;
  const filter = { account, workspace, foldedName, ...(!orArchived && { archived: false }) } as QueryFilter<D>;
  const holder = await model.findOne(filter).lean<D>();
  if (holder && holder._id !== _id) refuse({ kind: 'resourceNameTaken', what: word, name });
}

/** Its next version; one that is taken back is archived no more. It must be there. */
export async function nextVersion<D extends ResourceDoc & { archivedAt?: Date }>(
  { model }: Kind<D>,
  { account, workspace, id, at }: Place & { id: string; at: Date },
  set: NoInfer<Partial<D>>,
): Promise<D> {
  const update = {
    $set: { ...set, changedAt: at },
    $inc: { version: 1 },
    ...(set.archived === false && { $unset: { archivedAt: 1 } }),
  } as UpdateQuery<D>;
  const filter = { account, workspace, _id: id } as QueryFilter<D>;
  return model.findOneAndUpdate(filter, update, { returnDocument: 'after' }).lean<D>().orFail();
}
