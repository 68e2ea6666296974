import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';

/** What to do with an event: answer with that status, or whatever a function does. */
type Step = number | ((response: ServerResponse) => void);

export interface Received {
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Receiver {
  url: string;
  /** Every event that came, in order; also those that were answered badly. */
  received: Received[];
  /** What becomes of the next ones, in order; then 200. */
  script: Step[];
  /** What is answered to events whose body has this in it, whatever the script says. */
  indigestible: { part: string; status: number } | undefined;
  /** The first that came, or comes, to this path. */
  at(path: string): Promise<Received>;
}

/** Somebody else's server on this machine: it takes events over HTTP, and does with them as it is told. */
export function useReceiver(): Receiver {
  const waiting = new Set<() => void>();
  const receiver: Receiver = {
    url: '',
    received: [],
    script: [],
    indigestible: undefined,
    at: (path) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = receiver.received.find(({ url }) => url === path);
          if (found && waiting.delete(look)) resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      receiver.received.push({ url: request.url ?? '', headers: request.headers, body });
      for (const look of waiting) look();
      const { indigestible } = receiver;
      const step =
        indigestible && body.includes(indigestible.part) ? indigestible.status : (receiver.script.shift() ?? 200);
      if (typeof step === 'function') step(response);
      else response.writeHead(step).end();
    });
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    receiver.received.length = 0;
    receiver.script.length = 0;
    receiver.indigestible = undefined;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return receiver;
}

/** As a receiver checks it by the text of the Standard Webhooks, with nothing of ours. */
export function isSignedWith(secret: string, { headers, body }: Received): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = [headers['webhook-id'], headers['webhook-timestamp'], body].join('.');
  const expected = createHmac('sha256', key).update(signed).digest('base64');
  return String(headers['webhook-signature'])
    .split(' ')
    .some((signature) => signature === `v1,${expected}`);
}
