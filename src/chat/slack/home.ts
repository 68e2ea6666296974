import { newReference } from '../../id.js';
import type { Answer } from '../invocation.js';
import { answerTo, deliver } from '../receive.js';
import { invocationOf, type Reading } from './read.js';
import type { Desk } from './submit.js';

/** Draws the person's Home tab. That changes nothing, so it needs no place in the inbox. Never rejects. */
export async function showHome(desk: Desk, reading: Reading): Promise<void> {
  const invocation = invocationOf(reading, reading.delivery ?? newReference(), new Date());
  const answer = await answerTo(invocation, desk.dispatch, desk.log);
  if (answer.kind !== 'private') return;
  await deliver({ ...answer, replace: true }, invocation, desk.port, reading.moment, desk.log);
}

/** Draws the Home tab anew after what was done from there, or from a modal over it; not where the answer stands there. */
export async function keepHomeFresh(desk: Desk, reading: Reading, answer: Answer): Promise<void> {
  const { tenant, user, home, view } = reading.moment;
  const standsThere = answer.kind === 'private' && answer.replace === true && view?.kind === 'home';
  if (!home || answer.kind === 'form' || standsThere) return;
  const moment = { tenant, user, view: { kind: 'home' as const, id: 'home' } };
  await showHome(desk, { ...reading, delivery: undefined, ask: { home: true }, moment });
}
