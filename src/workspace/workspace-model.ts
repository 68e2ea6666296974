import mongoose, { Schema } from 'mongoose';
import { LICENCES, type Membership, ROLES, type Workspace, type WorkspaceId } from './entities.js';

export interface WorkspaceDoc extends Omit<Workspace, 'id'> {
  _id: WorkspaceId;
  foldedName: string;
}

const workspaceSchema = new Schema<WorkspaceDoc>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    name: { type: String, required: true },
    foldedName: { type: String, required: true },
    status: { type: String, enum: ['active', 'disabled'], required: true },
    currency: { type: String, required: true },
    timeZone: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'workspaces', versionKey: false, strict: 'throw' },
);
workspaceSchema.index({ account: 1, _id: 1 }, { unique: true });
workspaceSchema.index({ account: 1, foldedName: 1 }, { unique: true });
workspaceSchema.index({ account: 1 }, { partialFilterExpression: { status: 'disabled' }, name: 'disabled' });

export interface MembershipDoc extends Membership {
  _id: string;
  /** The person's own, as lists are sorted: see member-names.ts. */
  foldedName?: string;
  /** Name and address, as lists are searched. */
  searched?: string;
  /** The workspace's folded name, as somebody's own are sorted and searched: see workspace-names.ts. */
  workspaceName?: string;
}

/** A person's places as lists have them: the active one first. */
export const BY_WORKSPACE_NAME = { account: 1, person: 1, active: -1, workspaceName: 1 } as const;

const membershipSchema = new Schema<MembershipDoc>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    workspace: { type: String, required: true },
    person: { type: String, required: true },
    role: { type: String, enum: ROLES, required: true },
    licence: { type: String, enum: LICENCES, required: true },
    active: { type: Boolean, required: true },
    suspended: { type: Boolean, required: true },
    joinedAt: { type: Date, required: true },
    foldedName: String,
    searched: String,
    workspaceName: String,
  },
  { collection: 'memberships', versionKey: false, strict: 'throw' },
);
membershipSchema.index({ account: 1, workspace: 1, person: 1 }, { unique: true });
membershipSchema.index({ account: 1, licence: 1, person: 1 });
/** Counted without reading a document. */
membershipSchema.index({ account: 1, workspace: 1, licence: 1 });
membershipSchema.index({ account: 1, workspace: 1, role: 1, foldedName: 1, person: 1 });
/** What is searched is in it, so that a search reads no document but those it finds. */
membershipSchema.index({ account: 1, workspace: 1, foldedName: 1, person: 1, searched: 1 });
membershipSchema.index(
  { account: 1, person: 1 },
  { unique: true, partialFilterExpression: { active: true }, name: 'one_active_workspace_per_person' },
);
membershipSchema.index(
  { account: 1, workspace: 1 },
  { unique: true, partialFilterExpression: { role: 'primaryOwner' }, name: 'one_primary_owner_per_workspace' },
);
membershipSchema.index({ account: 1, person: 1, joinedAt: 1 });
membershipSchema.index({ account: 1, person: 1 }, { partialFilterExpression: { suspended: true }, name: 'suspended' });
membershipSchema.index(BY_WORKSPACE_NAME);

export const WorkspaceModel = mongoose.model<WorkspaceDoc>('Workspace', workspaceSchema);
export const MembershipModel = mongoose.model<MembershipDoc>('Membership', membershipSchema);

export function toWorkspace(doc: WorkspaceDoc): Workspace {
  const { _id, account, name, status, currency, timeZone, createdAt } = doc;
  return { id: _id, account, name, status, currency, timeZone, createdAt };
}

export function toMembership(doc: MembershipDoc): Membership {
  const { account, workspace, person, role, licence, active, suspended, joinedAt } = doc;
  return { account, workspace, person, role, licence, active, suspended, joinedAt };
}
