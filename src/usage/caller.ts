import express, { type Request, type RequestHandler, type Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { getAccount } from '../workspace/accounts.js';
import type { Workspace } from '../workspace/entities.js';
import { getWorkspace } from '../workspace/workspaces.js';
import { authenticate } from './keys.js';
import type { Scope } from './models.js';
import { Problem } from './problem.js';

const BODY_LIMIT = '256kb';

/** Requests per key in a window, counted by each process for itself. */
export interface RateLimit {
  requests: number;
  seconds: number;
}

/** What a route does once it is known who calls. `body` reads it; before that nothing of the body was looked at. */
export type Handle = (call: {
  workspace: Workspace;
  request: Request;
  response: Response;
  body: () => Promise<unknown>;
  at: Date;
}) => Promise<void>;

/**
 * The door of every route: key, then rate, then scope, then whether the workspace is open. A key that is not in force
 * learns nothing, not even whether its workspace exists.
 */
export function createDoor({ pepper, rateLimit }: { pepper: string; rateLimit: RateLimit }) {
  const limiter = new RateLimiterMemory({ points: rateLimit.requests, duration: rateLimit.seconds });

  return (scope: Scope | 'any', handle: Handle): RequestHandler =>
    async (request, response) => {
      const at = new Date();
      const key = await authenticate(request.get('authorization'), pepper, at);
      if (!key) throw new Problem(401, 'Send a valid API key: Authorization: Bearer wsk_...');
      await consume(limiter, key.id);
      if (scope !== 'any' && !key.scopes.includes(scope)) throw new Problem(403, `This key lacks the scope ${scope}.`);
      const [account, workspace] = await Promise.all([
        getAccount(key.account),
        getWorkspace(key.account, key.workspace),
      ]);
      if (account?.status !== 'enabled' || workspace?.status !== 'active') {
        throw new Problem(403, 'The workspace of this key is disabled; its primary owner can enable it.');
      }
      response.set('cache-control', 'no-store');
      await handle({ workspace, request, response, body: () => readJson(request, response), at });
    };
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (limited) {
    if (!(limited instanceof RateLimiterRes)) throw limited;
    const retryAfterSeconds = Math.max(1, Math.ceil(limited.msBeforeNext / 1_000));
    throw new Problem(429, 'Send events in batches, or wait a moment.', { retryAfterSeconds });
  }
}

const parseJson = express.json({ limit: BODY_LIMIT });

function readJson(request: Request, response: Response): Promise<unknown> {
  if (!request.is('application/json')) throw new Problem(415, 'Send the header Content-Type: application/json.');
  return new Promise((resolve, reject) => {
    parseJson(request, response, (error?: unknown) => {
      if (error === undefined) resolve(request.body);
      else reject(error);
    });
  });
}
