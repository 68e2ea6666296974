import type { ChatTarget, MessageRef } from '../port.js';
import type { Clients } from './clients.js';
import { deliveryFailure, slackError } from './failure.js';
import { asPerson, NOTICE } from './post.js';
import type { Tokens } from './tokens.js';

/** As many as Slack gives apps that are not in its directory. */
const LOOKED_AT = 15;

/** What says that the bot may not look: it was not granted that, or this Slack lets no app. */
const NOT_LET = new Set([
  'missing_scope',
  'no_permission',
  'access_denied',
  'not_allowed_token_type',
  'method_not_supported_for_channel_type',
  'unknown_method',
]);

/**
 * The message that a notice was posted as, among what was said there since. Undefined where that cannot be told: the scopes
 * for it are optional, and in a lively channel more was said than Slack shows at once. Rejects with a DeliveryFailure.
 */
export async function findMessage(
  clients: Clients,
  tokens: Tokens,
  { to, id, since }: { to: ChatTarget; id: string; since: Date },
): Promise<MessageRef | 'notThere' | undefined> {
  const { tenant } = to.kind === 'channel' ? to : to.identity;
  try {
    const token = await tokens.botToken(tenant);
    const channel = to.kind === 'channel' ? to.channel : await directChannel(clients, token, to.identity.user);
    const { messages = [], has_more: more } = await clients.posts.conversations.history({
      token,
      channel,
      oldest: String(since.getTime() / 1_000),
      limit: LOOKED_AT,
      include_all_metadata: true,
    });
    const found = messages.find(({ metadata }) => metadata?.event_type === NOTICE && idOf(metadata) === id);
    if (found?.ts) return { platform: 'slack', tenant, channel, message: found.ts };
    return more ? undefined : 'notThere';
  } catch (error) {
    if (NOT_LET.has(slackError(error) ?? '')) return undefined;
    throw to.kind === 'direct' ? asPerson(deliveryFailure(error)) : deliveryFailure(error);
  }
}

/** The bot's direct message with them: a post finds it by the user, the history does not. */
async function directChannel(clients: Clients, token: string, user: string): Promise<string> {
  const { channel } = await clients.posts.conversations.open({ token, users: user });
  if (!channel?.id) throw new Error('Slack opened a direct message without an id');
  return channel.id;
}

function idOf({ event_payload: payload }: { event_payload?: object }): unknown {
  return payload && 'id' in payload ? payload.id : undefined;
}
