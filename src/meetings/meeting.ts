import type { ChannelId } from '../channels/channel.js';
import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';

export type MeetingId = string;

/** Something that a person was given; it counts while the membership lasts that they had then. */
export interface Given {
  person: PersonId;
  since: Date;
}

/** What is kept of a meeting. Rank gives no access to it: its host decides who reads it. */
export interface Meeting {
  id: MeetingId;
  account: AccountId;
  workspace: WorkspaceId;
  title: string;
  startsAt: Date;
  endsAt?: Date;
  host: PersonId;
  /** They read it and write its highlights and notes. */
  collaborators: readonly Given[];
  /** They read it. */
  readers: readonly Given[];
  /** Whoever reads one of these reads it. */
  channels: readonly ChannelId[];
  /** Whether everybody in the workspace reads it. */
  open: boolean;
  highlights: readonly string[];
  notes?: string;
  /** An http or https address: the recording. */
  link?: string;
  createdAt: Date;
  /** Grows with each change: newer cards win over older ones. */
  version: number;
}

/** What people write of a meeting. */
export type Content = Pick<Meeting, 'title' | 'startsAt' | 'highlights'> &
  Partial<Pick<Meeting, 'endsAt' | 'notes' | 'link'>>;

/** One meeting, of one workspace. */
export interface Which {
  account: AccountId;
  workspace: WorkspaceId;
  meeting: MeetingId;
}

/** The most of each, so that a meeting stays a document that a card can show. */
export const MOST = {
  title: 150,
  highlights: 50,
  highlight: 500,
  notes: 10_000,
  link: 2_000,
  collaborators: 50,
  readers: 200,
  channels: 50,
} as const;
