import { type Response, Router } from 'express';
import type { z } from 'zod';
import type { Entry, HistoryQuery, Ledger } from '../ledger/entry.js';
import type { Log } from '../log.js';
import { createDoor, type RateLimit } from './caller.js';
import { openApiDocument } from './openapi.js';
import { priceList } from './prices.js';
import { Problem, parseOr400, problemHandler } from './problem.js';
import { recordEvents } from './record-events.js';
import {
  type balanceAnswer,
  type entriesAnswer,
  entriesQuery,
  type eventsAnswer,
  eventsBody,
  type pricesAnswer,
} from './schemas.js';

const DEFAULT_RATE_LIMIT: RateLimit = { requests: 200, seconds: 1 };

/** The HTTP API, to be mounted at /v1. `onEntries` is told after entries were made. */
export function usageRoutes(deps: {
  ledger: Ledger;
  /** Of the API keys' hashes. */
  pepper: string;
  log: Log;
  publicUrl: string;
  onEntries?: () => void;
  rateLimit?: RateLimit;
}): Router {
  const { ledger, log, onEntries } = deps;
  const door = createDoor({ pepper: deps.pepper, rateLimit: deps.rateLimit ?? DEFAULT_RATE_LIMIT });
  const document = openApiDocument(`${deps.publicUrl}/v1`);
  const routes = Router();

  routes.get('/openapi.json', (_request, response) => void response.json(document));

  routes.post(
    '/usage/events',
    door('usage:write', async ({ workspace, response, body, at }) => {
      const { events } = parseOr400(eventsBody, await body());
      const { results, failures, balanceMinor, availableMinor } = await recordEvents(ledger, workspace, events, at);
      if (failures.length > 0) {
        const { id, account } = workspace;
        log.error(
          { err: failures[0], count: failures.length, workspace: id, account },
          'usage events of unknown outcome',
        );
      }
      if (results.some(({ status }) => status === 'accepted')) onEntries?.();
      answer<typeof eventsAnswer>(response, { results, currency: workspace.currency, balanceMinor, availableMinor });
    }),
  );

  readingRoutes(routes, door, ledger);
  routes.use(() => {
    throw new Problem(404, 'GET /v1/openapi.json lists what there is.');
  });
  routes.use(problemHandler(log));
  return routes;
}

type Door = ReturnType<typeof createDoor>;

function readingRoutes(routes: Router, door: Door, ledger: Ledger): void {
  routes.get(
    '/balance',
    door('balance:read', async ({ workspace, request, response }) => {
      refuseQuery(request.query);
      const head = await ledger.head(workspace.id);
      if (!head) throw new Error(`workspace ${workspace.id} has no wallet`);
      const { currency, balanceMinor, heldMinor, availableMinor, level, sequence } = head;
      answer<typeof balanceAnswer>(response, {
        currency,
        balanceMinor,
        heldMinor,
        availableMinor,
        level,
        entry: sequence,
      });
    }),
  );

  routes.get(
    '/entries',
    door('entries:read', async ({ workspace, request, response }) => {
      const query = historyQuery(parseOr400(entriesQuery, { ...request.query }));
      const { entries, next = null } = await ledger.history(workspace.id, query);
      answer<typeof entriesAnswer>(response, { currency: workspace.currency, entries: entries.map(shown), next });
    }),
  );

  routes.get(
    '/prices',
    door('any', async ({ workspace, request, response, at }) => {
      refuseQuery(request.query);
      const prices = await priceList(workspace.account, workspace.id, at);
      answer<typeof pricesAnswer>(response, {
        currency: workspace.currency,
        prices: prices.map((price) => ({ ...price, validFrom: price.validFrom.toISOString() })),
      });
    }),
  );
}

function answer<S extends z.ZodType>(response: Response, body: z.output<S>): void {
  response.json(body);
}

function refuseQuery(query: object): void {
  const errors = Object.keys(query).map((field) => ({ field, message: 'is not known here' }));
  if (errors.length > 0) throw new Problem(400, 'This address takes no parameters.', { errors });
}

function historyQuery({ after, limit, kind, from, to }: z.output<typeof entriesQuery>): HistoryQuery {
  return {
    after,
    limit,
    ...(kind && { kind }),
    ...(from && { from: new Date(from) }),
    ...(to && { to: new Date(to) }),
  };
}

function shown(entry: Entry): z.output<typeof entriesAnswer>['entries'][number] {
  const {
    sequence,
    key,
    kind,
    amountMinor,
    balanceMinor,
    at,
    item,
    quantity,
    resource,
    person,
    memo,
    effectiveAt,
    reverses,
  } = entry;
  return {
    entry: sequence,
    key,
    kind,
    amountMinor,
    balanceMinor,
    at: at.toISOString(),
    ...(item !== undefined && { item }),
    ...(quantity !== undefined && { quantity }),
    ...(resource !== undefined && { resource }),
    ...(person !== undefined && { person }),
    ...(memo !== undefined && { memo }),
    ...(effectiveAt && { effectiveAt: effectiveAt.toISOString() }),
    ...(reverses !== undefined && { reverses }),
  };
}
