import type { Platform } from '../workspace/identity.js';

/** What a platform tells of one of its channels, without anybody having asked us anything. */
export type ChannelChange = { platform: Platform; tenant: string; channel: string; at: Date } & (
  | { what: 'renamed'; name: string }
  /** Archived or deleted: nothing can be posted there. */
  | { what: 'gone' }
  | { what: 'botRemoved' }
  | { what: 'botAdded' }
);

/** May be told the same twice, and late. */
export type OnChannelChange = (change: ChannelChange) => Promise<void>;
