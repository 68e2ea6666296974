import { isThing, word } from './json.js';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { body, METHODS, messageFaults } from './methods.js';
import { oauthAccess } from './oauth.js';
import type { Fault, Json, World } from './world.js';

type Args = { [key: string]: Json };

const STRUCTURED = new Set(['blocks', 'view', 'metadata']);
const REPLY_LIFE_MS = 30 * 60 * 1_000;
const REPLY_USES = 5;

/** Serves `/api/<method>` and the reply addresses; `close` ends every connection. */
export async function serve(world: World): Promise<{ address: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    answer(world, request, response).catch((error: unknown) => {
      world.record({ method: 'the fake itself failed', token: '', args: {}, outcome: String(error) });
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  world.address = `http://127.0.0.1:${portOf(server)}`;
  return { address: world.address, close: () => close(server) };
}

async function answer(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const raw = await read(request);
  const path = new URL(request.url ?? '/', 'http://slack').pathname;
  if (path.startsWith('/reply/')) return reply(world, path.slice('/reply/'.length), raw, response);
  if (path.startsWith('/files/')) return download(world, path.slice('/files/'.length), request, response);
  const method = path.replace('/api/', '');
  const args = parse(raw);
  const token = (request.headers.authorization ?? '').replace(/^Bearer /, '');
  const fault = world.takeFault(method);
  if (fault && (await goesWrong(fault, world, method, token, args, response))) return;
  const result = method === 'oauth.v2.access' ? oauthAccess(world, args) : call(world, method, token, args);
  world.record({ method, token, args, outcome: result['ok'] ? 'ok' : word(result['error']) });
  if (fault?.kind === 'cutAfter') return void response.destroy();
  send(response, 200, result);
}

function call(world: World, method: string, token: string, args: Args): { [key: string]: Json } {
  const known = METHODS[method];
  if (!known) return { ok: false, error: 'unknown_method' };
  if (!world.tokens.has(token)) return { ok: false, error: 'invalid_auth' };
  return known(world, args);
}

/** Whether the fault has answered already. */
async function goesWrong(
  fault: Fault,
  world: World,
  method: string,
  token: string,
  args: Args,
  response: ServerResponse,
): Promise<boolean> {
  switch (fault.kind) {
    case 'cutAfter':
      return false;
    case 'slow':
      await new Promise((resolve) => setTimeout(resolve, fault.ms));
      return false;
    case 'held':
      fault.arrived();
      await fault.until;
      return false;
    case 'rateLimited':
      response.setHeader('retry-after', String(fault.retryAfter));
      send(response, 429, { ok: false, error: 'ratelimited' });
      break;
    case 'error':
      send(response, 200, { ok: false, error: fault.error });
      break;
    case 'status':
      send(response, fault.status, { ok: false });
      break;
    case 'cutBefore':
      response.destroy();
      break;
  }
  world.record({ method, token, args, outcome: fault.kind });
  return true;
}

/** A file's content: without a token Slack sends its page to log in. */
function download(world: World, id: string, request: IncomingMessage, response: ServerResponse): void {
  const token = (request.headers.authorization ?? '').replace(/^Bearer /, '');
  const file = world.files.get(id);
  world.record({ method: 'download', token, args: { file: id }, outcome: file ? 'ok' : 'gone' });
  if (!world.tokens.has(token)) return void response.writeHead(302, { location: '/login' }).end();
  if (!file) return void response.writeHead(404).end();
  response.writeHead(200, { 'content-type': 'text/csv' }).end(file.content);
}

/** A reply address: five uses in half an hour. */
function reply(world: World, id: string, raw: string, response: ServerResponse): void {
  const known = world.replies.get(id);
  const args = parse(raw);
  const outcome =
    !known || world.now() - known.at > REPLY_LIFE_MS
      ? 'expired_url'
      : known.uses >= REPLY_USES
        ? 'used_url'
        : undefined;
  const bad = outcome ? undefined : messageFaults(args);
  world.record({ method: 'response_url', token: '', args, outcome: outcome ?? (bad ? word(bad['error']) : 'ok') });
  if (!known || outcome) return send(response, 404, { ok: false, error: outcome ?? 'expired_url' });
  if (bad) return send(response, 400, bad);
  known.uses += 1;
  const { text, blocks } = body(args);
  const original = known.original;
  if (args['replace_original'] === true && original) world.edit(original, { text, blocks });
  else if (args['response_type'] === 'in_channel')
    world.show({ kind: 'message', channel: known.channel, ts: world.ts(), text, blocks });
  else world.show({ kind: 'ephemeral', channel: known.channel, to: known.user, ts: world.ts(), text, blocks });
  send(response, 200, { ok: true });
}

function send(response: ServerResponse, status: number, json: { [key: string]: Json }): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

/** Form-encoded with JSON inside, as Slack's own clients send, or JSON alone. */
function parse(raw: string): Args {
  if (raw.startsWith('{')) {
    const json: Json = JSON.parse(raw);
    return isThing(json) ? json : {};
  }
  const args: Args = {};
  for (const [name, value] of new URLSearchParams(raw)) args[name] = STRUCTURED.has(name) ? JSON.parse(value) : value;
  return args;
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
