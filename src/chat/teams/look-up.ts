import { newReference } from '../../id.js';
import type { Answer, Invocation } from '../invocation.js';
import type { Identity } from '../../workspace/identity.js';
import { answerTo } from '../receive.js';
import { within } from '../within.js';
import type { Inbound } from './activity.js';
import { outsiderOf, placeOf, REPLY_WITHIN_MS, type Turns } from './turn.js';

/** Asks for what changes nothing, and so needs no place in the inbox. Undefined where the answer would come too late. */
export function lookUp(
  turns: Turns,
  { activity, tenant, sender }: { activity: Inbound; tenant: string; sender: Identity },
  ask: Invocation['ask'],
): Promise<Answer | undefined> {
  const reference = newReference();
  const invocation: Invocation = {
    reference,
    delivery: activity.id ?? reference,
    at: new Date(),
    sender,
    ...outsiderOf(activity, tenant),
    place: placeOf(activity, tenant),
    ask,
  };
  return within(REPLY_WITHIN_MS, answerTo(invocation, turns.dispatch, turns.log));
}
