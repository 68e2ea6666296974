import type { RequestId } from './entities.js';
import type { Platform } from './identity.js';

/** Where in chat something was asked for: leads from the money to the message, and from the message's reference to the money. */
export interface ChatOrigin {
  /** Of the invocation, as its log lines carry it: `R-7F3K2Q`. */
  reference: string;
  /** The platform's id of what was typed, clicked or submitted. */
  delivery: string;
  platform: Platform;
  tenant: string;
  /** What kind of place it was. */
  kind: 'channel' | 'group' | 'direct';
  channel: string;
  /** Where the platform tells it. */
  channelName?: string;
  /** The request that somebody said yes to. */
  request?: RequestId;
}

const PLATFORMS = { slack: 'Slack', teams: 'Microsoft Teams' } as const;
const PLACES = { channel: 'a channel', group: 'a group chat', direct: 'a private chat' } as const;

/** `#marketing in Slack, reference R-7F3K2Q`. */
export function originWords({ request, channelName, kind, platform, reference }: ChatOrigin): string {
  if (request) return 'a request that was approved';
  const place = kind === 'channel' && channelName ? `#${channelName.replace(/^#/, '')}` : PLACES[kind];
  return `${place} in ${PLATFORMS[platform]}, reference ${reference}`;
}
