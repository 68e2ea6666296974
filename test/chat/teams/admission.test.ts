import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { generateKeyPair } from 'jose';
import { assertSafe } from '../../../src/chat/teams/settings.js';
import { useDatabase } from '../../support/database.js';
import { Bench, OLIVIA } from './harness.js';

useDatabase();

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.start();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await bench.stop();
});

const EVIL = 'http://127.0.0.1:9/';

describe('who may speak to the bot', () => {
  test('a genuine activity of our tenant is a turn', async () => {
    expect(await bench.teams.say(OLIVIA, 'balance')).toMatchObject({ status: 200, text: '' });
    expect(bench.invocations).toHaveLength(1);
    expect(bench.invocations[0]).toMatchObject({
      sender: { platform: 'teams', tenant: bench.teams.world.tenant, user: OLIVIA },
      ask: { typed: ['balance'] },
      place: { kind: 'direct' },
    });
  });

  const forged: Record<string, (bench: Bench) => Promise<string>> = {
    'no token': async () => '',
    'a garbage token': async () => 'abc.def.ghi',
    'a token signed by somebody else': async ({ teams }) =>
      teams.token({}, (await generateKeyPair('RS256')).privateKey),
    'a token for another bot': ({ teams }) => teams.token({ aud: 'another-bot' }),
    'a token of another issuer': ({ teams }) => teams.token({ iss: 'https://sts.windows.net/evil/' }),
    'a token for another serviceUrl': ({ teams }) => teams.token({ serviceurl: EVIL }),
    'a token of the emulator, which the SDK ties to no serviceUrl': ({ teams }) =>
      teams.token({
        iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
        ver: '1.0',
        appid: teams.appId,
        serviceurl: teams.serviceUrl,
      }),
    'a token tied to no serviceUrl': ({ teams }) => teams.token({ serviceurl: undefined }),
  };
  test.each(Object.entries(forged))('%s is 401', async (_name, token) => {
    // The SDK prints what it finds wrong with a signature.
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const activity = bench.teams.message(OLIVIA, 'balance', bench.teams.world.directOf(OLIVIA).id);
    const answered = await bench.teams.send(activity, await token(bench));
    expect(answered).toMatchObject({ status: 401, text: '' });
    expectNothingDone();
  });

  const wrong: Record<string, { change: object; status: number }> = {
    'an empty serviceUrl': { change: { serviceUrl: '' }, status: 400 },
    'a serviceUrl that is not Teams, though the token names it': { change: { serviceUrl: EVIL }, status: 403 },
    'a serviceUrl with credentials': { change: { serviceUrl: 'http://a:b@127.0.0.1/' }, status: 403 },
    'another channel': { change: { channelId: 'emulator' }, status: 403 },
    'another tenant': { change: { conversation: { id: 'a:1', tenantId: 'other' }, channelData: {} }, status: 403 },
    'two tenants': { change: { conversation: { id: 'a:1', tenantId: 'other' } }, status: 403 },
    'no tenant': { change: { conversation: { id: 'a:1' }, channelData: {} }, status: 403 },
    'no type': { change: { type: undefined }, status: 400 },
    'no sender': { change: { from: undefined }, status: 400 },
    'a bot as sender': { change: { from: { id: '28:another', aadObjectId: 'b' } }, status: 200 },
    'a sender without a directory id': { change: { from: { id: '29:x' } }, status: 200 },
  };
  test.each(Object.entries(wrong))('%s does nothing', async (_name, { change, status }) => {
    const activity = { ...bench.teams.message(OLIVIA, 'balance', bench.teams.world.directOf(OLIVIA).id), ...change };
    expect(await bench.teams.send(activity)).toMatchObject({ status, text: '' });
    expectNothingDone();
  });

  test('a body over 256 KB is 413', async () => {
    const activity = bench.teams.message(OLIVIA, 'x'.repeat(300_000), bench.teams.world.directOf(OLIVIA).id);
    expect((await bench.teams.send(activity)).status).toBe(413);
    expectNothingDone();
  });
});

function expectNothingDone(): void {
  expect(bench.invocations).toEqual([]);
  expect(bench.teams.world.requests).toEqual([]);
}

describe('settings that would let anybody in', () => {
  const app = { kind: 'app', appId: 'id', appPassword: 'secret', appType: 'SingleTenant', appTenantId: 't' } as const;

  test('a registered bot with its tenant is fine, and so is the Playground on loopback', () => {
    expect(() => assertSafe(app)).not.toThrow();
    expect(() => assertSafe({ kind: 'playground', host: '127.0.0.1' })).not.toThrow();
  });

  test.each([
    ['no app id', { ...app, appId: '' }, /^MICROSOFT_APP_ID:/],
    ['a mistyped app type', { ...app, appType: 'SingleTennant' }, /^MICROSOFT_APP_TYPE:/],
    ['no tenant', { ...app, appTenantId: '' }, /^MICROSOFT_APP_TENANT_ID:/],
    ['no password', { ...app, appPassword: '' }, /^MICROSOFT_APP_PASSWORD:/],
    ['the Playground on every interface', { kind: 'playground', host: '0.0.0.0' } as const, /^TEAMS_PLAYGROUND:/],
  ])('%s is refused at start, without the value', (_name, settings, message) => {
    expect(() => assertSafe(settings)).toThrow(message);
    expect(() => assertSafe(settings)).not.toThrow(/secret|SingleTennant/);
  });
});
