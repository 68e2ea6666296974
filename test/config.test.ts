import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { type Config, readConfig } from '../src/config.js';
import { ConfigFaults } from '../src/config-faults.js';
import { VARIABLES } from '../src/config-variables.js';

const KEY = Buffer.alloc(32, 7).toString('base64');

const STORED = {
  MONGODB_URI: 'mongodb://a:1,b:2,c:3/workspaces?replicaSet=rs0',
  ENCRYPTION_KEYS: `k2:${KEY},k1:${KEY}`,
  API_KEY_PEPPER: 'p'.repeat(32),
};
const SLACK = { SLACK_SIGNING_SECRET: 'signing', SLACK_BOT_TOKEN: 'xoxb-1' };
const TEAMS = {
  MICROSOFT_APP_ID: '11111111-2222-3333-4444-555555555555',
  MICROSOFT_APP_PASSWORD: 'teams-password',
  MICROSOFT_APP_TENANT_ID: '11111111-2222-3333-4444-666666666666',
};
const PRODUCTION = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://workspaces.example.com/',
  STRIPE_SECRET_KEY: 'sk_live_1',
  STRIPE_WEBHOOK_SECRET: 'whsec_1, whsec_2',
  SELLER_NAME: 'Workspaces Ltd',
  SELLER_ADDRESS: '1 High Street | London',
};

function faultsOf(env: NodeJS.ProcessEnv): string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigFaults) return error.faults.map(({ name }) => name).sort();
    throw error;
  }
  return [];
}

function connected(env: NodeJS.ProcessEnv): Extract<Config, { mode: 'connected' }> {
  const config = readConfig(env);
  if (config.mode !== 'connected') throw new Error('expected a connected configuration');
  return config;
}

test('an empty environment means local mode on loopback', () => {
  expect(readConfig({})).toMatchObject({ mode: 'local', host: '127.0.0.1', port: 3000 });
});

test('empty values count as left out, as .env.example has them', () => {
  expect(readConfig({ SLACK_BOT_TOKEN: '', MICROSOFT_APP_ID: ' ' })).toMatchObject({ mode: 'local' });
});

test.each(['0.0.0.0', '192.168.1.5', '::', 'example.com'])('local mode refuses to listen on %s', (HOST) => {
  expect(faultsOf({ HOST })).toEqual(['HOST']);
});

test.each(['10.0.0.5', '10.0.0.0/8, 192.168.1.1', 'fd00::/8'])('the balancer may be named as %s', (TRUST_PROXY) => {
  expect(readConfig({ TRUST_PROXY })).toMatchObject({ trustedProxies: TRUST_PROXY.split(', ') });
});

test.each(['true', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0.5,', 'balancer.example'])(
  'the balancer may not be %s',
  (TRUST_PROXY) => {
    expect(faultsOf({ TRUST_PROXY })).toEqual(['TRUST_PROXY']);
  },
);

test('one Slack team by token', () => {
  expect(connected({ ...STORED, ...SLACK })).toMatchObject({
    publicUrl: 'http://127.0.0.1:3000',
    slack: { signingSecret: 'signing', install: { kind: 'token', botToken: 'xoxb-1' } },
    encryptionKeys: [{ id: 'k2' }, { id: 'k1' }],
  });
});

test('many Slack teams by OAuth, and Teams beside it, in production', () => {
  const oauth = { SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'cs', SLACK_STATE_SECRET: 'ss' };
  const config = connected({ ...STORED, ...PRODUCTION, ...TEAMS, ...oauth, SLACK_SIGNING_SECRET: 'signing' });
  expect(config).toMatchObject({
    production: true,
    publicUrl: 'https://workspaces.example.com',
    slack: { install: { kind: 'oauth', clientId: '1.2' } },
    teams: { kind: 'app', appType: 'SingleTenant' },
    stripe: { secretKey: 'sk_live_1', webhookSecrets: ['whsec_1', 'whsec_2'] },
  });
});

test('receipts name the seller and its taxes; trying out needs neither', () => {
  const settings = {
    ...STORED,
    ...SLACK,
    ...PRODUCTION,
    SELLER_TAX_ID: 'GB1',
    SELLER_TAXES: 'GST 5, Québec tax 9.975 %',
  };
  expect(connected(settings).seller).toEqual({
    name: 'Workspaces Ltd',
    address: ['1 High Street', 'London'],
    taxId: 'GB1',
    taxes: [
      { name: 'GST', rateMilli: 5_000 },
      { name: 'Québec tax', rateMilli: 9_975 },
    ],
  });
  expect(readConfig({}).seller.taxes).toEqual([]);
});

test.each<[string, NodeJS.ProcessEnv, string[]]>([
  ['nothing connected in production', { ...STORED, ...PRODUCTION }, ['SLACK_SIGNING_SECRET']],
  ['no database once connected', { ...SLACK, ...STORED, MONGODB_URI: '' }, ['MONGODB_URI']],
  ['the sandbox in production', { ...STORED, ...SLACK, ...PRODUCTION, STRIPE_SECRET_KEY: '' }, ['STRIPE_SECRET_KEY']],
  ['receipts of nobody in production', { ...STORED, ...SLACK, ...PRODUCTION, SELLER_NAME: '' }, ['SELLER_NAME']],
  ['a tax without a rate', { SELLER_TAXES: 'VAT' }, ['SELLER_TAXES']],
  ['plain http in production', { ...STORED, ...SLACK, ...PRODUCTION, PUBLIC_URL: 'http://x.example' }, ['PUBLIC_URL']],
  ['a token without signing secret', { ...STORED, SLACK_BOT_TOKEN: 'xoxb-1' }, ['SLACK_SIGNING_SECRET']],
  ['a signing secret alone', { ...STORED, SLACK_SIGNING_SECRET: 'x' }, ['SLACK_BOT_TOKEN']],
  ['token and OAuth at once', { ...STORED, ...SLACK, SLACK_CLIENT_ID: '1' }, ['SLACK_BOT_TOKEN']],
  [
    'half of OAuth',
    { ...STORED, SLACK_SIGNING_SECRET: 'x', SLACK_CLIENT_ID: '1' },
    ['SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET'],
  ],
  ['Teams without app id', { ...STORED, ...TEAMS, MICROSOFT_APP_ID: '' }, ['MICROSOFT_APP_ID']],
  ['Teams without password', { ...STORED, ...TEAMS, MICROSOFT_APP_PASSWORD: '' }, ['MICROSOFT_APP_PASSWORD']],
  ['a mistyped Teams app type', { ...STORED, ...TEAMS, MICROSOFT_APP_TYPE: 'Singletenant' }, ['MICROSOFT_APP_TYPE']],
  ['the playground off loopback', { ...STORED, TEAMS_PLAYGROUND: '1', HOST: '0.0.0.0' }, ['HOST']],
  ['the playground in production', { ...STORED, ...PRODUCTION, TEAMS_PLAYGROUND: '1' }, ['TEAMS_PLAYGROUND']],
  ['the playground beside an app', { ...STORED, ...TEAMS, TEAMS_PLAYGROUND: '1' }, ['TEAMS_PLAYGROUND']],
  ['a playground that is neither on nor off', { ...STORED, TEAMS_PLAYGROUND: 'yes' }, ['TEAMS_PLAYGROUND']],
  ['a short key', { ...STORED, ...SLACK, ENCRYPTION_KEYS: 'k1:c2hvcnQ=' }, ['ENCRYPTION_KEYS']],
  ['a key id twice', { ...STORED, ...SLACK, ENCRYPTION_KEYS: `k1:${KEY},k1:${KEY}` }, ['ENCRYPTION_KEYS']],
  [
    'a webhook secret that is none',
    { ...STORED, ...SLACK, ...PRODUCTION, STRIPE_WEBHOOK_SECRET: 'whsec_1,x' },
    ['STRIPE_WEBHOOK_SECRET'],
  ],
  ['mail without sender', { ...STORED, ...SLACK, SMTP_URL: 'smtp://mail.example.com' }, ['MAIL_FROM']],
  ['a port that is none', { PORT: '70000' }, ['PORT']],
  ['a mistyped NODE_ENV', { NODE_ENV: 'prod' }, ['NODE_ENV']],
])('%s is refused by name', (_what, env, names) => {
  expect(faultsOf(env)).toEqual(names);
});

test('every fault is told at once, one line each, and no value is', () => {
  const env = { PORT: 'canary1', MONGODB_URI: 'canary2', SLACK_BOT_TOKEN: 'canary3', ENCRYPTION_KEYS: 'canary4' };
  expect(faultsOf(env)).toEqual(['API_KEY_PEPPER', 'ENCRYPTION_KEYS', 'MONGODB_URI', 'PORT', 'SLACK_BOT_TOKEN']);
  expect(() => readConfig(env)).toThrow(expect.not.objectContaining({ message: expect.stringContaining('canary') }));
  expect(() => readConfig(env)).toThrow(/^The settings have 5 faults:(\n[A-Z_]+: [^\n]+){5}$/);
});

test('.env.example lists exactly the variables that are read, each under a sentence', () => {
  const lines = readFileSync(new URL('../.env.example', import.meta.url), 'utf8').split('\n');
  const listed = lines.flatMap((line, i) =>
    /^[A-Z_]+=/.test(line) ? [{ name: line.split('=')[0]!, above: lines[i - 1]! }] : [],
  );
  expect(listed.map(({ name }) => name).sort()).toEqual(Object.keys(VARIABLES).sort());
  for (const { above } of listed) expect(above).toMatch(/^# \S.*/);
});
