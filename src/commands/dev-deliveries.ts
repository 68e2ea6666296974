import { count } from '../cards/parts.js';
import { type DeliveryLine, webhookLogCard } from '../cards/dev/webhook-log-card.js';
import type { Answer } from '../chat/invocation.js';
import { deliveriesOf, type Delivery, sendAgain, sendAllAgain } from '../webhooks/deliveries.js';
import type { Endpoint } from '../webhooks/endpoints.js';
import type { InWorkspace } from './command.js';
import { aboutWorkspace } from './context.js';

const PAGE = 10;

/** A page of what went to the endpoint. */
export async function showLog(
  { account, actor, services, workspace }: InWorkspace,
  { host, off }: Endpoint,
  { offset, said }: { offset: number; said?: string },
): Promise<Answer> {
  const of = { account: account.id, workspace: workspace.id };
  const found = await deliveriesOf({ ...of, offset, limit: PAGE + 1 });
  const card = webhookLogCard({
    about: await aboutWorkspace(services.ledger, workspace),
    zone: actor.timeZone ?? workspace.timeZone,
    host,
    deliveries: found.slice(0, PAGE).map(lineOf),
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
    const said = sent ? `On its way again: ${sent.type}.` : 'That one is on its way or has arrived already.';
    return showLog(context, endpoint, { offset: 0, said });
  }
  const events = await sendAllAgain(change);
  const said = events > 0 ? `On their way again: ${count(events, 'event')}.` : 'Nothing was given up.';
  return showLog(context, endpoint, { offset: 0, said });
}
