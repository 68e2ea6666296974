import type { Activity, TurnContext } from 'botbuilder';
import { AuthenticationError } from 'botframework-connector';
import express, { type Express, type Request, type Response } from 'express';
import type { Logger } from 'pino';
import type { OnChannelChange } from '../channel-change.js';
import type { Dispatch } from '../invocation.js';
import { newReference } from '../../id.js';
import { BotAdapter } from './adapter.js';
import { admit } from './admit.js';
import { createPosting } from './posting.js';
import { createRoster } from './roster.js';
import { type Admitted, createRoutes } from './routes.js';
import { mayFetchFile } from './service-url.js';
import { assertSafe, type TeamsSettings } from './settings.js';
import { createTeamsPort, type TeamsPort } from './teams-port.js';
import type { Turns } from './turn.js';

export interface TeamsEdge {
  poster: TeamsPort;
  /** Resolves when the turns in hand are done; requests must have stopped coming before. */
  stop(): Promise<void>;
}

const BODY_LIMIT = '256kb';

/**
 * Puts Teams on `POST /api/messages` of the app. Throws where the settings would let anybody in.
 * The answers are 200, 400 (no activity), 401 (no genuine token), 403 (not for us) and 500, never with a reason in the body.
 */
export function createTeamsEdge(options: {
  app: Express;
  settings: TeamsSettings;
  dispatch: Dispatch;
  /** Told of channels that were renamed or deleted, or that the bot was taken out of. */
  onChannelChange?: OnChannelChange;
  log: Logger;
}): TeamsEdge {
  const { app, settings, dispatch, log, onChannelChange = async () => undefined } = options;
  assertSafe(settings);
  const adapter = new BotAdapter(settings);
  const roster = createRoster(adapter);
  const client = settings.kind === 'playground' ? 'playground' : 'teams';
  const answering = { posting: createPosting(adapter, roster, client), roster, client, log } as const;
  const port = createTeamsPort(answering, roster, (address) => mayFetchFile(address, settings));
  const turns: Turns = { port, roster, dispatch, onChannelChange, log, inHand: new Set() };
  const admitted = new WeakMap<object, Admitted>();
  const routes = createRoutes(adapter, turns, ({ activity }) => admitted.get(activity)!);
  const receiveActivity = async (request: Request, response: Response): Promise<void> => {
    const admission = admit(request.body, settings);
    if (!admission.admitted) {
      log.warn({ because: admission.because }, 'a Teams request was refused');
      response.status(admission.status).end();
      return;
    }
    const body = request.body as Activity;
    admitted.set(body, admission);
    try {
      const turn = async (context: TurnContext): Promise<void> => void (await routes.run(context));
      const answer = await adapter.receive(request.headers.authorization ?? '', body, turn);
      response.status(answer?.status ?? 200);
      if (answer?.body === undefined) response.end();
      else response.json(answer.body);
    } catch (error) {
      const status = isForged(error) ? 401 : 500;
      log[status === 401 ? 'warn' : 'error']({ err: error, reference: newReference() }, 'a Teams request failed');
      response.status(status).end();
    }
  };
  app.post('/api/messages', express.json({ limit: BODY_LIMIT }), receiveActivity);

  return {
    poster: port,
    async stop() {
      await Promise.all(turns.inHand);
    },
  };
}

/** The SDK lets the token library's own errors through beside its AuthenticationError. */
function isForged(error: unknown): boolean {
  if (error instanceof AuthenticationError) return error.statusCode === 401;
  return error instanceof Error && ['JsonWebTokenError', 'TokenExpiredError', 'NotBeforeError'].includes(error.name);
}
