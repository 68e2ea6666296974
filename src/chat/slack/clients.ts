import { WebClient, type WebClientOptions } from '@slack/web-api';
import { boltLog, type Log } from './bolt-log.js';
import { sending } from './sending.js';

export interface Clients {
  /** For what a waiting person asked for: one 429 on a post must not hold up a form whose trigger lives 3 s. */
  interactions: WebClient;
  /** For notices, whose retries belong to the outbox. */
  posts: WebClient;
}

/**
 * Clients without a token, which each call brings along: a client's own headers are shared by whatever uses its options,
 * and one team's token would go out with another team's call. They never repeat a call by themselves: Slack may have
 * taken one whose answer was lost.
 */
export function createClients(apiUrl: string | undefined, log: Log): Clients {
  return {
    interactions: new WebClient(undefined, clientOptions(apiUrl, log)),
    posts: new WebClient(undefined, clientOptions(apiUrl, log)),
  };
}

export function clientOptions(apiUrl: string | undefined, log: Log): WebClientOptions {
  return {
    retryConfig: { retries: 0 },
    timeout: 10_000,
    rejectRateLimitedCalls: true,
    fetch: sending,
    logger: boltLog(log),
    ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
  };
}
