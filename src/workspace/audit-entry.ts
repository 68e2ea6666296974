import type { AuditAction } from './audit-actions.js';
import type { AuditPlace } from './audit-from.js';
import { digest } from './canonical.js';
import type { AccountId, PersonId, RequestId, WorkspaceId } from './entities.js';

export interface AuditLine {
  account: AccountId;
  workspace?: WorkspaceId;
  /** Or `operator`, or `system`. */
  by: PersonId;
  action: AuditAction;
  /** Whom it was done to. */
  person?: PersonId;
  /** The request by which it came to pass. */
  request?: RequestId;
  detail?: Readonly<Record<string, string | number | boolean>>;
  /** Where it was done, for what was done in chat. */
  from?: AuditPlace;
  at: Date;
}

export interface AuditEntry extends AuditLine {
  /** 1, 2, 3 … without gaps in the account. */
  sequence: number;
  /** Over the line itself and the hash of the line before it. */
  hash: string;
}

/** A chain's state at some time. Kept outside the database, it shows that nothing up to it was rewritten since. */
export interface AuditCheckpoint {
  sequence: number;
  hash: string;
}

export const BEFORE_THE_FIRST: AuditCheckpoint = { sequence: 0, hash: '' };

export function chainHash(
  previous: string,
  { hash: _own, ...line }: Omit<AuditEntry, 'hash'> & { hash?: string },
): string {
  return digest({ previous, ...line });
}
