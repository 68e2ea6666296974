import { count } from '../parts.js';

export const webhookMoved = (host: string): string => `Nothing was done: the webhook goes to ${host} now.`;

export const WEBHOOK_ON_ALREADY = 'It is on already.';

/** `waiting`: how many events waited while it was off. */
export const webhookOn = (waiting: number): string =>
  `It is on.${waiting > 0 ? ` What waited goes now: ${count(waiting, 'event')}.` : ''}`;

export const WEBHOOK_OFF = 'It is off. What happens meanwhile waits, for 30 days.';

export const webhookRemoved = (host: string): string => `${host} is removed.`;

export const WEBHOOK_SECRET_ALREADY = 'It got a new secret already. If you need another one, press again.';

export const webhookSecretLabel = (workspaceName: string): string => `Signing secret of ${workspaceName}'s webhook`;

export const eventSentAgain = (type: string): string => `On its way again: ${type}.`;

export const EVENT_NOT_GIVEN_UP = 'That one is on its way or has arrived already.';

export const eventsSentAgain = (events: number): string =>
  events > 0 ? `On their way again: ${count(events, 'event')}.` : 'Nothing was given up.';
