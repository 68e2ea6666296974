import type { Card } from '../cards/card.js';
import type { AccountId, PersonId, WorkspaceId } from '../workspace/entities.js';
import type { Platform } from '../workspace/identity.js';

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
  /**
   * A card that is kept up to date names its subject (`request:req_1`, `alert:ws_1:3`): the first notice of a
   * subject to a recipient posts, later ones edit that message. A lower revision never overwrites a higher one.
   */
  subject?: string;
  revision?: number;
  /** Before this time the dispatcher leaves it. */
  notBefore?: Date;
}

/** Writes the notices; inside a transaction they are sent only if it commits. Writing the same id again changes nothing. */
export async function enqueue(_notices: readonly Notice[]): Promise<void> {
  throw new Error('outbox not built yet');
}
