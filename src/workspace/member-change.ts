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

/** `before` is the membership as it was; `active` the workspace that the person is active in now, if any. */
export interface Departure {
  before: Membership;
  active?: Workspace;
}

/** How the audit line names who approved the change. */
export const approval = ({ approvedBy }: { approvedBy?: PersonId }): { approvedBy?: PersonId } =>
  approvedBy ? { approvedBy } : {};
