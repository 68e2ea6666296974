import type { Card } from '../../cards/card.js';
import type { AccountId, PersonId, WorkspaceId } from '../../workspace/entities.js';
import { type Platform, tenantKey } from '../../workspace/identity.js';

export type Recipient =
  /** The direct message of the identity where the person was last active. */
  { person: PersonId } | { channel: { platform: Platform; tenant: string; channel: string } } | { email: string };

/** One card on its way to one recipient. */
export interface Notice {
  /** Derived from what caused it (`approved:req_1:p_2`), so that it can be written twice without harm. */
  id: string;
  account: AccountId;
  workspace?: WorkspaceId;
  to: Recipient;
  card: Card;
  /** Whose doing it is: told where it reaches nobody. */
  sender?: PersonId;
  /**
   * A card that is kept up to date names its subject (`request:req_1`, `alert:ws_1:3`): the first notice of a
   * subject to a recipient posts, later ones edit that message. A lower revision never overwrites a higher one.
   */
  subject?: string;
  revision?: number;
  /** Posts a message of its own beside the subject's earlier ones, which are edited to this card too: edits do not notify. */
  anew?: boolean;
  /** Stands in the thread of the message that shows this subject to the recipient; by itself where none does. */
  under?: string;
  /** An alert: goes before other notices, and once more, marked as perhaps a copy, where nobody knows if it arrived. */
  urgent?: boolean;
  /** Before this time the dispatcher leaves it. */
  notBefore?: Date;
}

/** `channel:slack:T02:C1`: how a recipient is written; notices to one go out one after the other. */
export function recipientKey(to: Recipient): string {
  if ('person' in to) return `person:${to.person}`;
  if ('email' in to) return `email:${to.email}`;
  return `channel:${to.channel.platform}:${to.channel.tenant}:${to.channel.channel}`;
}

/** What a notice waits with: a slow team holds up its own. The team of a person shows when it is sent. */
export function queueOf({ account, to }: Pick<Notice, 'account' | 'to'>): string {
  if ('channel' in to) return tenantKey(to.channel);
  return 'person' in to ? account : 'mail';
}

/** One subject as one recipient sees it: what is sent of it goes in order, one at a time. */
export function threadKey(subject: string, lane: string): string {
  return `${subject}>${lane}`;
}
