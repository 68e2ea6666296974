import { once } from 'node:events';
import { createServer, type IncomingMessage, request as ask, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Params, parseForm } from '../../src/payments/sandbox/form.js';

/** One request and its answer, as they went over the wire. */
export interface Exchange {
  method: string;
  path: string;
  params: Params;
  status: number;
  body: unknown;
}

/** Stands between a client and a provider, and remembers what they say. */
export interface Recorder {
  apiUrl: string;
  /** What was said since the last call. */
  take(): Exchange[];
  stop(): Promise<void>;
}

export async function startRecorder(providerUrl: string): Promise<Recorder> {
  let said: Exchange[] = [];
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const sent = await bytesOf(incoming);
      const { url = '/', method = 'GET', headers } = incoming;
      const onward = ask(`${providerUrl}${url}`, { method, headers });
      onward.end(sent);
      const [answer] = (await once(onward, 'response')) as [IncomingMessage];
      const received = await bytesOf(answer);
      const { pathname, search } = new URL(url, providerUrl);
      said.push({
        method,
        path: pathname,
        params: parseForm(method === 'GET' ? search.slice(1) : sent.toString()),
        status: answer.statusCode ?? 0,
        body: JSON.parse(received.toString()),
      });
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers).end(received);
    })();
  });
  return {
    apiUrl: await listen(server),
    take() {
      const taken = said;
      said = [];
      return taken;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  return Buffer.concat((await message.toArray()) as Buffer[]);
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
