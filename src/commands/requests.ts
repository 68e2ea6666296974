import { z } from 'zod';
import type { Ask } from '../cards/request-card.js';
import { type MyRequest, requestsCard } from '../cards/requests-card.js';
import { inTransaction } from '../mongo.js';
import type { Request } from '../workspace/entities.js';
import { countRequestsBy, requestsBy, withdrawRequest } from '../workspace/requests.js';
import { flag, offset, person } from './argument.js';
import { type Context, personCommand } from './command.js';
import { askedBy, decidable, deskOf } from './pick-request.js';
import { updateRequestCards } from './request-notices.js';
import { askOf } from './request-words.js';

const PAGE = 10;
/** Of one's own, beside those that wait. */
const BESIDE = 5;

/** What waits for me, and what I asked. */
export const requests = personCommand({
  args: z.strictObject({ mine: flag, who: person.optional(), offset, withdraw: z.string().max(80).optional() }),
  read: (words) => (words.choice(['mine', 'my']) ? { mine: true } : { who: words.people()[0] }),
  async run(context, { mine: only = false, who, offset: start = 0, withdraw }) {
    if (withdraw) await takeBack(context, withdraw);
    const mineAlone = only || withdraw !== undefined;
    const all = mineAlone ? [] : await decidable(context);
    const open = who ? await askedBy(context, all, who) : all;
    const shown = mineAlone ? { offset: start, limit: PAGE } : { offset: 0, limit: BESIDE };
    const card = requestsCard({
      forMe: await askedOf(context, open.slice(start, start + PAGE)),
      waiting: open.length,
      mine: await askedByMe(context, shown),
      asked: await countRequestsBy(context.account.id, context.actor.id),
      ...(mineAlone && { mineAlone }),
      ...(who && { who }),
      offset: start,
      pageSize: PAGE,
    });
    return { kind: 'private', card, replace: withdraw !== undefined || start > 0 };
  },
});

async function askedOf(context: Context, all: readonly Request[]): Promise<Ask[]> {
  const asked: Ask[] = [];
  for (const request of all) asked.push(await askOf(deskOf(context), request));
  return asked;
}

async function takeBack(context: Context, id: string): Promise<void> {
  const { account, actor, at } = context;
  await inTransaction(async () => {
    const withdrawn = await withdrawRequest({ account: account.id, id, by: actor.id, at });
    await updateRequestCards(deskOf(context), withdrawn, await askOf(deskOf(context), withdrawn), {
      state: 'withdrawn',
    });
  });
}

const STATE_WORDS = {
  pending: 'waiting',
  approved: 'approved',
  denied: 'denied',
  expired: 'nobody answered',
  withdrawn: 'taken back',
} as const;

async function askedByMe(context: Context, page: { offset: number; limit: number }): Promise<MyRequest[]> {
  const mine = await requestsBy(context.account.id, context.actor.id, page);
  const lines: MyRequest[] = [];
  for (const request of mine) {
    const asked = await askOf(deskOf(context), request);
    lines.push({
      id: request.id,
      wants: asked.wants,
      state: STATE_WORDS[request.state],
      ...(asked.about && { workspace: asked.about.name }),
    });
  }
  return lines;
}
