import { App, ExpressReceiver } from '@slack/bolt';
import type { Application } from 'express';
import type { SlackSettings } from '../../config.js';
import type { Encryption } from '../../encryption.js';
import type { OnAccountChange } from '../account-change.js';
import type { OnChannelChange } from '../channel-change.js';
import type { Dispatch } from '../invocation.js';
import { boltLog, type Log } from './bolt-log.js';
import { clientOptions, createClients } from './clients.js';
import type { Client } from './draw/text.js';
import type { Installations } from './installations.js';
import { listen } from './listen.js';
import { serveOauth } from './oauth.js';
import { localPeople } from './people.js';
import { createSlackPort, type SlackPort } from './slack-port.js';
import type { Wires } from './surfaces.js';
import { oneTeam, type Tokens } from './tokens.js';
import { refuseFuture } from './window.js';

export interface SlackEdgeOptions {
  /** The server's Express app; no body parser may stand before Slack's route. */
  app: Application;
  settings: SlackSettings;
  publicUrl: string;
  /** For the tokens of an OAuth installation. */
  encryption: Encryption;
  dispatch: Dispatch;
  /** Told of channels that were renamed or archived, or that the bot was taken out of. */
  onChannelChange?: OnChannelChange;
  /** Told of people whose chat account was deactivated, or works again. */
  onAccountChange?: OnAccountChange;
  log: Log;
  /** `local-slack` draws neither date tokens nor people pickers. */
  client?: Client;
}

export interface SlackEdge {
  poster: SlackPort;
  /** For the clock: refreshes the tokens that run out within two hours; returns how many. */
  refreshTokens(at: Date): Promise<number>;
  /** Resolves once everything that was taken in hand is finished. */
  stop(): Promise<void>;
}

const PATH = '/slack/events';
const BODY_LIMIT = 256 * 1_024;
/** Before Slack's own 3 s: what nobody answers is acknowledged empty-handed rather than shown as an error. */
const UNHANDLED_AFTER_MS = 2_500;

/** Slack's side of the product: receives on `POST /slack/events`, and posts. */
export function createSlackEdge(options: SlackEdgeOptions): SlackEdge {
  const { app, settings, log, dispatch, client = 'slack' } = options;
  app.post(PATH, refuseFuture);
  const receiver = new ExpressReceiver({
    app,
    signingSecret: settings.signingSecret,
    endpoints: PATH,
    logger: boltLog(log),
    bodyLimit: BODY_LIMIT,
    unhandledRequestTimeoutMillis: UNHANDLED_AFTER_MS,
    unhandledRequestHandler: ({ response }) => {
      log.warn('Slack sent something that no listener takes');
      response.writeHead(200).end();
    },
    customPropertiesExtractor: (request) => ({ signature: request.headers['x-slack-signature'] }),
  });
  const bolt = new App({
    receiver,
    logger: boltLog(log),
    clientOptions: clientOptions(settings.apiUrl, log),
    /** Bolt waits for it before any acknowledgement: it reads nothing, and tokens are looked up when they are used. */
    authorize: async () => ({}),
    convoStore: false,
    ignoreSelf: false,
  });

  const { tokens, installations } = installationsOf(options);
  const clients = createClients(settings.apiUrl, log);
  const people = client === 'local-slack' ? localPeople(clients, tokens) : async () => [];
  const wires: Wires = { clients, tokens, client, people };
  const port = createSlackPort(wires);
  const running = listen(bolt, { wires, port, dispatch, log }, installations, options);

  return {
    poster: port,
    refreshTokens: async (at) => (installations ? installations.refreshDue(at) : 0),
    async stop() {
      await Promise.allSettled(running);
    },
  };
}

function installationsOf(options: SlackEdgeOptions): { tokens: Tokens; installations?: Installations } {
  const { app, settings, publicUrl, encryption, log } = options;
  if (settings.install.kind === 'token') return { tokens: oneTeam(settings.install.botToken) };
  const { clientId, clientSecret, stateSecret } = settings.install;
  const api = settings.apiUrl ? { apiUrl: settings.apiUrl } : {};
  const installations = serveOauth(app, { clientId, clientSecret, stateSecret, publicUrl, ...api }, encryption, log);
  return { tokens: { botToken: (tenant) => installations.botToken(tenant, new Date()) }, installations };
}
