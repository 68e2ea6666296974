import type { ConnectorClientOptions } from 'botframework-connector';
import { DeliveryFailure } from '../port.js';
import { failureOfAnswer, failureOfSilence } from './delivery-failure.js';

type HttpClient = NonNullable<ConnectorClientOptions['httpClient']>;

const TIMEOUT_MS = 10_000;

/**
 * How every request to the connector leaves this process: to allowed addresses only, with a deadline, and once.
 * Failures are DeliveryFailures, which the SDK's own retries leave alone; repeating is for the outbox.
 */
export function createTransport(mayCall: (address: string) => boolean): HttpClient {
  return {
    async sendRequest(request) {
      const url = new URL(request.url);
      if (!mayCall(request.url)) {
        throw new DeliveryFailure({ kind: 'rejected', why: 'other' }, { detail: `${url.host} is no address of Teams` });
      }
      const answer = await send(request.url, {
        method: request.method,
        headers: request.headers.rawHeaders(),
        ...(typeof request.body === 'string' ? { body: request.body } : {}),
      });
      if (answer.status >= 300) {
        const asked = { method: request.method, path: url.pathname };
        throw failureOfAnswer(asked, answer.status, answer.headers.get('retry-after'), answer.body);
      }
      const headers = request.headers.clone();
      for (const name of headers.headerNames()) headers.remove(name);
      for (const [name, value] of answer.headers) headers.set(name, value);
      return { request, status: answer.status, headers, bodyAsText: answer.body };
    },
  };
}

async function send(url: string, init: RequestInit): Promise<{ status: number; headers: Headers; body: string }> {
  try {
    const answer = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
    return { status: answer.status, headers: answer.headers, body: await answer.text() };
  } catch (error) {
    throw failureOfSilence(error);
  }
}
