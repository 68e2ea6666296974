import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';

export type ChannelId = string;

/** A room of a workspace, where its people find the meetings that are shared there. */
export interface Channel {
  id: ChannelId;
  account: AccountId;
  workspace: WorkspaceId;
  name: string;
  /** Read by everybody in the workspace, or by its members alone, whatever anybody's rank. */
  kind: 'public' | 'private';
  createdBy: PersonId;
  createdAt: Date;
  /** Nothing new is shared there; what was, is still read by those who could. */
  archivedAt?: Date;
}

export interface ChannelMember {
  person: PersonId;
  /** Manages this channel, whatever their role. */
  manager: boolean;
}

/** One channel, of one workspace. */
export interface Which {
  account: AccountId;
  workspace: WorkspaceId;
  channel: ChannelId;
}
