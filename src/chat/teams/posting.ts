import type { Activity } from 'botbuilder';
import type { Card } from '../../cards/card.js';
import type { Identity } from '../../workspace/identity.js';
import { type ChatTarget, DeliveryFailure, type MessageRef } from '../port.js';
import { threadRoot } from './activity.js';
import type { BotAdapter } from './adapter.js';
import { drawCard, summaryOf } from './draw/draw-card.js';
import type { AdaptiveCard, Client } from './draw/element.js';
import { directReference, keepReference, latestReferences, type Reference, referenceTo } from './references.js';
import type { Roster } from './roster.js';

const CARD = 'application/vnd.microsoft.card.adaptive';

/** Sends and edits messages, over the addresses that Teams last gave. All reject with a DeliveryFailure. */
export interface Posting {
  /** With `under` into that message's thread; personal chats have none, and get a plain message. */
  post(to: ChatTarget, card: Card, under?: MessageRef): Promise<MessageRef>;
  update(ref: MessageRef, card: Card): Promise<void>;
  /** Into a conversation as it is, a thread for one. */
  say(reference: Reference, conversation: string, message: Message): Promise<void>;
  edit(reference: Reference, conversation: string, message: string, card: AdaptiveCard): Promise<void>;
  /** The person's personal chat with the bot, opened if need be. */
  personalChat(
    person: { tenant: string; user: string; teamsId?: string | undefined },
    via: Reference,
  ): Promise<Reference>;
}

export interface Message {
  card: AdaptiveCard;
  summary: string;
}

export function createPosting(adapter: BotAdapter, roster: Roster, client: Client): Posting {
  const say = async (reference: Reference, conversation: string, message: Message): Promise<string> => {
    const { conversations } = await adapter.connector(reference.serviceUrl);
    const sent = await conversations.sendToConversation(conversation, activityOf(reference, conversation, message));
    return sent.id;
  };
  const posting: Posting = {
    async say(reference, conversation, message) {
      await say(reference, conversation, message);
    },
    async edit(reference, conversation, id, card) {
      const { conversations } = await adapter.connector(reference.serviceUrl);
      const activity = { ...activityOf(reference, conversation, { card, summary: card.fallbackText }), id };
      await conversations.updateActivity(conversation, id, activity);
    },
    personalChat: (person, via) => personalChat(adapter, person, via),
    async post(to, card, under) {
      const message = messageOf(card, client);
      if (under) {
        const id = await say(await knownReference(under), under.channel, message);
        return { ...under, message: id };
      }
      const reference = to.kind === 'direct' ? await directTo(adapter, roster, to.identity) : await knownReference(to);
      if (reference.kind === 'channel') return newThread(adapter, reference, message);
      const id = await say(reference, reference.conversation, message);
      return { platform: 'teams', tenant: reference.tenant, channel: reference.conversation, message: id };
    },
    async update(ref, card) {
      const reference = await knownReference(ref);
      await posting.edit(reference, ref.channel, ref.message, drawCard(card, client));
    },
  };
  return posting;
}

export function messageOf(card: Card, client: Client): Message {
  return { card: drawCard(card, client), summary: summaryOf(card) };
}

async function knownReference({ tenant, channel }: { tenant: string; channel: string }): Promise<Reference> {
  const reference = await referenceTo(tenant, channel);
  if (!reference)
    throw new DeliveryFailure({ kind: 'rejected', why: 'botNotInChannel' }, { detail: 'never met there' });
  return reference;
}

async function directTo(adapter: BotAdapter, roster: Roster, identity: Identity): Promise<Reference> {
  const { tenant, user } = identity;
  const direct = await directReference(tenant, user);
  if (direct) return direct;
  const [via] = await latestReferences(tenant, 1);
  if (!via)
    throw new DeliveryFailure({ kind: 'rejected', why: 'botRemoved' }, { detail: 'no conversation in the tenant' });
  const known = await roster.meet(identity);
  const opened = await personalChat(adapter, { tenant, user, teamsId: known?.teamsId }, via);
  await keepReference(opened, new Date());
  return opened;
}

async function personalChat(
  adapter: BotAdapter,
  person: { tenant: string; user: string; teamsId?: string | undefined },
  via: Reference,
): Promise<Reference> {
  const { tenant, user } = person;
  const { conversations } = await adapter.connector(via.serviceUrl);
  const created = await conversations.createConversation({
    isGroup: false,
    bot: { id: via.botId, name: '' },
    members: [{ id: person.teamsId ?? user, name: '' }],
    tenantId: tenant,
    channelData: { tenant: { id: tenant } },
  });
  const { serviceUrl, botId } = via;
  const reference = { tenant, conversation: created.id, kind: 'direct' as const, serviceUrl, botId, user };
  return reference;
}

/** A post to a channel begins a thread, which is a conversation of its own. */
async function newThread(adapter: BotAdapter, reference: Reference, message: Message): Promise<MessageRef> {
  const { tenant, conversation, serviceUrl, botId } = reference;
  const { conversations } = await adapter.connector(serviceUrl);
  const created = await conversations.createConversation({
    isGroup: true,
    bot: { id: botId, name: '' },
    tenantId: tenant,
    channelData: { channel: { id: conversation }, tenant: { id: tenant } },
    activity: activityOf(reference, conversation, message),
  });
  const id = created.activityId || threadRoot(created.id);
  if (!id) throw new DeliveryFailure({ kind: 'unknown' }, { detail: 'posted, but Teams named no message' });
  return { platform: 'teams', tenant, channel: created.id, message: id };
}

function activityOf(reference: Reference, conversation: string, { card, summary }: Message): Activity {
  const activity: Partial<Activity> = {
    type: 'message',
    channelId: 'msteams',
    serviceUrl: reference.serviceUrl,
    from: { id: reference.botId, name: '' },
    conversation: {
      id: conversation,
      tenantId: reference.tenant,
      isGroup: reference.kind !== 'direct',
      conversationType: CONVERSATION_TYPES[reference.kind],
      name: '',
    },
    summary,
    attachments: [{ contentType: CARD, content: card }],
  };
  return activity as Activity;
}

const CONVERSATION_TYPES = { channel: 'channel', group: 'groupChat', direct: 'personal' } as const;
