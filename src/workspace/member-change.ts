import type { AccountId, Membership, PersonId, Workspace, WorkspaceId } from './entities.js';

/** What somebody does to a member of a workspace. */
export interface MemberChange {
  account: AccountId;
  workspace: WorkspaceId;
  person: PersonId;
  by: PersonId;
  /** Who approved the request that this runs: the rank guard looks at their rank instead of the requester's. */
  approvedBy?: PersonId;
  at: Date;
}

/** A change that whoever made it may take back until then, with its id: see member-undo.ts. */
export interface Undoable {
  id: string;
  until: Date;
}

/** `before` is the membership as it was; `active` the workspace that the person is active in now, if any. */
export interface Departure {
  before: Membership;
  active?: Workspace;
  /** Absent where nothing changed, or where they left by themselves. */
  undo?: Undoable;
}

/** How the audit line names who approved the change. */
export const approval = ({ approvedBy }: { approvedBy?: PersonId }): { approvedBy?: PersonId } =>
  approvedBy ? { approvedBy } : {};
