import { failedBeforeSending } from '../before-sending.js';
import { DeliveryFailure, type DeliveryOutcome } from '../port.js';

/** Where Teams names no time: its own advice for bots that are slowed down. */
const DEFAULT_RETRY_MS = 5_000;

type Why = Extract<DeliveryOutcome, { kind: 'rejected' }>['why'];

/** What Teams' error codes mean to somebody who waits for the message. */
const CODES: Readonly<Record<string, Why>> = {
  BotNotInConversationRoster: 'botNotInChannel',
  MessageWritesBlocked: 'botRemoved',
  BotDisabledByAdmin: 'botRemoved',
  ConversationNotFound: 'channelGone',
  ConversationBlockedByUser: 'botRemoved',
  ActivityNotFoundInConversation: 'messageGone',
  MemberNotFoundInConversation: 'userGone',
  UserNotFound: 'userGone',
  MessageSizeTooBig: 'tooLarge',
  RequestEntityTooLarge: 'tooLarge',
};

/** What the connector's answer to a request means for the delivery. */
export function failureOfAnswer(
  request: { method: string; path: string },
  status: number,
  retryAfter: string | null,
  body: string,
): DeliveryFailure {
  const code = errorCode(body);
  const detail = `${request.method} ${request.path} answered ${status}${code ? ` ${code}` : ''}`;
  return new DeliveryFailure(outcomeOf(request, status, retryAfter, code), { detail });
}

function outcomeOf(
  request: { method: string; path: string },
  status: number,
  retryAfter: string | null,
  code: string | undefined,
): DeliveryOutcome {
  if (status === 429) return { kind: 'rateLimited', retryAfterMs: retryMs(retryAfter) };
  const known = code === undefined ? undefined : CODES[code];
  if (known) return { kind: 'rejected', why: known };
  // Refused before anything was done: a conflict with another write, or a service that takes no work.
  if (status === 412 || status === 503) return { kind: 'unreachable' };
  // A gateway or a fault behind it: the message may have gone through.
  if (status >= 500 || status === 408) return { kind: 'unknown' };
  if (status === 413) return { kind: 'rejected', why: 'tooLarge' };
  if (status === 403) return { kind: 'rejected', why: 'botRemoved' };
  if (status === 404) return { kind: 'rejected', why: request.method === 'PUT' ? 'messageGone' : 'channelGone' };
  return { kind: 'rejected', why: 'other' };
}

/** What a request that got no answer means: only where no connection was made, nothing was delivered. */
export function failureOfSilence(error: unknown): DeliveryFailure {
  const code = causeCode(error);
  const kind = failedBeforeSending(code) ? 'unreachable' : 'unknown';
  return new DeliveryFailure({ kind }, { cause: error, ...(code ? { detail: code } : {}) });
}

function causeCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? causeCode(error.cause) : undefined;
}

function retryMs(header: string | null): number {
  if (header === null) return DEFAULT_RETRY_MS;
  const seconds = Number(header);
  if (Number.isFinite(seconds) && seconds >= 0) return Math.ceil(seconds * 1000);
  const until = Date.parse(header) - Date.now();
  return Number.isFinite(until) ? Math.max(until, 0) : DEFAULT_RETRY_MS;
}

function errorCode(body: string): string | undefined {
  const match = /"code"\s*:\s*"([A-Za-z0-9_.]+)"/.exec(body);
  return match?.[1];
}
