import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { newId } from '../../id.js';
import { type Match, perform, routeOf, unknownUrl } from './endpoints/routes.js';
import { ApiError } from './errors.js';
import type { Fault, Faults } from './faults.js';
import { type Params, parseForm } from './form.js';
import { type Answer, InProgress, remembered } from './idempotency.js';
import type { Store } from './store.js';

export interface ApiDeps {
  store: Store;
  faults: Faults;
  /** The only key that is taken. */
  secretKey: string;
}

interface Call {
  /** Of this request, as the answer's `request-id` names it. */
  id: string;
  match: Match;
  /** As it was asked, with the ids in it. */
  path: string;
  params: Params;
  idempotencyKey: string | null;
}

const BODY_LIMIT = 256 * 1024;

/** Stripe's API over HTTP, as far as the product asks it. */
export function createApi(deps: ApiDeps): Server {
  const inProgress = new InProgress();
  return createServer((request, response) => {
    void answer(deps, inProgress, request, response);
  });
}

async function answer(
  deps: ApiDeps,
  inProgress: InProgress,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const id = newId('req');
  try {
    if (request.headers.authorization !== `Bearer ${deps.secretKey}`) return send(response, id, UNAUTHORISED);
    const call = await readCall(id, request);
    const fault = deps.faults.take(`${call.match.route.method} ${call.match.route.path}`);
    const answered = await inProgress.alone(call.idempotencyKey, async () => {
      if (fault === 'slow') await deps.faults.wait();
      return respond(deps, call, fault);
    });
    if (fault === 'answerLost') request.socket.destroy();
    else send(response, id, answered, call.idempotencyKey);
  } catch (error) {
    if (error instanceof ApiError) return send(response, id, { status: error.status, body: error.body });
    const message = error instanceof Error ? error.message : 'unknown';
    send(response, id, { status: 500, body: { error: { type: 'api_error', message } } });
  }
}

function send(
  response: ServerResponse,
  id: string,
  { status, body, replayed }: Answer,
  key: string | null = null,
): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'request-id': id,
    ...(key === null ? {} : { 'idempotency-key': key }),
    ...(replayed ? { 'idempotent-replayed': 'true' } : {}),
  });
  response.end(JSON.stringify(body, undefined, 2));
}

const failure = (status: number, type: string, message: string, more: object = {}): Answer => ({
  status,
  body: { error: { type, message, ...more } },
});
const UNAUTHORISED = failure(401, 'invalid_request_error', 'Invalid API Key provided.');
const RATE_LIMITED = failure(429, 'invalid_request_error', 'Too many requests.', { code: 'rate_limit' });
const BROKEN_BEFORE = failure(500, 'api_error', 'Something went wrong before it was done.');
const BROKEN_AFTER = failure(500, 'api_error', 'Something went wrong after it was done.');

async function readCall(id: string, request: IncomingMessage): Promise<Call> {
  const url = new URL(request.url ?? '/', 'http://sandbox');
  const method = request.method ?? 'GET';
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT)
      throw new ApiError(413, { type: 'invalid_request_error', message: 'Request body too large.' });
    chunks.push(chunk);
  }
  const match = routeOf(method, url.pathname);
  if (!match) throw unknownUrl(method, url.pathname);
  const key = request.headers['idempotency-key'];
  return {
    id,
    match,
    path: url.pathname,
    params: parseForm(method === 'POST' ? Buffer.concat(chunks).toString('utf8') : url.search.slice(1)),
    idempotencyKey: method === 'POST' && typeof key === 'string' ? key : null,
  };
}

function respond({ store }: ApiDeps, call: Call, fault: Fault | undefined): Answer {
  if (fault === 'rateLimited') return RATE_LIMITED;
  if (fault === 'errorBefore') return BROKEN_BEFORE;
  const { id, idempotencyKey, match, path, params } = call;
  return remembered(store, { key: idempotencyKey, path, params }, () =>
    store.during({ id, idempotencyKey }, () => {
      try {
        const body = perform(store, match, params);
        return fault === 'errorAfter' ? BROKEN_AFTER : { status: 200, body };
      } catch (error) {
        if (error instanceof ApiError) return { status: error.status, body: error.body };
        throw error;
      } finally {
        store.save();
      }
    }),
  );
}
