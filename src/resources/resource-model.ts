import type { Schema } from 'mongoose';
import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';

/** What is stored of a resource, of whatever kind. */
export interface ResourceDoc {
  _id: string;
  account: AccountId;
  workspace: WorkspaceId;
  name: string;
  foldedName: string;
  version: number;
  archived: boolean;
  createdBy: PersonId;
  createdAt: Date;
  changedAt: Date;
}

export const RESOURCE_FIELDS = {
  _id: { type: String, required: true },
  account: { type: String, required: true },
  workspace: { type: String, required: true },
  name: { type: String, required: true },
  foldedName: { type: String, required: true },
  version: { type: Number, required: true },
  archived: { type: Boolean, required: true },
  createdBy: { type: String, required: true },
  createdAt: { type: Date, required: true },
  changedAt: { type: Date, required: true },
} as const;

/** Lists by age, and no two in use of one name. */
export function indexedAsResource<T extends ResourceDoc>(schema: Schema<T>): void {
  schema.index({ account: 1, workspace: 1, archived: 1, _id: 1 });
  schema.index(
    { account: 1, workspace: 1, foldedName: 1 },
    { unique: true, partialFilterExpression: { archived: false } },
  );
}
