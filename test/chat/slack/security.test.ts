import { expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { deliver, form } from '../../fakes/slack/deliver.js';
import { words } from '../../fakes/slack/words.js';
import { useDatabase } from '../../support/database.js';
import { Bench, say, useBench } from './harness.js';

useDatabase();
const bench = useBench();

function signedCommand(text: string): Parameters<typeof deliver>[0] {
  const { slack, url } = bench.current;
  const body = form(slack.commandFields('U0OLIVIA', text, 'C0MARK'));
  return { url: `${url}/slack/events`, secret: slack.signingSecret, body, type: 'application/x-www-form-urlencoded' };
}

const now = (): number => Math.floor(Date.now() / 1_000);

test('a forged request is refused, and does nothing', async () => {
  const forged = await deliver({ ...signedCommand('balance'), secret: 'guessed' });
  expect(forged.status).toBe(401);
  expect(bench.current.invocations).toEqual([]);
});

test.each([
  ['older than five minutes', -301],
  ['from a future beyond five minutes', 310],
])('a request %s is refused, and does nothing', async (_, seconds) => {
  const refused = await deliver({ ...signedCommand('balance'), signedAt: now() + seconds });
  expect(refused.status).toBe(401);
  expect(bench.current.invocations).toEqual([]);
});

test('a request that another clock signed a little ahead is taken', async () => {
  expect((await deliver({ ...signedCommand('balance'), signedAt: now() + 60 })).status).toBe(200);
});

test('one request sent a hundred times to two replicas has one effect', async () => {
  const other = await Bench.start();
  try {
    const request = { ...signedCommand('topup 100'), signedAt: now() };
    const twin = { ...request, url: `${other.url}/slack/events` };
    const acks = await Promise.all(Array.from({ length: 100 }, (_, i) => deliver(i % 2 ? request : twin)));
    expect(new Set(acks.map((ack) => ack.status))).toEqual(new Set([200]));
    await bench.current.slack.privateTo('U0OLIVIA');
    expect(bench.current.invocations.length + other.invocations.length).toBe(1);
  } finally {
    await other.stop();
  }
});

test("Slack's repeats of an event have one effect", async () => {
  const { slack, invocations } = bench.current;
  const event = { type: 'app_mention', user: 'U0OLIVIA', channel: 'C0MARK', text: '<@U0BOT> balance', ts: '1.1' };
  const id = slack.world.id('Ev');
  await slack.event(event, { event: id });
  for (const retry of [1, 2, 3]) expect((await slack.event(event, { event: id, retry })).status).toBe(200);
  await slack.privateTo('U0OLIVIA');
  expect(invocations).toHaveLength(1);
  expect(invocations[0]?.delivery).toBe(id);
});

test('while the database hangs, the acknowledgement comes all the same, and then the word that nothing was done', async () => {
  const { slack, invocations } = bench.current;
  const admin = mongoose.connection.db!.admin();
  const namespace = `${mongoose.connection.name}.inbox`;
  const data = { failCommands: ['insert'], blockConnection: true, blockTimeMS: 2_800, namespace };
  await admin.command({ configureFailPoint: 'failCommand', mode: 'alwaysOn', data });
  try {
    const ack = await slack.command('U0OLIVIA', 'topup 100', { channel: 'C0MARK' });
    expect(ack).toMatchObject({ status: 200, body: undefined });
    expect(words(await slack.privateTo('U0OLIVIA'))).toContain('nothing was done');
    await slack.mention('U0OLIVIA', 'C0MARK', 'topup 100');
    expect(words(await slack.privateTo('U0OLIVIA'))).toContain('nothing was done');
    expect(invocations).toEqual([]);
  } finally {
    await admin.command({ configureFailPoint: 'failCommand', mode: 'off' });
  }
});

test('a click through Slack Connect comes as an outsider of its own team', async () => {
  const { slack, invocations } = bench.current;
  const card = {
    name: 'shared',
    parts: [
      {
        part: 'buttons' as const,
        buttons: [{ label: 'Approve', call: { command: 'approve', args: { id: 'req_1' } } }],
      },
    ],
  };
  await bench.current.edge.poster.post(
    { kind: 'channel', platform: 'slack', tenant: 'T02', channel: 'C0MARK' },
    card,
    'n_1',
  );
  await slack.click('U0OUT', await slack.inChannel('C0MARK'), 'Approve');
  await slack.privateTo('U0OUT');
  expect(invocations[0]).toMatchObject({
    outsider: 'connect',
    sender: { platform: 'slack', tenant: 'T0OTHER', user: 'U0OUT' },
    place: { tenant: 'T02' },
  });
});

test('inside an Enterprise Grid people are keyed by the enterprise', async () => {
  const grid = await Bench.start({ enterprise: 'E01' });
  try {
    grid.answer = async () => say('Hello.');
    await grid.slack.command('U0OLIVIA', 'balance', { channel: 'C0MARK' });
    await grid.slack.mention('U0ADAM', 'C0MARK', 'balance');
    await grid.slack.shortcut('U0OUT', { channel: 'C0MARK' });
    for (const user of ['U0OLIVIA', 'U0ADAM', 'U0OUT']) await grid.slack.privateTo(user);
    expect(grid.invocations.map((one) => [one.sender.tenant, one.outsider])).toEqual([
      ['E01', undefined],
      ['E01', undefined],
      ['E01', undefined],
    ]);
  } finally {
    await grid.stop();
  }
});

test('profiles tell guests, outsiders, bots and the departed from full members', async () => {
  const { edge, slack } = bench.current;
  slack.world.users.set('U0LEFT', { id: 'U0LEFT', name: 'Lee', deleted: true });
  slack.world.users.set('U0ROBOT', { id: 'U0ROBOT', name: 'Robot', bot: true });
  const standing = async (user: string) =>
    (await edge.poster.profile({ platform: 'slack', tenant: 'T02', user }))?.standing;
  expect(await standing('U0OLIVIA')).toBe('full');
  expect(await standing('U0GUEST')).toBe('guest');
  expect(await standing('U0OUT')).toBe('connect');
  expect(await standing('U0ROBOT')).toBe('bot');
  expect(await standing('U0LEFT')).toBe('deactivated');
  expect(await standing('U0NOBODY')).toBeUndefined();
  expect(await edge.poster.findByEmail('T02', 'adam@acme.test')).toEqual({
    platform: 'slack',
    tenant: 'T02',
    user: 'U0ADAM',
  });
  expect(await edge.poster.findByEmail('T02', 'nobody@acme.test')).toBeUndefined();
});

test('a body above 256 KB is refused', async () => {
  expect((await deliver({ ...signedCommand('x'), body: `text=${'x'.repeat(300_000)}` })).status).toBe(413);
});
