import { createHmac } from 'node:crypto';
import type { Json } from './world.js';

/** What our side answered to one delivery, and when. */
export interface Ack {
  status: number;
  /** The body, parsed where it is JSON. */
  body: Json | undefined;
  ms: number;
}

export interface Delivery {
  url: string;
  secret: string;
  body: string;
  type: 'application/x-www-form-urlencoded' | 'application/json';
  headers?: Record<string, string>;
  /** Seconds; other than now for a delivery that is replayed or forged. */
  signedAt?: number;
}

const PATIENCE_MS = 3_000;

/** Sends a signed request as Slack does, and gives up after 3 s: the person would see `operation_timeout`. */
export async function deliver({ url, secret, body, type, headers = {}, signedAt }: Delivery): Promise<Ack> {
  const timestamp = String(signedAt ?? Math.floor(Date.now() / 1_000));
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  const started = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': type,
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': signature,
      ...headers,
    },
    body,
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const answer = await response.text();
  return { status: response.status, body: parse(answer), ms: performance.now() - started };
}

function parse(answer: string): Json | undefined {
  if (!answer.startsWith('{')) return answer === '' ? undefined : answer;
  const json: Json = JSON.parse(answer);
  return json;
}

export function form(fields: Record<string, string>): string {
  return new URLSearchParams(fields).toString();
}
