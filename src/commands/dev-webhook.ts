import type { Form } from '../cards/card.js';
import { findEventForm } from '../cards/dev/webhook-log-card.js';
import {
  webhookCard,
  webhookConfirmCard,
  type WebhookFacts,
  webhookForm,
  webhookSecretCard,
  webhookSetCard,
  webhookTestedCard,
} from '../cards/dev/webhook-cards.js';
import {
  WEBHOOK_OFF,
  WEBHOOK_ON_ALREADY,
  WEBHOOK_SECRET_ALREADY,
  webhookMoved,
  webhookOn,
  webhookRemoved,
  webhookSecretLabel,
} from '../cards/dev/webhook-said.js';
import type { Answer } from '../chat/invocation.js';
import { waitingFor } from '../webhooks/deliveries.js';
import { EVENT_TYPES } from '../webhooks/event-types.js';
import { type Endpoint, endpointOf, removeEndpoint, turnOff, turnOn } from '../webhooks/endpoints.js';
import type { Args, InWorkspace } from './command.js';
import { aboutWorkspace } from './context.js';
import { sendFailedAgain, showLog } from './dev-deliveries.js';
import type { Reader } from './reader.js';
import { secretPage } from './secret-page.js';

export const ACTS = ['show', 'set', 'test', 'log', 'find', 'again', 'secret', 'on', 'off', 'remove'] as const;
type Act = (typeof ACTS)[number];

const ACT_WORDS: Readonly<Record<string, Act>> = {
  show: 'show',
  list: 'show',
  set: 'set',
  create: 'set',
  add: 'set',
  change: 'set',
  test: 'test',
  ping: 'test',
  log: 'log',
  deliveries: 'log',
  find: 'find',
  search: 'find',
  again: 'again',
  resend: 'again',
  retry: 'again',
  secret: 'secret',
  rotate: 'secret',
  on: 'on',
  enable: 'on',
  off: 'off',
  disable: 'off',
  pause: 'off',
  remove: 'remove',
  delete: 'remove',
};

interface Asked {
  act: Act;
  address?: string | undefined;
  host?: string | undefined;
  delivery?: string | undefined;
  rotations?: number | undefined;
  sure?: boolean | undefined;
  search?: string | undefined;
  offset?: number | undefined;
}

/** `https://hooks.acme.com/ws`, `set hooks.acme.com`, `test`, `log`, `log failed`, `log topup`. */
export function readWebhook(words: Reader): Args {
  const act = words.oneOf(ACT_WORDS);
  if (act === 'log' || act === 'find') {
    words.drop('find', 'search', 'for', 'of', 'log');
    const search = words.rest();
    return search === undefined ? { act } : { act: 'log', search };
  }
  words.drop('to', 'address', 'url', 'is');
  const address = words.matching(/[.:/]/);
  return { act: act ?? (address ? 'set' : undefined), address };
}

/** The form for its address where none was given, and for what to look for in its log. */
export async function webhookFormFor(context: InWorkspace, { act, address }: Asked): Promise<Form | undefined> {
  if (act === 'set' && !address) return addressForm(context);
  return act === 'find' && (await endpointOf(placeOf(context)))
    ? findEventForm(context.workspace, EVENT_TYPES)
    : undefined;
}

async function addressForm(context: InWorkspace): Promise<Form> {
  const endpoint = await endpointOf(placeOf(context));
  const { services, workspace } = context;
  const about = await aboutWorkspace(services.ledger, workspace);
  return webhookForm({ about, ...(endpoint && { address: endpoint.url }) });
}

/** What is asked about the webhook; where there is none, how to get one. */
export async function runWebhook(context: InWorkspace, asked: Asked): Promise<Answer> {
  if (asked.act === 'set') return set(context, asked.address ?? '');
  const endpoint = await endpointOf(placeOf(context));
  if (!endpoint) return shown(context);
  switch (asked.act) {
    case 'show':
      return shown(context);
    case 'test':
      return test(context);
    case 'log':
    case 'find':
      return showLog(context, endpoint, asked);
    case 'again':
      return sendFailedAgain(context, endpoint, asked.delivery);
    case 'on':
      return on(context);
    case 'secret':
    case 'off':
    case 'remove':
      if (!asked.sure) return confirm(context, asked.act, endpoint);
      if (asked.host && asked.host !== endpoint.host) {
        return shown(context, webhookMoved(endpoint.host));
      }
      return change(context, asked.act, endpoint, asked.rotations);
  }
}

const placeOf = ({ account, workspace }: InWorkspace) => ({ account: account.id, workspace: workspace.id });
const changeOf = (context: InWorkspace) => ({ ...placeOf(context), by: context.actor.id, at: context.at });
const aboutOf = ({ services, workspace }: InWorkspace) => aboutWorkspace(services.ledger, workspace);
const zoneOf = ({ actor, workspace }: InWorkspace) => actor.timeZone ?? workspace.timeZone;

async function shown(context: InWorkspace, said?: string): Promise<Answer> {
  const place = placeOf(context);
  const endpoint = await endpointOf(place);
  const webhook = endpoint && factsOf(endpoint, await waitingFor(place), context.at);
  const card = webhookCard({
    about: await aboutOf(context),
    zone: zoneOf(context),
    ...(webhook && { webhook }),
    ...(said && { said }),
  });
  return { kind: 'private', card, ...(said && { replace: true }) };
}

function factsOf(endpoint: Endpoint, queue: { waiting: number; failed: number }, at: Date): WebhookFacts {
  const { url, rotations, off, offSince, failingSince, failure, lastArrivedAt, formerUntil } = endpoint;
  return {
    url,
    rotations,
    ...queue,
    ...(off && offSince && { off: { why: off, since: offSince.toISOString() } }),
    ...(failingSince && failure && { failing: { since: failingSince.toISOString(), met: failure } }),
    ...(lastArrivedAt && { lastArrivedAt: lastArrivedAt.toISOString() }),
    ...(formerUntil && formerUntil > at && { formerUntil: formerUntil.toISOString() }),
  };
}

async function set(context: InWorkspace, address: string): Promise<Answer> {
  const { services, workspace } = context;
  const { endpoint, secretOnce } = await services.webhooks.setEndpoint({ ...changeOf(context), address });
  const page = secretOnce && (await secretPage(context, webhookSecretLabel(workspace.name), secretOnce));
  const card = webhookSetCard({ about: await aboutOf(context), host: endpoint.host, ...(page && { page }) });
  return { kind: 'private', card };
}

async function test(context: InWorkspace): Promise<Answer> {
  const tested = await context.services.webhooks.sendTest(changeOf(context));
  if (!tested) return shown(context);
  const { endpoint, met, ms } = tested;
  const off = endpoint.off !== undefined;
  const card = webhookTestedCard({ about: await aboutOf(context), host: endpoint.host, met, ms, off });
  return { kind: 'private', card };
}

async function on(context: InWorkspace): Promise<Answer> {
  const turned = await turnOn(changeOf(context));
  if (!turned) return shown(context, WEBHOOK_ON_ALREADY);
  return shown(context, webhookOn(turned.waiting));
}

async function confirm(
  context: InWorkspace,
  what: 'secret' | 'off' | 'remove',
  { host, rotations }: Endpoint,
): Promise<Answer> {
  return { kind: 'private', card: webhookConfirmCard({ about: await aboutOf(context), what, host, rotations }) };
}

async function change(
  context: InWorkspace,
  what: 'secret' | 'off' | 'remove',
  endpoint: Endpoint,
  rotations = endpoint.rotations,
): Promise<Answer> {
  switch (what) {
    case 'secret':
      return newSecret(context, rotations);
    case 'off':
      await turnOff({ ...changeOf(context), why: 'byHand' });
      return shown(context, WEBHOOK_OFF);
    case 'remove':
      await removeEndpoint(changeOf(context));
      return shown(context, webhookRemoved(endpoint.host));
  }
}

async function newSecret(context: InWorkspace, rotations: number): Promise<Answer> {
  const { services, workspace } = context;
  const replaced = await services.webhooks.replaceSecret({ ...changeOf(context), rotations });
  if (!replaced?.endpoint.formerUntil) {
    return shown(context, WEBHOOK_SECRET_ALREADY);
  }
  const { endpoint, secretOnce } = replaced;
  const card = webhookSecretCard({
    about: await aboutOf(context),
    zone: zoneOf(context),
    host: endpoint.host,
    page: await secretPage(context, webhookSecretLabel(workspace.name), secretOnce),
    until: replaced.endpoint.formerUntil.toISOString(),
  });
  return { kind: 'private', replace: true, card };
}
