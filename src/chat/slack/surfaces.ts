import type { ModalView } from '@slack/types';
import type { Card } from '../../cards/card.js';
import type { Clients } from './clients.js';
import { drawCardModal, drawHome, drawMessage } from './draw/card.js';
import type { Pickable } from './draw/form.js';
import type { Client } from './draw/text.js';
import { deliveryFailure, slackError } from './failure.js';
import { packMetadata } from './metadata.js';
import type { SlackMoment } from './moment.js';
import type { Tokens } from './tokens.js';

/** What every call of Slack needs. */
export interface Wires {
  clients: Clients;
  tokens: Tokens;
  client: Client;
  /** The members to pick from, where the client has no picker of its own. */
  people: (tenant: string) => Promise<readonly Pickable[]>;
}

/** Links in cards are ours, and need no preview. */
export const NO_PREVIEW = { unfurl_links: false, unfurl_media: false } as const;

/** Runs a call of the Web API; rejects with a DeliveryFailure alone. */
export async function calling<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw deliveryFailure(error);
  }
}

/** A message that all of the channel see; to a user's id it is a direct one. */
export async function say(
  { clients, tokens, client }: Wires,
  moment: SlackMoment,
  channel: string,
  card: Card,
): Promise<void> {
  await calling(async () =>
    clients.interactions.chat.postMessage({
      token: await tokens.botToken(moment.tenant),
      channel,
      ...(moment.thread && channel === moment.channel ? { thread_ts: moment.thread } : {}),
      ...drawMessage(card, client),
      ...NO_PREVIEW,
    }),
  );
}

/** A message in the channel that the person alone sees. */
export async function whisper(
  { clients, tokens, client }: Wires,
  moment: SlackMoment,
  channel: string,
  card: Card,
): Promise<void> {
  await calling(async () =>
    clients.interactions.chat.postEphemeral({
      token: await tokens.botToken(moment.tenant),
      channel,
      user: moment.user,
      ...(moment.thread ? { thread_ts: moment.thread } : {}),
      ...drawMessage(card, client),
    }),
  );
}

const TRIGGER_GONE = new Set([
  'expired_trigger_id',
  'trigger_expired',
  'invalid_trigger_id',
  'exchanged_trigger_id',
  'trigger_exchanged',
]);

/** Opens a modal; false where the moment has no trigger, or it has expired or was used. */
export async function openModal({ clients, tokens }: Wires, moment: SlackMoment, view: ModalView): Promise<boolean> {
  if (!moment.triggerId) return false;
  try {
    const token = await tokens.botToken(moment.tenant);
    await clients.interactions.views.open({ token, trigger_id: moment.triggerId, view });
    return true;
  } catch (error) {
    if (TRIGGER_GONE.has(slackError(error) ?? '')) return false;
    throw deliveryFailure(error);
  }
}

/** The card in an open modal; false where the person closed it meanwhile. */
export async function showInModal(
  { clients, tokens, client }: Wires,
  moment: SlackMoment,
  card: Card,
): Promise<boolean> {
  if (moment.view?.kind !== 'modal') return false;
  try {
    const token = await tokens.botToken(moment.tenant);
    const view = drawCardModal(card, packMetadata(moment), client);
    await clients.interactions.views.update({ token, view_id: moment.view.id, view });
    return true;
  } catch (error) {
    if (slackError(error) === 'not_found') return false;
    throw deliveryFailure(error);
  }
}

/** The card as the person's Home tab. */
export async function showAtHome({ clients, tokens, client }: Wires, moment: SlackMoment, card: Card): Promise<void> {
  await calling(async () =>
    clients.interactions.views.publish({
      token: await tokens.botToken(moment.tenant),
      user_id: moment.user,
      view: drawHome(card, client),
    }),
  );
}
