import type { ChatTarget, MessageRef } from '../port.js';
import type { Clients } from './clients.js';
import { NOTICE } from './post.js';
import type { Tokens } from './tokens.js';

/** As many as Slack gives apps that are not in its directory. */
const LOOKED_AT = 15;

/**
 * The message that a notice was posted as, among what was said in the channel since. Undefined where that cannot be
 * told: reading a channel takes `channels:history`, in a private one `groups:history`, which the bot does not ask for.
 */
export async function findMessage(
  clients: Clients,
  tokens: Tokens,
  { to, id, since }: { to: ChatTarget; id: string; since: Date },
): Promise<MessageRef | 'notThere' | undefined> {
  if (to.kind === 'direct') return undefined;
  const { tenant, channel } = to;
  const read = {
    token: await tokens.botToken(tenant),
    channel,
    oldest: String(since.getTime() / 1_000),
    limit: LOOKED_AT,
    include_all_metadata: true,
  };
  const answer = await clients.posts.conversations.history(read).catch(() => undefined);
  if (!answer?.messages) return undefined;
  const found = answer.messages.find(({ metadata }) => metadata?.event_type === NOTICE && idOf(metadata) === id);
  if (found?.ts) return { platform: 'slack', tenant, channel, message: found.ts };
  return answer.has_more ? undefined : 'notThere';
}

function idOf({ event_payload: payload }: { event_payload?: object }): unknown {
  return payload && 'id' in payload ? payload.id : undefined;
}
