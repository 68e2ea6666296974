import type { AuditAction } from '../../workspace/audit-actions.js';

/** What an audit line tells besides who did it and when. */
export interface AuditTold {
  /** Whom it was done to. */
  whom: string;
  /** A part of the line's detail; empty where it has none of that name. */
  said(part: string): string;
  /** The name of the person whose id is that part of the detail. */
  person(part: string): string;
  /** An amount in minor units that is part of the detail, in the detail's currency or the workspace's. */
  money(part: string): string;
  /** A time that is part of the detail, as a date. */
  date(part: string): string;
}

/** Behind the name of who did it: `invited Nina as admin`. */
export type AuditWords<Topic extends string> = {
  readonly [A in Extract<AuditAction, `${Topic}.${string}`>]: (told: AuditTold) => string;
};

/** Both parts, with what stands between, where the second is there: `suspended Mia`, `suspended Mia because she left`. */
export function also(words: string, between: string, more: string): string {
  return more ? `${words}${between}${more}` : words;
}
