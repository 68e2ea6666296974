import type { AccountId, PersonId, RequestId, WorkspaceId } from './entities.js';

/** What happened, as `thing.happened`: `member.joined`. Billing's begin with `billing.`. */
export type AuditAction = `${string}.${string}`;

export interface AuditLine {
  account: AccountId;
  workspace?: WorkspaceId;
  by: PersonId | 'operator' | 'system';
  action: AuditAction;
  /** Whom it was done to. */
  person?: PersonId;
  /** The request by which it came to pass. */
  request?: RequestId;
  detail?: Readonly<Record<string, string | number | boolean>>;
  at: Date;
}

export interface AuditEntry extends AuditLine {
  /** 1, 2, 3 … without gaps in the account. */
  sequence: number;
  hash: string;
}

export interface AuditCheckpoint {
  sequence: number;
  hash: string;
}

export async function writeAudit(_line: AuditLine): Promise<void> {
  throw new Error('not built yet');
}

export async function auditTrail(_query: {
  account: AccountId;
  workspace?: WorkspaceId;
  person?: PersonId;
  from?: Date;
  limit: number;
}): Promise<AuditEntry[]> {
  throw new Error('not built yet');
}

export async function verifyAudit(
  _account: AccountId,
  _checkpoint?: AuditCheckpoint,
): Promise<{ entries: number; head?: AuditCheckpoint; findings: string[] }> {
  throw new Error('not built yet');
}
