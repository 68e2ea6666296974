import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { newId } from '../../id.js';
import { type Call, type EndpointDeps, perform } from './endpoints.js';
import { ApiError } from './errors.js';
import type { Fault, Faults } from './faults.js';
import { parseForm } from './form.js';

export interface ApiDeps extends EndpointDeps {
  faults: Faults;
  /** The only key that is taken. */
  secretKey: string;
}

interface Answer {
  status: number;
  body: unknown;
  replayed?: boolean;
}

const BODY_LIMIT = 256 * 1024;

/** Stripe's API over HTTP, as far as the product asks it. */
export function createApi(deps: ApiDeps): Server {
  const running = new Set<string>();
  return createServer((request, response) => {
    void answer(deps, running, request, response);
  });
}

async function answer(
  deps: ApiDeps,
  running: Set<string>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const call = await readCall(request);
    const fault = deps.faults.take(routeOf(call));
    const { status, body, replayed } = await alone(running, call.idempotencyKey, async () => {
      if (fault === 'slow') await deps.faults.wait();
      return authorised(deps, request) ? remembered(deps, call, fault) : UNAUTHORISED;
    });
    if (fault === 'answerLost') request.socket.destroy();
    else send(response, status, body, replayed);
  } catch (error) {
    if (error instanceof ApiError) send(response, error.status, error.body);
    else
      send(response, 500, {
        error: { type: 'api_error', message: error instanceof Error ? error.message : 'unknown' },
      });
  }
}

/** Two requests under one idempotency key never run at once. */
async function alone(running: Set<string>, key: string | null, work: () => Promise<Answer>): Promise<Answer> {
  if (key === null) return work();
  if (running.has(key)) {
    throw new ApiError(409, {
      type: 'idempotency_error',
      code: 'idempotency_key_in_use',
      message: `There is currently another in-progress request using this idempotency key: ${key}.`,
    });
  }
  running.add(key);
  try {
    return await work();
  } finally {
    running.delete(key);
  }
}

function send(response: ServerResponse, status: number, body: unknown, replayed = false): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'request-id': newId('req'),
    ...(replayed ? { 'idempotent-replayed': 'true' } : {}),
  });
  response.end(JSON.stringify(body, undefined, 2));
}

const UNAUTHORISED: Answer = {
  status: 401,
  body: { error: { type: 'invalid_request_error', message: 'Invalid API Key provided.' } },
};

function authorised(deps: ApiDeps, request: IncomingMessage): boolean {
  return request.headers.authorization === `Bearer ${deps.secretKey}`;
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const url = new URL(request.url ?? '/', 'http://sandbox');
  const method = request.method === 'POST' ? 'POST' : 'GET';
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT)
      throw new ApiError(413, { type: 'invalid_request_error', message: 'Request body too large.' });
    chunks.push(chunk);
  }
  const form = method === 'POST' ? Buffer.concat(chunks).toString('utf8') : url.search.slice(1);
  const [version, ...path] = url.pathname.split('/').filter(Boolean).map(decodeURIComponent);
  if (version !== 'v1')
    throw new ApiError(404, { type: 'invalid_request_error', message: `Unrecognized request URL (${url.pathname}).` });
  const key = request.headers['idempotency-key'];
  return {
    method,
    path,
    params: parseForm(form),
    idempotencyKey: method === 'POST' && typeof key === 'string' ? key : null,
  };
}

/** `POST /v1/checkout/sessions/:id/expire`: how a fault names a route. */
function routeOf(call: Call): string {
  return `${call.method} /v1/${call.path.map((part) => (/_.*\d/.test(part) ? ':id' : part)).join('/')}`;
}

/** Runs the call once per idempotency key: repeats get the first answer, whatever it was. */
function remembered(deps: ApiDeps, call: Call, fault: Fault | undefined): Answer {
  if (fault === 'rateLimited')
    return {
      status: 429,
      body: { error: { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many requests.' } },
    };
  if (fault === 'errorBefore')
    return { status: 500, body: { error: { type: 'api_error', message: 'Something went wrong before it was done.' } } };
  const { store } = deps;
  const key = call.idempotencyKey;
  if (!key) return run(deps, call, fault);
  const request = createHash('sha256')
    .update(JSON.stringify([call.path, call.params]))
    .digest('hex');
  const first = Object.hasOwn(store.state.idempotency, key) ? store.state.idempotency[key] : undefined;
  if (first && first.request !== request) {
    throw new ApiError(400, {
      type: 'idempotency_error',
      message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    });
  }
  if (first) return { ...first, replayed: true };
  const answered = run(deps, call, fault);
  store.state.idempotency[key] = { request, ...answered };
  store.save();
  return answered;
}

function run(deps: ApiDeps, call: Call, fault: Fault | undefined): Answer {
  try {
    const body = structuredClone(perform(deps, call));
    deps.store.save();
    if (fault !== 'errorAfter') return { status: 200, body };
    return { status: 500, body: { error: { type: 'api_error', message: 'Something went wrong after it was done.' } } };
  } catch (error) {
    if (error instanceof ApiError) return { status: error.status, body: error.body };
    throw error;
  }
}
