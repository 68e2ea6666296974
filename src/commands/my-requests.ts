import type { Ask } from '../cards/requests/request-card.js';
import type { MyRequest } from '../cards/requests/requests-card.js';
import type { Request } from '../workspace/entities.js';
import { requestsBy } from '../workspace/requests.js';
import type { Context } from './command.js';
import { deskOf } from './pick-request.js';
import { askOf } from './request-words.js';

const STATE_WORDS = {
  pending: 'waiting',
  approved: 'approved',
  denied: 'denied',
  expired: 'nobody answered',
  withdrawn: 'taken back',
} as const;

/** Requests in words, for those who may decide them. */
export function asksOf(context: Context, requests: readonly Request[]): Promise<Ask[]> {
  return Promise.all(requests.map((request) => askOf(deskOf(context), request)));
}

/** A page of what the actor asked, newest first; only what still waits, with that state. */
export async function askedByMe(
  context: Context,
  page: { offset: number; limit: number; state?: 'pending' },
): Promise<MyRequest[]> {
  const mine = await requestsBy(context.account.id, context.actor.id, page);
  return Promise.all(
    mine.map(async (request) => {
      const asked = await askOf(deskOf(context), request);
      return {
        id: request.id,
        wants: asked.wants,
        state: STATE_WORDS[request.state],
        ...(asked.about && { workspace: asked.about.name }),
      };
    }),
  );
}
