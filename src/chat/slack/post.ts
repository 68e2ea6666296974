import type { Card } from '../../cards/card.js';
import { type ChatPoster, type ChatTarget, DeliveryFailure, type MessageRef } from '../port.js';
import type { Clients } from './clients.js';
import { drawMessage } from './draw/card.js';
import type { Client } from './draw/text.js';
import { calling, NO_PREVIEW } from './surfaces.js';
import type { Tokens } from './tokens.js';

/** What the metadata of notices is called. */
export const NOTICE = 'notice';

/** Posts and edits without anybody waiting. */
export function createPosting(clients: Clients, tokens: Tokens, client: Client): Pick<ChatPoster, 'post' | 'update'> {
  return {
    async post(to, card, id, under) {
      const { tenant, channel } = under ?? whereTo(to);
      const posted = await calling(async () =>
        clients.posts.chat.postMessage({
          token: await tokens.botToken(tenant),
          channel,
          ...(under && { thread_ts: under.message }),
          ...drawMessage(card, client),
          ...NO_PREVIEW,
          metadata: { event_type: NOTICE, event_payload: { id } },
        }),
      ).catch((error: unknown) => {
        throw to.kind === 'direct' ? asPerson(error) : error;
      });
      if (!posted.ts) throw new DeliveryFailure({ kind: 'unknown' }, { detail: 'posted without a ts' });
      return { platform: 'slack', tenant, channel: posted.channel ?? channel, message: posted.ts };
    },
    async update(ref: MessageRef, card: Card) {
      await calling(async () =>
        clients.posts.chat.update({
          token: await tokens.botToken(ref.tenant),
          channel: ref.channel,
          ts: ref.message,
          ...drawMessage(card, client),
        }),
      );
    },
  };
}

/** A user's id stands for the bot's direct message with them. */
function whereTo(to: ChatTarget): { tenant: string; channel: string } {
  return to.kind === 'channel'
    ? { tenant: to.tenant, channel: to.channel }
    : { tenant: to.identity.tenant, channel: to.identity.user };
}

/** What Slack says of the channel, of a direct message it says of the person. */
export function asPerson(error: unknown): unknown {
  const gone =
    error instanceof DeliveryFailure && error.outcome.kind === 'rejected' && error.outcome.why === 'channelGone';
  return gone
    ? new DeliveryFailure({ kind: 'rejected', why: 'userGone' }, { cause: error, detail: error.message })
    : error;
}
