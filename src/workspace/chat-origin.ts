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
  channel: string;
  /** Where the platform tells it. */
  channelName?: string;
  /** The request that somebody said yes to. */
  request?: RequestId;
}
