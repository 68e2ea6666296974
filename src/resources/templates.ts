import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';
import {
  meantFilter,
  pageOf,
  type Place,
  type ReadingOn,
  readingOnFilter,
  resourceFilter,
  type ResourceQuery,
} from './resource-page.js';
import { type TemplateDoc, TemplateModel } from './template-model.js';

/** A text with named variables, to be sent to the contacts of a list. */
export interface Template {
  /** `tp_…` */
  id: string;
  account: AccountId;
  workspace: WorkspaceId;
  name: string;
  /** What one message is charged as: an item of the price list. */
  item: string;
  text: string;
  /** `first_name` for `{{first_name}}`, each once. */
  variables: readonly string[];
  version: number;
  createdBy: PersonId;
  createdAt: Date;
  changedAt: Date;
  archivedAt?: Date;
}

/** Archived ones too. */
export async function getTemplate(
  account: AccountId,
  workspace: WorkspaceId,
  id: string,
): Promise<Template | undefined> {
  const doc = await TemplateModel.findOne({ account, workspace, _id: id }).lean<TemplateDoc>();
  return doc ? toTemplate(doc) : undefined;
}

/** By id or name; of several of one name the one in use, else the one that was archived last. */
export async function templateMeant(place: Place, idOrName: string): Promise<Template | undefined> {
  const doc = await TemplateModel.findOne(meantFilter(place, idOrName))
    .sort({ archived: 1, archivedAt: -1 })
    .lean<TemplateDoc>();
  return doc ? toTemplate(doc) : undefined;
}

/** Newest first. */
export async function findTemplates(query: ResourceQuery): Promise<{ templates: Template[]; more: boolean }> {
  const docs = await TemplateModel.find(resourceFilter(query))
    .sort({ _id: -1 })
    .limit(query.limit + 1)
    .lean<TemplateDoc[]>();
  const { page, more } = pageOf(docs, query.limit);
  return { templates: page.map(toTemplate), more };
}

export function templateCount({ account, workspace }: Place): Promise<number> {
  return TemplateModel.countDocuments({ account, workspace, archived: false });
}

/** Oldest first, from after an id on: for programs that read all of them. */
export async function templatesAfter(query: ReadingOn): Promise<Template[]> {
  const docs = await TemplateModel.find(readingOnFilter(query))
    .sort({ _id: 1 })
    .limit(query.limit)
    .lean<TemplateDoc[]>();
  return docs.map(toTemplate);
}

export function toTemplate(doc: TemplateDoc): Template {
  const { _id, account, workspace, name, item, text, variables, version, createdBy, createdAt, changedAt } = doc;
  return {
    ...{ id: _id, account, workspace, name, item, text, variables, version, createdBy, createdAt, changedAt },
    ...(doc.archivedAt && { archivedAt: doc.archivedAt }),
  };
}
