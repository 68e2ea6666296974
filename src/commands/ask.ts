import { z } from 'zod';
import { questionCard, questionSentCard } from '../cards/requests/request-card.js';
import { askBackForm } from '../cards/requests/request-forms.js';
import { inTransaction } from '../mongo.js';
import { enqueue } from '../notices/outbox/outbox.js';
import { refuse } from '../refusal.js';
import type { PersonId, Request } from '../workspace/entities.js';
import { addToThread } from '../workspace/requests.js';
import { text } from './argument.js';
import { type Context, personCommand } from './command.js';
import { requireDecider } from './deciders.js';
import { deskOf, pickedArgs, pickRequest, readPick } from './pick-request.js';
import { updateRequestCards } from './request-notices.js';
import { aboutForRequester, askOf } from './request-words.js';
import { whichWorkspace } from './which-workspace.js';

/** A question back to the person who asked, or their answer; both stay on the request's card. */
export const ask = personCommand({
  args: z.strictObject({ ...pickedArgs, text: text(1_000).optional() }),
  read: readPick('text'),
  async run(context, args) {
    const picked = await pickRequest(context, args, args.text);
    if ('answer' in picked) return picked.answer;
    const { request, note } = picked;
    const mine = request.by === context.actor.id;
    if (mine) await requireInside(context, request);
    else await requireDecider(deskOf(context), context.actor.id, request);
    if (request.state !== 'pending') return refuse({ kind: 'requestClosed', outcome: request.state });
    const asked = await askOf(deskOf(context), request);
    if (!note) {
      return { kind: 'form', form: askBackForm(asked, mine) };
    }
    await remark(context, request, note);
    return {
      kind: 'private',
      card: questionSentCard({ by: asked.by, mine }),
    };
  },
});

/** Who asked may have left meanwhile, or been suspended: then the cards there are not theirs to write on. */
async function requireInside({ account, actor, here, seats, at }: Context, { workspace }: Request): Promise<void> {
  if (!workspace) return;
  const whose = { account, person: actor.id, here, seats };
  await whichWorkspace({ ...whose, boundHere: [], at, cardWorkspace: workspace });
}

async function remark(context: Context, request: Request, words: string): Promise<void> {
  const { account, actor, at } = context;
  await inTransaction(async () => {
    const after = await addToThread({ account: account.id, id: request.id, by: actor.id, text: words, at });
    const asked = await askOf(deskOf(context), after);
    await updateRequestCards(deskOf(context), after, asked, undefined);
    const to = otherSide(after, actor.id);
    if (!to) return;
    const toRequester = to === after.by;
    const about = toRequester ? await aboutForRequester(asked, after) : asked.about && { about: asked.about };
    const card = questionCard({
      by: actor.name,
      text: words,
      request: after.id,
      wanted: asked.wants,
      mine: toRequester,
      ...about,
    });
    await enqueue([
      {
        id: `remark:${after.id}:${after.thread.length}`,
        account: account.id,
        to: { person: to },
        sender: actor.id,
        card,
      },
    ]);
  });
}

/** A question goes to the person who asked; their answer to whoever put the last question. */
function otherSide(request: Request, from: PersonId): PersonId | undefined {
  if (from !== request.by) return request.by;
  return request.thread.findLast((line) => line.by !== from)?.by;
}
