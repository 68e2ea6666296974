import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { deliver, form } from './fakes/slack/deliver.js';
import { useReceiver } from './webhooks/receiver.js';

const ROOT = join(import.meta.dirname, '..');
const TSX = pathToFileURL(join(ROOT, 'node_modules/tsx/dist/loader.mjs')).href;
/** Away from what a developer may have running. */
const PORT = '3950';

const outside = useReceiver();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'main-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Started {
  child: ChildProcess;
  output: () => string;
  /** Resolves with the exit code. */
  exited: Promise<number | null>;
}

/** The real process, in a folder of its own, with nothing of this shell's settings but what finds a mongod. */
function start(env: NodeJS.ProcessEnv): Started {
  const { PATH, HOME, XDG_CACHE_HOME, MONGOMS_SYSTEM_BINARY } = process.env;
  const child = spawn(process.execPath, ['--import', TSX, join(ROOT, 'src/main.ts')], {
    cwd: folder,
    env: { PATH, HOME, XDG_CACHE_HOME, MONGOMS_SYSTEM_BINARY, ...env },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  return { child, output: () => output, exited };
}

function until(started: Started, said: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (started.output().includes(said)) resolve();
    };
    started.child.stdout!.on('data', look);
    void started.exited.then((code) => reject(new Error(`exited with ${code}: ${started.output()}`)));
  });
}

async function addresses(started: Started): Promise<{ product: string; slack: string; teams: string }> {
  await until(started, 'Three things to type');
  const at = (label: string): string =>
    new RegExp(`${label}\\W+(http://127\\.0\\.0\\.1:\\d+)`).exec(started.output())![1]!;
  return { product: at('Mails'), slack: at('local-slack\\)'), teams: at('Playground\\)') };
}

async function balance(product: string): Promise<unknown> {
  const key = (await readFile(join(folder, '.data/demo-key'), 'utf8')).trim();
  const response = await fetch(`${product}/v1/balance`, { headers: { authorization: `Bearer ${key}` } });
  return response.json();
}

/** Olivia names a webhook on this machine in Slack, and the engine spends: what the webhook then hears. */
async function heardOutside(product: string): Promise<unknown> {
  const { signingSecret } = JSON.parse(await readFile(join(folder, '.data/secrets.json'), 'utf8'));
  const fields = {
    ...{ command: '/workspace', text: `dev webhook ${outside.url}/events`, response_url: `${outside.url}/answers` },
    ...{ team_id: 'T02', channel_id: 'C0MARKETING', channel_name: 'marketing', user_id: 'U0OLIVIA' },
    ...{ user_name: 'olivia', api_app_id: 'A0APP', is_enterprise_install: 'false', trigger_id: '1.1' },
  };
  const type = 'application/x-www-form-urlencoded';
  await deliver({ url: `${product}/slack/events`, secret: signingSecret, body: form(fields), type });
  await outside.at('/answers');
  const key = (await readFile(join(folder, '.data/demo-key'), 'utf8')).trim();
  const spent = await fetch(`${product}/v1/usage/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ events: [{ id: 'e1', item: 'sms', quantity: 2_600 }] }),
  });
  expect(spent.status).toBe(200);
  return JSON.parse((await outside.at('/events')).body);
}

test('local mode starts with the demo, tells a webhook on this machine, stops in order, and finds its data again', async () => {
  const first = start({ PORT });
  const { product, slack, teams } = await addresses(first);
  expect(await balance(product)).toMatchObject({ balanceMinor: 120_00, currency: 'GBP' });
  expect((await fetch(`${product}/readyz`)).status).toBe(200);
  expect((await fetch(slack)).status).toBe(200);
  expect(await (await fetch(`${teams}/_debug/ping`)).text()).toBe('pong');
  expect(await heardOutside(product)).toMatchObject({ type: 'balance.low', data: { balanceMinor: 16_00 } });

  first.child.kill('SIGTERM');
  expect(await first.exited).toBe(0);
  await expect(fetch(slack)).rejects.toThrow('fetch failed');
  await expect(fetch(teams)).rejects.toThrow('fetch failed');

  const second = start({ PORT });
  expect(await balance((await addresses(second)).product)).toMatchObject({ balanceMinor: 16_00 });
  second.child.kill('SIGINT');
  expect(await second.exited).toBe(0);
}, 120_000);

test('production without settings names every fault and does not start', async () => {
  const refused = start({ NODE_ENV: 'production' });
  expect(await refused.exited).toBe(1);
  for (const name of [
    'MONGODB_URI',
    'ENCRYPTION_KEYS',
    'API_KEY_PEPPER',
    'PUBLIC_URL',
    'STRIPE_SECRET_KEY',
    'SLACK_SIGNING_SECRET',
    'SELLER_NAME',
    'SELLER_ADDRESS',
  ]) {
    expect(refused.output()).toContain(`${name}: is missing`);
  }
}, 60_000);

test('a bind to every interface in local mode is refused', async () => {
  const refused = start({ HOST: '0.0.0.0' });
  expect(await refused.exited).toBe(1);
  expect(refused.output()).toContain('HOST: local mode');
}, 60_000);
