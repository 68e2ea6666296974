import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { types } from 'node:util';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { newReference } from './id.js';
import type { Log } from './log.js';
import { operationsRoutes, type ReadyCheck } from './operations-routes.js';

/** The largest body any route takes; those that parse one pass it to their parser too. */
export const BODY_LIMIT_BYTES = 256 * 1024;

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** Longer than balancers keep an idle connection, so that they and not we close it. */
const KEEP_ALIVE_MS = 65_000;

export interface HttpServer {
  /** Resolves with the port once it listens; rejects if the port is taken. */
  listen(): Promise<number>;
  /** Takes nothing new, lets the requests in hand finish within `graceMs`, then closes every connection. */
  stop(graceMs: number): Promise<void>;
}

/**
 * The one server of the process: chat platforms, API, webhooks, pages and operations. `routes` mounts what the
 * folders bring, each with a body parser of its own (signatures need the raw body).
 */
export function createHttpServer(options: {
  host: string;
  port: number;
  log: Log;
  ready: Readonly<Record<string, ReadyCheck>>;
  metricsToken?: string;
  /** Balancers whose `X-Forwarded-For` is believed; without any, the caller is whoever connects. */
  trustedProxies?: readonly string[];
  routes: (app: Express) => void;
}): HttpServer {
  let draining = false;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', options.trustedProxies ?? false);
  app.use(headers);
  app.use((_request, response, next) => {
    response.once('close', () => draining && setImmediate(() => server.closeIdleConnections()));
    next();
  });
  app.use(
    operationsRoutes({
      ready: { ...options.ready, taking: async () => !draining },
      ...(options.metricsToken && { metricsToken: options.metricsToken }),
    }),
  );
  app.use(refuseLargeBodies);
  options.routes(app);
  app.use((_request, response) => void response.status(404).type('text').send('There is nothing at this address.\n'));
  app.use(answerFaults(options.log));

  const server = createServer(app);
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;

  return {
    listen: () => listen(server, options.host, options.port),
    async stop(graceMs) {
      draining = true;
      await close(server, graceMs);
    },
  };
}

/** Pages load nothing from elsewhere, run no script of others and are framed by nobody. */
const headers = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
  },
  referrerPolicy: { policy: 'no-referrer' },
});

/** Before anything reads the body; what does not tell its length is bounded by its route's parser. */
const refuseLargeBodies: RequestHandler = (request, response, next) => {
  if (Number(request.headers['content-length'] ?? 0) <= BODY_LIMIT_BYTES) return next();
  const detail = `Send at most ${BODY_LIMIT_BYTES} bytes at a time.`;
  const problem = {
    type: 'about:blank',
    title: 'The request is too large',
    status: 413,
    detail,
    reference: newReference(),
  };
  response.set('connection', 'close').status(413).type('application/problem+json').send(JSON.stringify(problem));
};

/** What no route has answered for: a parser's refusal as it is, anything else with a reference that the log has too. */
function answerFaults(log: Log): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const status = refusedStatus(error);
    if (response.headersSent) return next(error);
    if (status !== undefined) return void response.status(status).type('text').send('This request cannot be read.\n');
    const reference = newReference();
    log.error({ err: error, reference, method: request.method, path: request.path }, 'request failed');
    response.status(500).type('text').send(`Something broke on our side. Tell support this reference: ${reference}\n`);
  };
}

/** The 4xx of a body parser (malformed, too large), or undefined for a fault of ours. */
function refusedStatus(error: unknown): number | undefined {
  if (!types.isNativeError(error) || !('expose' in error) || !('status' in error) || error.expose !== true)
    return undefined;
  return typeof error.status === 'number' ? error.status : undefined;
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function close(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close((error) => {
      clearTimeout(cut);
      if (error) reject(error);
      else resolve();
    });
    server.closeIdleConnections();
  });
}
