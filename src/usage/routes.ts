import { type RequestHandler, Router } from 'express';
import type { Ledger } from '../ledger/entry.js';
import type { Moves } from '../ledger/moves.js';
import type { Log } from '../log.js';
import type { WorkspaceId } from '../workspace/entities.js';
import { answer } from './answer.js';
import { createDoor, type Door } from './caller.js';
import { type eventsAnswer, eventsBody } from './event-schemas.js';
import type { FailedCallLimit } from './failed-calls.js';
import { holdRoutes } from './hold-routes.js';
import { type MeetingNews, meetingRoutes } from './meeting-routes.js';
import { methodsOf, openApiDocument } from './openapi.js';
import { Problem, parseOr400, problemHandler } from './problem.js';
import type { RateLimit } from './rate-limit.js';
import { readingRoutes } from './reading-routes.js';
import { recordEvents } from './record-events.js';
import { resourceRoutes } from './resource-routes.js';

const DEFAULT_RATE_LIMIT: RateLimit = { requests: 200, seconds: 1 };
const DEFAULT_FAILED_CALL_LIMIT: FailedCallLimit = { calls: 30, seconds: 60 };

const QUIET: MeetingNews = { tell: async () => undefined, told: () => undefined };

interface Deps {
  ledger: Ledger & Moves;
  /** Of the API keys' hashes. */
  pepper: string;
  log: Log;
  publicUrl: string;
  /** Told in which workspace entries were made. */
  onEntries?: (workspace: WorkspaceId) => void;
  /** What a meeting that a recorder brings sets off. */
  meetings?: MeetingNews;
  /** Of each key, in all processes together. */
  rateLimit?: RateLimit;
  /** Calls without a valid key, of each address, in each process. */
  failedCallLimit?: FailedCallLimit;
}

/** The HTTP API, to be mounted at /v1. */
export function usageRoutes(deps: Deps): Router {
  const { ledger, log, onEntries = () => undefined, rateLimit = DEFAULT_RATE_LIMIT } = deps;
  const { failedCallLimit = DEFAULT_FAILED_CALL_LIMIT } = deps;
  const door = createDoor({ pepper: deps.pepper, rateLimit, failedCallLimit });
  const document = openApiDocument(`${deps.publicUrl}/v1`, rateLimit);
  const routes = Router();

  routes.get('/openapi.json', (_request, response) => void response.json(document));
  eventRoutes(routes, door, { ledger, log, onEntries });
  holdRoutes(routes, door, ledger, onEntries);
  readingRoutes(routes, door, ledger);
  resourceRoutes(routes, door, ledger);
  meetingRoutes(routes, door, deps.meetings ?? QUIET);
  for (const [path, methods] of methodsOf(document)) routes.all(path, otherMethod(methods));
  routes.use(() => {
    throw new Problem(404, 'GET /v1/openapi.json lists what there is.');
  });
  routes.use(problemHandler(log));
  return routes;
}

function eventRoutes(
  routes: Router,
  door: Door,
  { ledger, log, onEntries }: Required<Pick<Deps, 'ledger' | 'log' | 'onEntries'>>,
): void {
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
      if (results.some(({ status }) => status === 'accepted')) onEntries(workspace.id);
      answer<typeof eventsAnswer>(response, { results, currency: workspace.currency, balanceMinor, availableMinor });
    }),
  );
}

function otherMethod(methods: readonly string[]): RequestHandler {
  const allow = methods.join(', ');
  return () => {
    throw new Problem(405, `Here it is ${allow}.`, { allow });
  };
}
