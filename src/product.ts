import { join } from 'node:path';
import type { Express } from 'express';
import type { Db } from 'mongodb';
import mongoose from 'mongoose';
import { createPictures, type Pictures } from './charts/pictures.js';
import type { SlackEdge } from './chat/slack/edge.js';
import type { TeamsEdge } from './chat/teams/edge.js';
import { COMMANDS } from './commands/registry.js';
import type { Services } from './commands/services.js';
import type { ConnectedConfig } from './config.js';
import { type Edges, mountEdges, type SlackClient } from './edges.js';
import { createEncryption, type Encryption } from './encryption.js';
import { startClockwork, type Unasked } from './jobs/clockwork.js';
import { countFailedTurn, countWebhook } from './jobs/metrics.js';
import { migrate } from './jobs/migrations/migrate.js';
import { MIGRATIONS } from './jobs/migrations/migrations.js';
import type { Ledger } from './ledger/entry.js';
import { createLedger } from './ledger/ledger.js';
import { ensureLedgerIndexes } from './ledger/line.js';
import type { Moves } from './ledger/moves.js';
import type { Log } from './log.js';
import { createMailFolder, type MailFolder } from './mail/mail-folder.js';
import { createMailer } from './mail/mailer.js';
import { connectMongo, disconnectMongo, majorityAnswers, syncIndexes } from './mongo.js';
import { type Background, createBackground } from './notices/background.js';
import { tellRecorded } from './notices/resources/meeting-notices.js';
import { tellPayments } from './notices/payments/payment-notices.js';
import { tellReceipt } from './notices/payments/receipt-notices.js';
import { tellWebhookOff } from './notices/dev/webhook-notices.js';
import { downloadPages } from './pages/download-pages.js';
import { invitePages } from './pages/invite-pages.js';
import { mailPages } from './pages/mail-pages.js';
import { notFoundPage } from './pages/not-found.js';
import { paymentPages } from './pages/payment-pages.js';
import { picturePages } from './pages/picture-pages.js';
import { sandboxPages } from './pages/sandbox/sandbox-pages.js';
import { secretPages } from './pages/secret-pages.js';
import { createPayments, type Payments } from './payments/payments.js';
import { type IssueDeps, issueReceipts } from './payments/receipts/issue.js';
import { startSandboxProvider } from './payments/sandbox/sandbox-provider.js';
import type { Sandbox } from './payments/sandbox/sandbox.js';
import { createStripeProvider } from './payments/stripe.js';
import { createHttpServer } from './server.js';
import { inOrder } from './shutdown.js';
import { createDownload } from './usage/downloads.js';
import { usageRoutes } from './usage/routes.js';
import { createOneTimeSecrets, type OneTimeSecrets } from './usage/secrets.js';
import { createWebhooks, type Webhooks } from './webhooks/webhooks.js';

/** Where everything that is not for production keeps its data: the embedded database, the sandbox, mails. */
export const DATA_FOLDER = '.data';
/** What a request in hand may still take once the process is told to stop. */
const REQUEST_GRACE_MS = 4_000;
const TOKEN_REFRESH_SECONDS = 600;

/** The running product. */
export interface Product {
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
  pictures: Pictures;
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
export async function startProduct(settings: ConnectedConfig, log: Log, client: SlackClient): Promise<Product> {
  await connectMongo(settings.mongodbUri);
  const db = mongoose.connection.db!;
  await syncIndexes();
  await ensureLedgerIndexes(db);
  await migrate(MIGRATIONS, { log });

  let nudge: Shared['nudge'] = () => undefined;
  const { shared, settled } = await createShared(db, settings, log, (spentIn) => nudge(spentIn));
  const { encryption, ledger, chats, sandbox } = shared;
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
      edges = mountEdges(app, { settings, encryption, log, services, client });
      if (edges.slack) chats.slack = edges.slack.poster;
      if (edges.teams) chats.teams = edges.teams.poster;
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

/** The parts that know of no chat platform; `settled` tells of payments in the background. */
async function createShared(
  db: Db,
  settings: ConnectedConfig,
  log: Log,
  nudge: Shared['nudge'],
): Promise<{ shared: Shared; settled: Background }> {
  const { publicUrl } = settings;
  const ledger = createLedger(db, undefined, (error) => {
    countFailedTurn();
    log.warn({ err: error }, 'a turn to write the ledger could not be taken or given');
  });
  const encryption = createEncryption(settings.encryptionKeys);
  const { provider, sandbox } = settings.stripe
    ? { provider: createStripeProvider(settings.stripe) }
    : await startSandboxProvider({ publicUrl, file: join(DATA_FOLDER, 'sandbox.json') });
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
    pictures: createPictures(encryption, publicUrl),
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
    nudge,
  };
  return { shared, settled };
}

function servicesOf({ settings, ledger, payments, webhooks, secrets, pictures, chats, nudge }: Shared): Services {
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
    pictureOf: pictures.addressOf,
    createDownload: async (of) => `${publicUrl}/download/${await createDownload(of)}`,
    apiKeyPepper,
    publicUrl,
    supportContact,
    nudge,
  };
}

function mountRoutes(
  app: Express,
  { settings, ledger, payments, secrets, pictures, mails, sandbox, log, nudge }: Shared,
): void {
  const { publicUrl, apiKeyPepper: pepper } = settings;
  app.use(payments.routes);
  const meetings = { tell: tellRecorded, told: () => nudge() };
  app.use('/v1', usageRoutes({ ledger, pepper, log, publicUrl, onEntries: nudge, meetings }));
  app.use(invitePages(), secretPages(secrets), paymentPages({ payments, log }), downloadPages({ ledger, log }));
  app.use(picturePages(pictures));
  if (mails) app.use(mailPages(mails));
  if (sandbox) app.use(sandboxPages(sandbox));
  app.use(notFoundPage);
}

/** What comes due is looked after from here on. */
async function startUnasked(
  db: Db,
  { settings, ledger, payments, webhooks, issuing, pictures, mails, log }: Shared,
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
    pictureOf: pictures.addressOf,
    log,
    posters: Object.values(edges).map(({ poster }) => poster),
    desk: { services, commands: COMMANDS },
    ...(carrier && { mailer: carrier }),
    alsoSweeps: slack ? [{ name: 'slack-tokens', everySeconds: TOKEN_REFRESH_SECONDS, run: refreshTokens }] : [],
  });
  return { ...unasked, stop: () => inOrder(unasked.stop, async () => mailer?.close()) };
}
