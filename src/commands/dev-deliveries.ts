import { type DeliveryLine, webhookLogCard } from '../cards/dev/webhook-log-card.js';
import { EVENT_NOT_GIVEN_UP, eventSentAgain, eventsSentAgain } from '../cards/dev/webhook-said.js';
import type { Answer } from '../chat/invocation.js';
import { deliveriesOf, type Delivery, type DeliveryQuery, sendAgain, sendAllAgain } from '../webhooks/deliveries.js';
import type { Endpoint } from '../webhooks/endpoints.js';
import { EVENT_TYPES } from '../webhooks/event-types.js';
import { fold } from '../workspace/fold.js';
import type { InWorkspace } from './command.js';
import { aboutWorkspace } from './context.js';

const PAGE = 10;

/** What is said of events, as the log's states. */
const STATES: Readonly<Record<string, readonly Delivery['state'][]>> = {
  failed: ['failed'],
  'given up': ['failed'],
  waiting: ['pending', 'sending'],
  arrived: ['delivered'],
  delivered: ['delivered'],
};

/** What is looked for in the log: how events fared, or part of their name. */
function queryOf(search: string): Pick<DeliveryQuery, 'states' | 'types'> {
  const states = STATES[fold(search)];
  return states ? { states } : { types: EVENT_TYPES.filter((type) => fold(type).includes(fold(search))) };
}

/** A page of what went to the endpoint. */
export async function showLog(
  { account, actor, services, workspace }: InWorkspace,
  { host, off }: Endpoint,
  { search, offset = 0, said }: { search?: string | undefined; offset?: number | undefined; said?: string },
): Promise<Answer> {
  const of = { account: account.id, workspace: workspace.id };
  const found = await deliveriesOf({ ...of, ...(search && queryOf(search)), offset, limit: PAGE + 1 });
  const card = webhookLogCard({
    about: await aboutWorkspace(services.ledger, workspace),
    zone: actor.timeZone ?? workspace.timeZone,
    host,
    deliveries: found.slice(0, PAGE).map(lineOf),
    ...(search && { search }),
    offset,
    pageSize: PAGE,
    more: found.length > PAGE,
    off: off !== undefined,
    ...(said && { said }),
  });
  return { kind: 'private', replace: true, card };
}

function lineOf({ id, type, state, at, tries, lastMet, dueAt }: Delivery): DeliveryLine {
  return {
    ...{ id, type, state, tries, at: at.toISOString() },
    ...(lastMet && { lastMet }),
    ...(dueAt && { dueAt: dueAt.toISOString() }),
  };
}

/** One event that was given up, or all of them. */
export async function sendFailedAgain(
  context: InWorkspace,
  endpoint: Endpoint,
  delivery: string | undefined,
): Promise<Answer> {
  const { account, actor, at, workspace } = context;
  const change = { account: account.id, workspace: workspace.id, by: actor.id, at };
  if (delivery) {
    const sent = await sendAgain({ ...change, id: delivery });
    const said = sent ? eventSentAgain(sent.type) : EVENT_NOT_GIVEN_UP;
    return showLog(context, endpoint, { said });
  }
  const events = await sendAllAgain(change);
  return showLog(context, endpoint, { said: eventsSentAgain(events) });
}
