import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';
import { resourceReading } from './resource-reading.js';
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

export const {
  get: getTemplate,
  meant: templateMeant,
  find: findTemplates,
  count: templateCount,
  after: templatesAfter,
} = resourceReading(TemplateModel, toTemplate);

export function toTemplate(doc: TemplateDoc): Template {
  const { _id, account, workspace, name, item, text, variables, version, createdBy, createdAt, changedAt } = doc;
  return {
    ...{ id: _id, account, workspace, name, item, text, variables, version, createdBy, createdAt, changedAt },
    ...(doc.archivedAt && { archivedAt: doc.archivedAt }),
  };
}
