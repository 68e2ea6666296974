import type { InvokeResponse } from 'botbuilder';
import { z } from 'zod';
import type { Inbound } from './activity.js';
import { pickerOf } from './dataset.js';
import { tame } from './draw/escape.js';
import { lookUp } from './look-up.js';
import { senderOf, type Turns } from './turn.js';

/** Teams lists no more. */
const MOST = 15;

const search = z.object({
  queryText: z.string().nullish(),
  queryOptions: z.object({ skip: z.number().optional() }).nullish(),
  dataset: z.string(),
});

/**
 * What a form's picker offers for what somebody typed into it. Whoever may not choose, or asked too late, is offered nothing.
 */
export async function answerPicker(
  turns: Turns,
  { activity, tenant }: { activity: Inbound; tenant: string },
): Promise<InvokeResponse> {
  const asked = search.safeParse(activity.value).data;
  const sender = senderOf(activity, tenant);
  const choose = asked && pickerOf(asked.dataset);
  if (!choose || !sender) return { status: 400 };
  if (asked.queryOptions?.skip) return found([]);
  const words = (asked.queryText ?? '').slice(0, 200);
  const answer = await lookUp(turns, { activity, tenant, sender }, { choose, words, limit: MOST });
  const choices = answer?.kind === 'choices' ? answer.choices : [];
  return found(choices.map(({ value, label }) => ({ value, title: tame(label) })));
}

function found(results: readonly { value: string; title: string }[]): InvokeResponse {
  return { status: 200, body: { type: 'application/vnd.microsoft.search.searchResponse', value: { results } } };
}
