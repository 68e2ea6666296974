import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestId } from './entities.js';
import type { Platform } from './identity.js';

/** Where in chat somebody was when they did what the audit trail tells. */
export interface AuditPlace {
  platform: Platform;
  kind: 'channel' | 'group' | 'direct';
  /** Of a chat channel, where the platform tells it. */
  channelName?: string;
  /** Of the invocation, as its log lines carry it: `R-7F3K2Q`. */
  reference: string;
}

/** What all lines have in common that are written while something runs. */
export interface AuditFrom {
  from?: AuditPlace;
  /** The approved request that runs. */
  request?: RequestId;
}

const surrounding = new AsyncLocalStorage<AuditFrom>();

/** Runs `work`; the lines that it writes say where it came from. Inside another one, it adds to that. */
export function withAuditFrom<T>(from: AuditFrom, work: () => Promise<T>): Promise<T> {
  return surrounding.run({ ...surrounding.getStore(), ...from }, work);
}

export function auditFrom(): AuditFrom {
  return surrounding.getStore() ?? {};
}
