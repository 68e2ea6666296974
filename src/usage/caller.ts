import express, { type Request, type RequestHandler, type Response } from 'express';
import { getAccount } from '../workspace/accounts.js';
import type { Workspace } from '../workspace/entities.js';
import { getWorkspace } from '../workspace/workspaces.js';
import { createFailedCalls, type FailedCallLimit } from './failed-calls.js';
import { type ApiKey, authenticate } from './keys.js';
import { onceEach } from '../once-each.js';
import { Problem } from './problem.js';
import { createRateLimiter, type RateLimit } from './rate-limit.js';
import type { Scope } from './scopes.js';

export const BODY_LIMIT_BYTES = 256 * 1024;

/** The body as JSON; undefined where it is optional and there is none. */
type ReadBody = (need?: 'optional') => Promise<unknown>;

/** What a route does once it is known who calls. `body` reads it; before that nothing of the body was looked at. */
export type Handle = (call: {
  key: ApiKey;
  workspace: Workspace;
  request: Request;
  response: Response;
  body: ReadBody;
  at: Date;
}) => Promise<void>;

interface DoorDeps {
  pepper: string;
  rateLimit: RateLimit;
  failedCallLimit: FailedCallLimit;
}

/**
 * The door of every route: key, then rate, then scope, then whether the workspace is open. A key that is not in force
 * learns nothing, not even whether its workspace exists.
 */
export function createDoor({ pepper, rateLimit, failedCallLimit }: DoorDeps) {
  const limiter = createRateLimiter(rateLimit);
  const failedCalls = createFailedCalls(failedCallLimit);

  async function keyOf(request: Request, at: Date): Promise<ApiKey> {
    const { ip: address = '' } = request;
    const header = request.get('authorization');
    const retryAfterSeconds = failedCalls.waitSeconds(address, header);
    if (retryAfterSeconds !== undefined) {
      const also = { kind: 'rateLimited', retryAfterSeconds } as const;
      throw new Problem(429, 'Too many calls without a valid API key came from this address.', also);
    }
    const key = await authenticate(header, pepper, at);
    if (key) {
      failedCalls.succeeded(header);
      return key;
    }
    failedCalls.failed(address, header);
    throw new Problem(401, 'Send a valid API key: Authorization: Bearer wsk_...');
  }

  return (scope: Scope | 'any', handle: Handle): RequestHandler =>
    async (request, response) => {
      const at = new Date();
      const key = await keyOf(request, at);
      const [limited, account, workspace] = await Promise.all([limiter.take(key), accountOf(key), workspaceOf(key)]);
      if (limited) {
        throw new Problem(429, 'Send events in batches, or wait a moment.', { kind: 'rateLimited', ...limited });
      }
      if (scope !== 'any' && !key.scopes.includes(scope)) throw new Problem(403, `This key lacks the scope ${scope}.`);
      if (account?.status !== 'enabled' || workspace?.status !== 'active') {
        throw new Problem(403, 'The workspace of this key is disabled; its primary owner can enable it.');
      }
      response.set('cache-control', 'no-store');
      const body: ReadBody = async (need) =>
        need === 'optional' && isEmpty(request) ? undefined : readJson(request, response);
      await handle({ key, workspace, request, response, body, at });
    };
}

const accountOf = onceEach(
  ({ account }: ApiKey) => account,
  ({ account }) => getAccount(account),
);
const workspaceOf = onceEach(
  ({ workspace }: ApiKey) => workspace,
  ({ account, workspace }) => getWorkspace(account, workspace),
);

export type Door = ReturnType<typeof createDoor>;

const parseJson = express.json({ limit: BODY_LIMIT_BYTES });

function isEmpty(request: Request): boolean {
  return request.headers['transfer-encoding'] === undefined && Number(request.headers['content-length'] ?? 0) === 0;
}

function readJson(request: Request, response: Response): Promise<unknown> {
  if (!request.is('application/json')) throw new Problem(415, 'Send the header Content-Type: application/json.');
  return new Promise((resolve, reject) => {
    parseJson(request, response, (error?: unknown) => {
      if (error === undefined) resolve(request.body);
      else reject(error);
    });
  });
}
