import type { InvokeResponse } from 'botbuilder';
import { z } from 'zod';
import { plainText } from '../../cards/plain-text.js';
import type { Answer, Found } from '../invocation.js';
import type { Inbound } from './activity.js';
import { drawCard } from './draw/draw-card.js';
import { tame } from './draw/escape.js';
import { lookUp } from './look-up.js';
import { senderOf, type Turns } from './turn.js';

const ADAPTIVE = 'application/vnd.microsoft.card.adaptive';
const THUMBNAIL = 'application/vnd.microsoft.card.thumbnail';

/** As the manifest names them. */
export const SEARCH = { command: 'workspaces', parameter: 'name' } as const;

const MOST = 25;

const search = z.object({
  commandId: z.literal(SEARCH.command),
  parameters: z.array(z.object({ name: z.string(), value: z.unknown() })).nullish(),
  queryOptions: z
    .object({ skip: z.number().int().min(0).optional(), count: z.number().int().min(1).optional() })
    .nullish(),
});

/**
 * What somebody types into the message extension's search box, answered to them alone: their workspaces, each with the
 * card that picking it puts into the conversation. It does not tell where the bot is: the search box is everywhere.
 */
export async function answerSearch(
  turns: Turns,
  { activity, tenant }: { activity: Inbound; tenant: string },
): Promise<InvokeResponse> {
  const asked = search.safeParse(activity.value).data;
  const sender = senderOf(activity, tenant);
  if (!asked || !sender) return { status: 400 };
  const typed = asked.parameters?.find(({ name }) => name === SEARCH.parameter)?.value;
  const { skip = 0, count = MOST } = asked.queryOptions ?? {};
  const find = typeof typed === 'string' ? typed.slice(0, 200) : '';
  const ask = { find, offset: skip, limit: Math.min(count, MOST) };
  const answer = await lookUp(turns, { activity, tenant, sender }, ask);
  return { status: 200, body: { composeExtension: answer ? drawAnswer(answer) : line(TOO_SLOW) } };
}

function drawAnswer(answer: Answer) {
  if (answer.kind === 'found') {
    return { type: 'result', attachmentLayout: 'list', attachments: answer.found.map(drawFound) };
  }
  if (answer.kind !== 'private') throw new Error(`a search is not answered with ${answer.kind}`);
  const words = { ...answer.card, parts: answer.card.parts.filter(({ part }) => part !== 'buttons') };
  return line(plainText(words));
}

function line(text: string) {
  return { type: 'message', text: tame(text) };
}

function drawFound({ title, detail, card }: Found) {
  return {
    contentType: ADAPTIVE,
    content: drawCard(card, 'teams'),
    preview: { contentType: THUMBNAIL, content: { title: tame(title), text: tame(detail) } },
  };
}

const TOO_SLOW = 'This takes longer than usual. Search again in a moment.';
