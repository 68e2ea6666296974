import type { PlainTextOption } from '@slack/types';
import { newReference } from '../../id.js';
import { answerTo } from '../receive.js';
import { within } from '../within.js';
import { drawChoice } from './draw/form.js';
import { suggestBody } from './payload.js';
import { invocationOf, readSuggestion } from './read.js';
import type { Desk } from './submit.js';

/** Slack waits three seconds for what a picker offers. */
const ANSWER_WITHIN_MS = 2_500;

/**
 * What a form's picker offers for what somebody typed into it. It changes nothing, and so needs no place in the inbox.
 * Whoever may not choose, or asked too late, is offered nothing.
 */
export async function suggest(desk: Desk, body: unknown, at: Date): Promise<PlainTextOption[]> {
  const parsed = suggestBody.safeParse(body);
  const reading = parsed.success ? readSuggestion(parsed.data) : undefined;
  if (!reading) return [];
  const invocation = invocationOf(reading, newReference(), at);
  const answer = await within(ANSWER_WITHIN_MS, answerTo(invocation, desk.dispatch, desk.log));
  return answer?.kind === 'choices' ? answer.choices.map(drawChoice) : [];
}
