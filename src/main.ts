import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Express } from 'express';
import type { Db } from 'mongodb';
import mongoose from 'mongoose';
import type { OnAccountChange } from './chat/account-change.js';
import type { OnChannelChange } from './chat/channel-change.js';
import { createSlackEdge, type SlackEdge } from './chat/slack/edge.js';
import { createTeamsEdge, type TeamsEdge } from './chat/teams/edge.js';
import { createDispatch } from './commands/dispatch.js';
import { COMMANDS } from './commands/registry.js';
import type { Services } from './commands/services.js';
import { type ConnectedConfig, readConfig, secretsOf } from './config.js';
import { createEncryption, type Encryption } from './encryption.js';
import { startClockwork, type Unasked } from './jobs/clockwork.js';
import { countFailedTurn, countWebhook } from './jobs/metrics.js';
import type { Ledger } from './ledger/entry.js';
import { createLedger } from './ledger/ledger.js';
import { ensureLedgerIndexes } from './ledger/line.js';
import type { Moves } from './ledger/moves.js';
import { createLog, type Log } from './log.js';
import { createMailFolder, type MailFolder } from './mail/mail-folder.js';
import { createMailer } from './mail/mailer.js';
import { connectMongo, disconnectMongo, majorityAnswers, syncIndexes } from './mongo.js';
import { followAccountChange } from './notices/account-changes.js';
import { createBackground } from './notices/background.js';
import { followChannelChange } from './notices/channel-changes.js';
import { tellRecorded } from './notices/meeting-notices.js';
import { tellPayments } from './notices/payment-notices.js';
import { tellReceipt } from './notices/receipt-notices.js';
import { tellWebhookOff } from './notices/webhook-notices.js';
import { downloadPages } from './pages/download-pages.js';
import { invitePages } from './pages/invite-pages.js';
import { mailPages } from './pages/mail-pages.js';
import { notFoundPage } from './pages/not-found.js';
import { paymentPages } from './pages/payment-pages.js';
import { sandboxPages } from './pages/sandbox/sandbox-pages.js';
import { secretPages } from './pages/secret-pages.js';
import { createPayments, type Payments } from './payments/payments.js';
import { type IssueDeps, issueReceipts } from './payments/receipts/issue.js';
import { startSandboxProvider } from './payments/sandbox/sandbox-provider.js';
import type { Sandbox } from './payments/sandbox/sandbox.js';
import { createStripeProvider } from './payments/stripe.js';
import { createHttpServer } from './server.js';
import { runUntilSignal } from './shutdown.js';
import { createDownload } from './usage/downloads.js';
import { usageRoutes } from './usage/routes.js';
import { createOneTimeSecrets, type OneTimeSecrets } from './usage/secrets.js';
import { createWebhooks, type Webhooks } from './webhooks/webhooks.js';

/** Where everything that is not for production keeps its data: the embedded database, the sandbox, mails. */
const DATA_FOLDER = '.data';
/** What a request in hand may still take once the process is told to stop. */
const REQUEST_GRACE_MS = 4_000;
const TOKEN_REFRESH_SECONDS = 600;

interface Product {
  ledger: Ledger;
  stop(): Promise<void>;
}

/** What the parts below share. */
interface Shared {
  settings: ConnectedConfig;
  log: Log;
  ledger: Ledger & Moves;
  encryption: Encryption;
  secrets: OneTimeSecrets;
  payments: Payments;
  webhooks: Webhooks;
  issuing: IssueDeps;
  /** Mails are kept here where no mail server is set, outside production. */
  mails: MailFolder | undefined;
  sandbox: Sandbox | undefined;
  /** Filled in when the edges are there, which themselves need what asks these. */
  chats: { slack?: SlackEdge['poster']; teams?: TeamsEdge['poster'] };
  /** Says that something was written which others may have to be told of. */
  nudge: Unasked['nudge'];
}

/** Puts the product together, takes requests, and says how to stop it. */
async function startProduct(settings: ConnectedConfig, log: Log, client: 'slack' | 'local-slack'): Promise<Product> {
  await connectMongo(settings.mongodbUri);
  const db = mongoose.connection.db!;
  await syncIndexes();
  await ensureLedgerIndexes(db);

  const { publicUrl } = settings;
  const ledger = createLedger(db, undefined, (error) => {
    countFailedTurn();
    log.warn({ err: error }, 'a turn to write the ledger could not be taken or given');
  });
  const encryption = createEncryption(settings.encryptionKeys);
  const { provider, sandbox } = settings.stripe
    ? { provider: createStripeProvider(settings.stripe) }
    : await startSandboxProvider({ publicUrl, file: join(DATA_FOLDER, 'sandbox.json') });
  let nudge: Shared['nudge'] = () => undefined;
  const issuing: IssueDeps = { seller: settings.seller, ledger, log, onIssued: tellReceipt };
  const settled = createBackground(
    async () => {
      const told = await tellPayments(log);
      if (told + (await issueReceipts(issuing, new Date())) > 0) nudge();
    },
    log,
    'telling of payments',
  );
  const shared: Shared = {
    settings,
    log,
    ledger,
    encryption,
    secrets: createOneTimeSecrets(encryption),
    payments: createPayments({ provider, ledger, publicUrl, log, onSettled: () => settled.nudge() }),
    webhooks: createWebhooks({
      allowPrivate: settings.local === true,
      sealing: encryption,
      log,
      onOutcome: countWebhook,
      onTurnedOff: tellWebhookOff,
    }),
    issuing,
    mails: settings.mail || settings.production ? undefined : createMailFolder(join(DATA_FOLDER, 'mails')),
    sandbox,
    chats: {},
    nudge: (spentIn) => nudge(spentIn),
  };
  const services = servicesOf(shared);
  let edges: Edges | undefined;
  const server = createHttpServer({
    host: settings.host,
    port: settings.port,
    log,
    ready: { database: majorityAnswers },
    ...(settings.metricsToken && { metricsToken: settings.metricsToken }),
    ...(settings.trustedProxies && { trustedProxies: settings.trustedProxies }),
    routes: (app) => {
      edges = mountEdges(app, shared, services, client);
      mountRoutes(app, shared);
    },
  });
  const unasked = await startUnasked(db, shared, services, edges!);
  nudge = unasked.nudge;
  const port = await server.listen();
  log.info({ host: settings.host, port }, 'listening');

  return {
    ledger,
    async stop() {
      await server.stop(REQUEST_GRACE_MS);
      await Promise.all([edges?.slack?.stop(), edges?.teams?.stop(), settled.stop()]);
      await unasked.stop();
      await sandbox?.close();
      await disconnectMongo();
    },
  };
}

function servicesOf({ settings, ledger, payments, webhooks, secrets, chats, nudge }: Shared): Services {
  const { publicUrl, supportContact, apiKeyPepper } = settings;
  return {
    ledger,
    payments,
    webhooks,
    chats,
    keepSecret: async ({ secret, ...whose }) => {
      const { id } = await secrets.createSecret({ ...whose, plain: secret });
      return `${publicUrl}/secret/${id}`;
    },
    createDownload: async (of) => `${publicUrl}/download/${await createDownload(of)}`,
    apiKeyPepper,
    publicUrl,
    supportContact,
    nudge,
  };
}

interface Edges {
  slack?: SlackEdge;
  teams?: TeamsEdge;
}

function mountEdges(app: Express, shared: Shared, services: Services, client: 'slack' | 'local-slack'): Edges {
  const { settings, encryption, log, chats } = shared;
  const dispatch = createDispatch(services);
  const edges: Edges = {};
  if (settings.slack) {
    const { publicUrl, slack } = settings;
    const followed = { onAccountChange: accountChanges(shared), onChannelChange: channelChanges(shared) };
    edges.slack = createSlackEdge({ app, settings: slack, publicUrl, encryption, dispatch, log, client, ...followed });
    chats.slack = edges.slack.poster;
  }
  if (settings.teams) {
    const teams = settings.teams.kind === 'app' ? settings.teams : { ...settings.teams, host: settings.host };
    edges.teams = createTeamsEdge({ app, settings: teams, dispatch, log, onChannelChange: channelChanges(shared) });
    chats.teams = edges.teams.poster;
  }
  return edges;
}

/** People are told where somebody's chat account went that others depend on. */
function accountChanges({ settings, nudge }: Shared): OnAccountChange {
  return async (change) => {
    if (await followAccountChange({ ...change, support: settings.supportContact })) nudge();
  };
}

/** People are told where notices can no longer reach a channel. */
function channelChanges({ nudge }: Shared): OnChannelChange {
  return async (change) => {
    if (await followChannelChange(change)) nudge();
  };
}

function mountRoutes(app: Express, { settings, ledger, payments, secrets, mails, sandbox, log, nudge }: Shared): void {
  const { publicUrl, apiKeyPepper: pepper } = settings;
  app.use(payments.routes);
  const meetings = { tell: tellRecorded, told: () => nudge() };
  app.use('/v1', usageRoutes({ ledger, pepper, log, publicUrl, onEntries: nudge, meetings }));
  app.use(invitePages(), secretPages(secrets), paymentPages({ payments, log }), downloadPages({ ledger, log }));
  if (mails) app.use(mailPages(mails));
  if (sandbox) app.use(sandboxPages(sandbox));
  app.use(notFoundPage);
}

/** What comes due is looked after from here on. */
async function startUnasked(
  db: Db,
  { settings, ledger, payments, webhooks, issuing, mails, log }: Shared,
  services: Services,
  edges: Edges,
): Promise<Unasked> {
  const mailer = settings.mail ? createMailer(settings.mail) : undefined;
  const { slack } = edges;
  const refreshTokens = async ({ at }: { at: Date }): Promise<void> => void (await slack?.refreshTokens(at));
  const carrier = mailer ?? mails;
  const unasked = await startClockwork({
    db,
    ledger,
    payments,
    webhooks: webhooks.dispatcher,
    issuing,
    log,
    posters: Object.values(edges).map(({ poster }) => poster),
    desk: { services, commands: COMMANDS },
    ...(carrier && { mailer: carrier }),
    alsoSweeps: slack ? [{ name: 'slack-tokens', everySeconds: TOKEN_REFRESH_SECONDS, run: refreshTokens }] : [],
  });
  return { ...unasked, stop: () => inOrder(unasked.stop, async () => mailer?.close()) };
}

/** Local mode first brings up what the product needs, and afterwards what people look at. */
async function start(): Promise<{ log: Log; stop(): Promise<void> }> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = readConfig(process.env);
  if (config.mode === 'connected') {
    const log = createLog({ level: config.logLevel, secrets: secretsOf(config) });
    return { log, stop: (await startProduct(config, log, 'slack')).stop };
  }
  const { prepareLocalMode } = await import('./local/local-mode.js');
  const local = await prepareLocalMode(config, {
    folder: DATA_FOLDER,
    slackClient: !process.argv.includes('--no-slack-client'),
  });
  const log = createLog({ level: config.logLevel, secrets: secretsOf(local.settings), write: local.writeLog });
  try {
    const product = await startProduct(local.settings, log, 'local-slack');
    await local.open(product.ledger);
    return { log, stop: () => inOrder(product.stop, local.stop) };
  } catch (error) {
    await local.stop();
    throw error;
  }
}

/** The second also where the first failed: nothing that was started stays behind. */
async function inOrder(first: () => Promise<void>, second: () => Promise<void>): Promise<void> {
  try {
    await first();
  } finally {
    await second();
  }
}

await runUntilSignal(start);
