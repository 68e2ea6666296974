import { appendFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import type { ConnectedConfig, LocalConfig } from '../config.js';
import type { Ledger } from '../ledger/entry.js';
import { banner, type ClientLine } from './banner.js';
import { startDatabase } from './database.js';
import { seedDemo } from './demo.js';
import { localSlackProgram, startLocalSlack } from './local-slack.js';
import { findMongod } from './mongod.js';
import { playgroundProgram, startPlayground } from './playground.js';
import { freePort } from './ports.js';
import { localSecrets } from './secrets.js';

const SLACK_PORT = 3_100;
const PLAYGROUND_PORT = 56_150;
const BOT_TOKEN = 'xoxb-local';

export interface LocalMode {
  /** What the product is to run with: everything on loopback, secrets of this folder's own. */
  settings: ConnectedConfig;
  /** The log goes into a file, to leave the terminal to the addresses. */
  writeLog: (line: string) => void;
  /** Seeds the demo account once, starts the chat clients and prints where to look. */
  open(ledger: Ledger): Promise<void>;
  stop(): Promise<void>;
}

/** Brings up what the product needs before it starts: folder, secrets, database, ports. */
export async function prepareLocalMode(
  config: LocalConfig,
  options: { folder: string; slackClient: boolean },
): Promise<LocalMode> {
  const folder = resolve(options.folder);
  await mkdir(folder, { recursive: true });
  const stops: (() => Promise<void>)[] = [];
  const mongodbUri = config.mongodbUri ?? (await embeddedDatabase(folder, stops));
  const [port, slackPort, playgroundPort] = [
    await freePort(config.port),
    await freePort(SLACK_PORT),
    await freePort(PLAYGROUND_PORT),
  ];
  const secrets = await localSecrets(folder);
  const settings: ConnectedConfig = {
    ...config,
    mode: 'connected',
    production: false,
    local: true,
    port,
    publicUrl: `http://127.0.0.1:${port}`,
    mongodbUri,
    slack: {
      signingSecret: secrets.signingSecret,
      install: { kind: 'token', botToken: BOT_TOKEN },
      apiUrl: `http://127.0.0.1:${slackPort}/api/`,
    },
    teams: { kind: 'playground' },
    encryptionKeys: [{ id: 'local', key: Buffer.from(secrets.encryptionKey, 'base64') }],
    apiKeyPepper: secrets.apiKeyPepper,
  };
  const logFile = join(folder, 'workspaces.log');

  return {
    settings,
    writeLog: (line) => appendFileSync(logFile, line),
    async open(ledger) {
      const keyFile = await seedDemo({ ledger, folder, pepper: secrets.apiKeyPepper, at: new Date() });
      const { publicUrl } = settings;
      const { signingSecret } = secrets;
      const clients = [
        await openSlack(options.slackClient, stops, {
          port: slackPort,
          folder,
          requestUrl: `${publicUrl}/slack/events`,
          signingSecret,
          botToken: BOT_TOKEN,
        }),
        await openTeams(stops, { port: playgroundPort, folder, endpoint: `${publicUrl}/api/messages` }),
      ];
      const files = { keyFile: relative('', keyFile), logFile: relative('', logFile) };
      console.log(banner({ publicUrl, clients, ...files, wantedPort: config.port, port }));
    },
    async stop() {
      for (const stop of stops.reverse()) await stop();
    },
  };
}

async function embeddedDatabase(folder: string, stops: (() => Promise<void>)[]): Promise<string> {
  const mongod = await findMongod({ env: process.env });
  console.log(`mongod ${mongod.version}: ${mongod.path} (${mongod.how})`);
  const database = await startDatabase({ mongod: mongod.path, folder, logFile: join(folder, 'mongod.log') });
  stops.push(() => database.stop());
  return database.uri;
}

async function openSlack(
  wanted: boolean,
  stops: (() => Promise<void>)[],
  options: Omit<Parameters<typeof startLocalSlack>[0], 'program'>,
): Promise<ClientLine> {
  const name = 'Slack (local-slack)';
  if (!wanted) return { name, missing: 'left out by --no-slack-client' };
  const program = localSlackProgram();
  if (!program) return { name, missing: `there is no local-slack for ${process.platform} ${process.arch}` };
  const child = await startLocalSlack({ ...options, program });
  stops.push(() => child.stop());
  const remark = 'local-slack listens on every interface of this machine; --no-slack-client leaves it out';
  return { name, address: `http://127.0.0.1:${options.port}`, remark };
}

async function openTeams(
  stops: (() => Promise<void>)[],
  options: Omit<Parameters<typeof startPlayground>[0], 'program'>,
): Promise<ClientLine> {
  const name = 'Teams (Agents Playground)';
  const program = playgroundProgram();
  if (!program) return { name, missing: 'the package @microsoft/m365agentsplayground is not installed' };
  const { child, port } = await startPlayground({ ...options, program });
  stops.push(() => child.stop());
  return { name, address: `http://127.0.0.1:${port}`, remark: 'you are Adam there' };
}
