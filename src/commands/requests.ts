import { z } from 'zod';
import { TAKEN_BACK } from '../cards/requests/request-said.js';
import { requestsCard } from '../cards/requests/requests-card.js';
import { inTransaction } from '../mongo.js';
import { countRequestsBy, withdrawRequest } from '../workspace/requests.js';
import { flag, offset, person } from './argument.js';
import { type Context, personCommand } from './command.js';
import { homeFor } from './home.js';
import { askedByMe, asksOf } from './my-requests.js';
import { askedBy, decidable, deskOf } from './pick-request.js';
import { updateRequestCards } from './request-notices.js';
import { askOf } from './request-words.js';

const PAGE = 10;
/** Of one's own, beside those that wait. */
const BESIDE = 5;

/** What waits for me, and what I asked. */
export const requests = personCommand({
  args: z.strictObject({
    mine: flag,
    who: person.optional(),
    offset,
    withdraw: z.string().max(80).optional(),
    /** Pressed on the home card, which then stands there anew. */
    home: flag,
  }),
  read: (words) => (words.choice(['mine', 'my']) ? { mine: true } : { who: words.people()[0] }),
  async run(context, { mine: only = false, who, offset: start = 0, withdraw, home }) {
    if (withdraw) await takeBack(context, withdraw);
    if (withdraw && home) return { kind: 'private', card: await homeFor(context, TAKEN_BACK), replace: true };
    const mineAlone = only || withdraw !== undefined;
    const all = mineAlone ? [] : await decidable(context);
    const open = who ? await askedBy(context, all, who) : all;
    const shown = mineAlone ? { offset: start, limit: PAGE } : { offset: 0, limit: BESIDE };
    const card = requestsCard({
      forMe: await asksOf(context, open.slice(start, start + PAGE)),
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

async function takeBack(context: Context, id: string): Promise<void> {
  const { account, actor, at } = context;
  await inTransaction(async () => {
    const withdrawn = await withdrawRequest({ account: account.id, id, by: actor.id, at });
    await updateRequestCards(deskOf(context), withdrawn, await askOf(deskOf(context), withdrawn), {
      state: 'withdrawn',
    });
  });
}
