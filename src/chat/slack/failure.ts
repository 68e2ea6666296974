import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { DeliveryFailure, type DeliveryOutcome } from '../port.js';
import { NeverSent } from './sending.js';

type Why = Extract<DeliveryOutcome, { kind: 'rejected' }>['why'];

const WHY: Readonly<Record<string, Why>> = {
  channel_not_found: 'channelGone',
  is_archived: 'channelGone',
  not_in_channel: 'botNotInChannel',
  restricted_action: 'botNotInChannel',
  user_not_found: 'userGone',
  user_disabled: 'userGone',
  user_not_in_channel: 'userGone',
  cannot_dm_bot: 'userGone',
  users_not_found: 'userGone',
  account_inactive: 'botRemoved',
  invalid_auth: 'botRemoved',
  token_revoked: 'botRemoved',
  token_expired: 'botRemoved',
  not_authed: 'botRemoved',
  org_login_required: 'botRemoved',
  message_not_found: 'messageGone',
  thread_not_found: 'messageGone',
  cannot_reply_to_message: 'messageGone',
  cant_update_message: 'messageGone',
  edit_window_closed: 'messageGone',
  msg_too_long: 'tooLarge',
  msg_blocks_too_long: 'tooLarge',
  view_too_large: 'tooLarge',
};

/** Errors after which Slack says itself that nothing was done. */
const PASSING = new Set([
  'service_unavailable',
  'team_added_to_org',
  'ratelimited',
  'rate_limited',
  'message_limit_exceeded',
]);

/** What a failed Web API call means for the delivery. */
export function deliveryFailure(error: unknown): DeliveryFailure {
  if (error instanceof DeliveryFailure) return error;
  return new DeliveryFailure(outcomeOf(error), { cause: error, detail: slackError(error) ?? String(error) });
}

/** Slack's own name of a refusal: `channel_not_found`. */
export function slackError(error: unknown): string | undefined {
  return error instanceof WebAPIPlatformError ? error.data.error : undefined;
}

function outcomeOf(error: unknown): DeliveryOutcome {
  if (error instanceof WebAPIRateLimitedError) return { kind: 'rateLimited', retryAfterMs: error.retryAfter * 1_000 };
  if (error instanceof WebAPIPlatformError) return refused(error.data.error);
  if (error instanceof WebAPIHTTPError) return error.statusCode === 503 ? { kind: 'unreachable' } : { kind: 'unknown' };
  if (error instanceof WebAPIRequestError)
    return error.original instanceof NeverSent ? { kind: 'unreachable' } : { kind: 'unknown' };
  return { kind: 'unknown' };
}

function refused(code: string): DeliveryOutcome {
  if (PASSING.has(code)) return { kind: 'unreachable' };
  if (code === 'internal_error' || code === 'fatal_error') return { kind: 'unknown' };
  return { kind: 'rejected', why: WHY[code] ?? 'other' };
}
