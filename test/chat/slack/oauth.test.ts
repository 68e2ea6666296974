import { word } from '../../fakes/slack/json.js';
import { expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { DeliveryFailure } from '../../../src/chat/port.js';
import { useDatabase } from '../../support/database.js';
import { type Bench, useBench } from './harness.js';

useDatabase();
const bench = useBench({}, (slack) => ({
  settings: {
    signingSecret: slack.signingSecret,
    install: { kind: 'oauth', clientId: '1.2', clientSecret: 'client-secret', stateSecret: 'state-secret' },
    apiUrl: slack.apiUrl,
  },
}));

const get = (path: string, cookie = ''): Promise<Response> =>
  fetch(`${bench.current.url}${path}`, { redirect: 'manual', headers: { cookie } });

/** As a browser goes: to the install page, over to Slack, and back with its cookie. */
async function startInstall(): Promise<{ state: string; cookie: string; asked: URL }> {
  const response = await get('/slack/install');
  const asked = new URL(response.headers.get('location') ?? '');
  const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return { state: asked.searchParams.get('state') ?? '', cookie, asked };
}

async function install(team: string): Promise<Response> {
  const { state, cookie } = await startInstall();
  return get(`/slack/oauth_redirect?code=code-${team}&state=${encodeURIComponent(state)}`, cookie);
}

async function canPost({ edge }: Bench, tenant: string): Promise<boolean> {
  const card = { name: 'said', parts: [{ part: 'text' as const, text: ['Hello.'] }] };
  try {
    await edge.poster.post({ kind: 'channel', platform: 'slack', tenant, channel: 'C0MARK' }, card, 'n_1');
    return true;
  } catch (error) {
    if (error instanceof DeliveryFailure) return false;
    throw error;
  }
}

const stored = () => mongoose.connection.db!.collection('slackInstallations');

test('the install page asks for the least scopes, and the installed team can be posted to', async () => {
  const { asked } = await startInstall();
  expect(asked.searchParams.get('scope')?.split(',')).toContain('commands');
  expect(await canPost(bench.current, 'T0ONE')).toBe(false);
  expect((await install('T0ONE')).status).toBe(200);
  expect(await canPost(bench.current, 'T0ONE')).toBe(true);
});

test('a database dump holds no token, and a token moved to another team does not open', async () => {
  await install('T0TWO');
  await install('T0THREE');
  const dump = JSON.stringify(await stored().find({}).toArray());
  for (const token of bench.current.slack.world.tokens) expect(dump).not.toContain(token);
  const [two, three] = [await stored().findOne({ tenant: 'T0TWO' }), await stored().findOne({ tenant: 'T0THREE' })];
  await stored().updateOne({ tenant: 'T0TWO' }, { $set: { sealed: three?.['sealed'] } });
  await expect(canPost(bench.current, 'T0TWO')).resolves.toBe(false);
  await stored().updateOne({ tenant: 'T0TWO' }, { $set: { sealed: two?.['sealed'] } });
});

test('a state works once, and only in the browser that asked', async () => {
  const { state, cookie } = await startInstall();
  const back = `/slack/oauth_redirect?code=code-T0SLY&state=${encodeURIComponent(state)}`;
  expect((await get(back)).status).not.toBe(200);
  expect(await canPost(bench.current, 'T0SLY')).toBe(false);
  const claims = await Promise.all(Array.from({ length: 10 }, () => get(back, cookie)));
  expect(claims.filter((claim) => claim.status === 200)).toHaveLength(1);
});

test('tokens are refreshed ahead of time, once, however many ask', async () => {
  await install('T0FOUR');
  const { edge, slack } = bench.current;
  const soon = new Date(Date.now() + 11 * 60 * 60 * 1_000);
  const before = slack.world.calls.length;
  await Promise.all([edge.refreshTokens(soon), edge.refreshTokens(soon), edge.refreshTokens(soon)]);
  const refreshes = slack.world.calls.slice(before).filter((call) => call.args['grant_type'] === 'refresh_token');
  expect(
    refreshes.filter((call) => word(call.args['refresh_token']).includes('T0FOUR')).map((call) => call.outcome),
  ).toEqual(['ok']);
  expect(await canPost(bench.current, 'T0FOUR')).toBe(true);
});

test('a team that removes the app is forgotten', async () => {
  await install('T02');
  expect(await canPost(bench.current, 'T02')).toBe(true);
  await bench.current.slack.event({ type: 'app_uninstalled' });
  await bench.current.edge.stop();
  expect(await canPost(bench.current, 'T02')).toBe(false);
});
