import { z } from 'zod';
import { questionCard } from '../cards/request-card.js';
import { type MyRequest, requestsCard } from '../cards/requests-card.js';
import { saidCard } from '../cards/said-card.js';
import { inTransaction } from '../mongo.js';
import { enqueue } from '../notices/outbox.js';
import { refuse } from '../refusal.js';
import type { PersonId, Request } from '../workspace/entities.js';
import { addToThread, requestsBy, withdrawRequest } from '../workspace/requests.js';
import { flag, text } from './argument.js';
import { type Context, personCommand } from './command.js';
import { requireDecider } from './deciders.js';
import { decidable, deskOf, pickedArgs, pickRequest, readPick } from './pick-request.js';
import { updateRequestCards } from './request-notices.js';
import { aboutForRequester, askOf } from './request-words.js';
import { whichWorkspace } from './which-workspace.js';

const SHOWN = 10;

/** What waits for me, and what I asked. */
export const requests = personCommand({
  args: z.strictObject({ mine: flag, withdraw: z.string().max(80).optional() }),
  read: (words) => (words.choice(['mine', 'my']) ? { mine: true } : {}),
  async run(context, { mine, withdraw }) {
    if (withdraw) await takeBack(context, withdraw);
    const open = mine || withdraw ? [] : await decidable(context);
    const forMe = [];
    for (const request of open.slice(0, SHOWN)) forMe.push(await askOf(deskOf(context), request));
    const card = requestsCard({ forMe, mine: await askedByMe(context), more: open.length - forMe.length });
    return { kind: 'private', card, replace: withdraw !== undefined };
  },
});

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
      return {
        kind: 'form',
        form: {
          name: 'ask-back',
          title: mine ? 'Answer' : 'Ask back',
          submit: 'Send',
          intro: [`${asked.by} asks ${asked.wants}.`, ...asked.thread.map((line) => ` ${line.by}: ${line.text}`)],
          call: { command: 'ask', args: { request: request.id } },
          fields: [{ name: 'text', label: mine ? 'Your answer' : 'Your question', input: 'lines', maxLength: 1_000 }],
        },
      };
    }
    await remark(context, request, note);
    return {
      kind: 'private',
      card: saidCard('question-sent', mine ? 'Sent. They see it on the request too.' : `Sent to ${asked.by}.`),
    };
  },
});

/** Who asked may have left meanwhile, or been suspended: then the cards there are not theirs to write on. */
async function requireInside({ account, actor, seats, at }: Context, { workspace }: Request): Promise<void> {
  if (!workspace) return;
  await whichWorkspace({ account, person: actor.id, seats, boundHere: [], at, cardWorkspace: workspace });
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

async function askedByMe(context: Context): Promise<MyRequest[]> {
  const mine = await requestsBy(context.account.id, context.actor.id, SHOWN);
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
