import type { Identity } from '../workspace/identity.js';

/** What a platform tells of somebody's chat account, without anybody having asked us anything. */
export interface AccountChange {
  identity: Identity;
  /** Deactivated; else it works, perhaps again. */
  gone: boolean;
  at: Date;
}

/** May be told the same twice, and late. */
export type OnAccountChange = (change: AccountChange) => Promise<void>;
