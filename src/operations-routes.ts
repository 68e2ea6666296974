import { timingSafeEqual } from 'node:crypto';
import { type Request, type RequestHandler, Router } from 'express';
import { collectDefaultMetrics, register } from 'prom-client';

/** True if this part of readiness holds; a rejection counts as false. */
export type ReadyCheck = () => Promise<boolean>;

/**
 * `/healthz`: the process runs. `/readyz`: it can serve; 503 names what does not hold. `/metrics`: for whoever
 * brings the token, or without a token for callers on this machine.
 */
export function operationsRoutes(options: {
  ready: Readonly<Record<string, ReadyCheck>>;
  metricsToken?: string;
}): Router {
  collectDefaultMetricsOnce();
  const routes = Router();
  routes.get('/healthz', (_request, response) => void response.json({ ok: true }));
  routes.get('/readyz', readiness(options.ready));
  routes.get('/metrics', async (request, response) => {
    if (!mayReadMetrics(request, options.metricsToken)) {
      response.status(403).type('text').send('Metrics are for this machine, or for a caller with the token.\n');
      return;
    }
    response.type(register.contentType).send(await register.metrics());
  });
  return routes;
}

function readiness(checks: Readonly<Record<string, ReadyCheck>>): RequestHandler {
  return async (_request, response) => {
    const results = await Promise.allSettled(Object.values(checks).map((check) => check()));
    const failing = Object.keys(checks).filter((_name, i) => {
      const result = results[i]!;
      return result.status === 'rejected' || !result.value;
    });
    response.status(failing.length === 0 ? 200 : 503).json({ ready: failing.length === 0, failing });
  };
}

/** A proxy on this machine also connects from loopback: what it forwards is not from here. */
function mayReadMetrics(request: Request, token: string | undefined): boolean {
  if (token !== undefined) {
    const given = Buffer.from(request.headers.authorization ?? '');
    const expected = Buffer.from(`Bearer ${token}`);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
  const forwarded = request.headers['x-forwarded-for'] !== undefined || request.headers.forwarded !== undefined;
  return !forwarded && /^(::1|(::ffff:)?127\.)/.test(request.socket.remoteAddress ?? '');
}

function collectDefaultMetricsOnce(): void {
  if (!register.getSingleMetric('process_cpu_user_seconds_total')) collectDefaultMetrics();
}
