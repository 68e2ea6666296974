import type { Place } from '../invocation.js';
import { isDirect } from './moment.js';

/** Names that Slack gives every conversation of a kind, which tell people nothing. */
const NAMELESS = new Set(['directmessage', 'privategroup']);

/** Where somebody speaks, with the conversation's name where it says something. */
export function placeOf(tenant: string, user: string, channel: string | undefined, name?: string): Place {
  if (!channel) return { platform: 'slack', tenant, kind: 'direct', channel: user };
  const group = name?.startsWith('mpdm-') ?? false;
  return {
    platform: 'slack',
    tenant,
    kind: isDirect(channel) || name === 'directmessage' ? 'direct' : group ? 'group' : 'channel',
    channel,
    ...(name && !NAMELESS.has(name) && !group ? { channelName: name } : {}),
  };
}
