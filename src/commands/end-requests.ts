import type { PersonId } from '../workspace/entities.js';
import { endRequestsOf } from '../workspace/requests-of-person.js';
import type { InWorkspace } from './command.js';
import { deskOf } from './pick-request.js';
import { closeRequestCards } from './request-notices.js';

/** Ends what somebody who goes still waits for here, and closes its cards; in the transaction in which they go. */
export async function endRequests(context: InWorkspace, person: PersonId): Promise<void> {
  const { account, actor, at, workspace } = context;
  const ended = await endRequestsOf({ account: account.id, workspace: workspace.id, person, by: actor.id, at });
  for (const request of ended) await closeRequestCards(deskOf(context), request);
}
