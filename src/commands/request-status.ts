import { requestEndedCard } from '../cards/requests/reminder-cards.js';
import type { Ask, Decision } from '../cards/requests/request-card.js';
import { enqueue } from '../notices/outbox/outbox.js';
import { recipientsOf } from '../notices/outbox/recipients.js';
import type { Request } from '../workspace/entities.js';
import { aboutForRequester } from './request-words.js';

/** After every step that a request can take. */
const LAST = 1_000;

/** The requester's own card of a request that waits long, edited at each step. */
export function statusSubject(id: string): string {
  return `asked:${id}`;
}

/** Brings the requester's card to the outcome, where they have one; in the transaction of the outcome. */
export async function endStatus(request: Request, ask: Ask, decision: Decision): Promise<void> {
  const subject = statusSubject(request.id);
  const shown = await recipientsOf(request.account, subject);
  const card = requestEndedCard({ wanted: ask.wants, decision, ...(await aboutForRequester(ask, request)) });
  const { account, workspace } = request;
  await enqueue(
    shown.map((to) => ({
      id: `${subject}:${LAST}`,
      account,
      ...(workspace && { workspace }),
      to,
      card,
      subject,
      revision: LAST,
    })),
  );
}
