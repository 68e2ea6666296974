import { DeliveryFailure } from '../port.js';
import { NeverSent, sending } from './sending.js';

const USES = 5;
const LIFE_MS = 30 * 60 * 1_000;
const TIMEOUT_MS = 10_000;

/**
 * Slack's reply address of one interaction: it takes five messages within half an hour, also where the bot is no
 * member. What it posts is private to the person, unless `response_type` says otherwise.
 */
export class ResponseUrl {
  readonly address: string;
  readonly expiresAt: number;
  private left: number;

  constructor(address: string, expiresAt: number, left = USES) {
    this.address = address;
    this.expiresAt = expiresAt;
    this.left = left;
  }

  /** As it came with an interaction that was made at this time. */
  static of(address: string, at: Date): ResponseUrl {
    return new ResponseUrl(address, at.getTime() + LIFE_MS);
  }

  /**
   * Sends one message; false where the address is used up or has expired, and another way must be taken.
   * Rejects with a DeliveryFailure where it is not known whether Slack took it, or where it was refused.
   */
  async send(body: { [key: string]: unknown }, at: number = Date.now()): Promise<boolean> {
    if (this.left < 1 || at >= this.expiresAt) return false;
    this.left -= 1;
    const response = await this.request(body);
    if (response.ok) return true;
    const answer = await response.text();
    if (response.status === 404 || response.status === 410 || /expired_url|used_url/.test(answer)) return false;
    if (response.status === 429) {
      throw new DeliveryFailure(
        { kind: 'rateLimited', retryAfterMs: retryAfterMs(response) },
        { detail: 'response_url' },
      );
    }
    if (response.status >= 500)
      throw new DeliveryFailure({ kind: 'unknown' }, { detail: `response_url ${response.status}` });
    const why = /too_long|too_large/.test(answer) ? 'tooLarge' : 'other';
    throw new DeliveryFailure({ kind: 'rejected', why }, { detail: `response_url ${answer.slice(0, 100)}` });
  }

  private async request(body: { [key: string]: unknown }): Promise<Response> {
    try {
      return await sending(this.address, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (error) {
      throw new DeliveryFailure({ kind: error instanceof NeverSent ? 'unreachable' : 'unknown' }, { cause: error });
    }
  }
}

function retryAfterMs(response: Response): number {
  const seconds = Number(response.headers.get('retry-after'));
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : 1_000;
}
