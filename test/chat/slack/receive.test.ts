import { expect, test } from '@jest/globals';
import type { Form } from '../../../src/cards/card.js';
import { readPieces } from '../../../src/chat/slack/pieces.js';
import { buttons, words } from '../../fakes/slack/words.js';
import { useDatabase } from '../../support/database.js';
import { say, useBench } from './harness.js';

useDatabase();
const bench = useBench();

test('a slash command is acknowledged at once and answered privately where it was typed', async () => {
  const { slack, invocations } = bench.current;
  const ack = await slack.command('U0OLIVIA', 'invite @adam as admin & <more>', { channel: 'C0MARK' });
  expect(ack).toMatchObject({ status: 200, body: undefined });
  const answer = await slack.privateTo('U0OLIVIA');
  expect(answer).toMatchObject({ kind: 'ephemeral', channel: 'C0MARK' });
  expect(words(answer)).toBe('Hello.');
  expect(invocations[0]).toMatchObject({
    sender: { platform: 'slack', tenant: 'T02', user: 'U0OLIVIA' },
    place: { kind: 'channel', channel: 'C0MARK', channelName: 'marketing', tenant: 'T02' },
    ask: {
      typed: [
        'invite ',
        { person: { platform: 'slack', tenant: 'T02', user: 'U0ADAM' }, name: 'adam' },
        ' as admin & <more>',
      ],
    },
  });
});

test('a user group is recognised, and who is in it can be looked up by id and by name', async () => {
  const { slack, invocations, edge } = bench.current;
  slack.world.groups.push({ id: 'S0DESIGN', handle: 'design', users: ['U0ADAM', 'U0GUEST'] });
  await slack.command('U0OLIVIA', 'invite @design', { channel: 'C0MARK' });
  await slack.privateTo('U0OLIVIA');
  const group = { platform: 'slack', tenant: 'T02', group: 'S0DESIGN' };
  expect(invocations[0]?.ask).toEqual({ typed: ['invite ', { group, name: 'design' }] });
  const people = ['U0ADAM', 'U0GUEST'].map((user) => ({ platform: 'slack', tenant: 'T02', user }));
  for (const wanted of [{ id: 'S0DESIGN' }, { handle: 'Design' }]) {
    expect(await edge.poster.groupMembers?.('T02', wanted)).toEqual({ handle: 'design', people });
  }
  expect(await edge.poster.groupMembers?.('T02', { handle: 'ops' })).toBeUndefined();
  slack.fail('usergroups.list', { kind: 'error', error: 'missing_scope' });
  expect(await edge.poster.groupMembers?.('T02', { id: 'S0DESIGN' })).toBeUndefined();
});

test('a slash command is answered privately where the bot is no member', async () => {
  const { slack } = bench.current;
  await slack.command('U0OLIVIA', 'help', { channel: 'C0AWAY' });
  expect(await slack.privateTo('U0OLIVIA')).toMatchObject({ kind: 'ephemeral', channel: 'C0AWAY' });
});

test('a mention is answered in its thread, and an address is read as it was typed', async () => {
  const { slack, invocations } = bench.current;
  await slack.mention('U0OLIVIA', 'C0MARK', 'invite nina@acme.com', { thread: '1.000001' });
  expect(await slack.privateTo('U0OLIVIA')).toMatchObject({ kind: 'ephemeral', thread: '1.000001' });
  expect(invocations[0]?.ask).toEqual({ typed: ['invite nina@acme.com'] });
});

test('an address that is pasted with a name, and that Slack makes a link of, is read as it was pasted', () => {
  const pasted = 'invite Nina Smith &lt;<mailto:nina@acme.com|nina@acme.com>&gt;; <mailto:bob@acme.com|bob@acme.com>';
  expect(readPieces(pasted, 'T02')).toEqual(['invite Nina Smith <nina@acme.com>; bob@acme.com']);
});

test('what is typed to the bot itself is answered there', async () => {
  const { slack, invocations } = bench.current;
  await slack.direct('U0OLIVIA', 'balance');
  expect(await slack.privateTo('U0OLIVIA')).toMatchObject({ kind: 'direct', channel: 'D0OLIVIA' });
  expect(invocations[0]).toMatchObject({ ask: { typed: ['balance'] }, place: { kind: 'direct' } });
});

test('bots, edits and what is said in channels are not read', async () => {
  const { slack, invocations } = bench.current;
  const base = { user: 'U0OLIVIA', channel: 'D0OLIVIA', text: 'balance', ts: '1.1' };
  await slack.event({ ...base, type: 'message', channel_type: 'channel' });
  await slack.event({ ...base, type: 'message', channel_type: 'im', subtype: 'message_changed' });
  await slack.event({ ...base, type: 'message', channel_type: 'im', bot_id: 'B1' });
  await slack.event({ ...base, type: 'app_mention', bot_id: 'B1' });
  await slack.direct('U0OLIVIA', 'last');
  await slack.privateTo('U0OLIVIA');
  expect(invocations.map((one) => one.ask)).toEqual([{ typed: ['last'] }]);
});

test('a clicked button carries its call, and its card is replaced', async () => {
  const { slack, invocations } = bench.current;
  const call = { command: 'switch', args: { to: 'Sales' }, workspace: 'ws_1', key: 'k_1' };
  bench.current.answer = async (invocation) =>
    'clicked' in invocation.ask
      ? say('Switched.', { replace: true })
      : { kind: 'private', card: { name: 'pick', parts: [{ part: 'buttons', buttons: [{ label: 'Switch', call }] }] } };
  await slack.command('U0OLIVIA', 'switch', { channel: 'C0MARK' });
  const card = await slack.privateTo('U0OLIVIA');
  await slack.click('U0OLIVIA', card, 'Switch');
  const after = await slack.privateTo('U0OLIVIA');
  expect(after.ts).toBe(card.ts);
  expect(words(after)).toBe('Switched.');
  expect(invocations[1]?.ask).toEqual({ clicked: call });
});

test('a card that the channel sees is never replaced by a private answer', async () => {
  const { slack } = bench.current;
  bench.current.answer = async () => say('Only you.', { replace: true });
  const card = {
    name: 'shared',
    parts: [{ part: 'buttons' as const, buttons: [{ label: 'Top up', call: { command: 'topup', args: {} } }] }],
  };
  await bench.current.edge.poster.post(
    { kind: 'channel', platform: 'slack', tenant: 'T02', channel: 'C0MARK' },
    card,
    'n_1',
  );
  const shared = await slack.inChannel('C0MARK');
  await slack.click('U0ADAM', shared, 'Top up');
  expect(await slack.privateTo('U0ADAM')).toMatchObject({ kind: 'ephemeral', to: 'U0ADAM' });
  expect(shared.edits).toBe(0);
});

test('what must last comes as a direct message, with a pointer where it was asked', async () => {
  const { slack } = bench.current;
  bench.current.answer = async () => say('Keep this.', { lasting: true });
  await slack.command('U0OLIVIA', 'invite', { channel: 'C0MARK' });
  const kept = await slack.privateTo('U0OLIVIA');
  expect(kept).toMatchObject({ kind: 'direct' });
  expect(words(kept)).toBe('Keep this.');
  expect(words(await slack.privateTo('U0OLIVIA'))).toBe('I sent it to you as a direct message, where it stays.');
});

test('an open answer is seen by the channel, also where the bot is no member', async () => {
  const { slack } = bench.current;
  bench.current.answer = async () => ({
    kind: 'open',
    card: { name: 'open', parts: [{ part: 'text', text: ['For all.'] }] },
  });
  await slack.command('U0OLIVIA', 'balance', { channel: 'C0MARK' });
  expect(words(await slack.inChannel('C0MARK'))).toBe('For all.');
  await slack.command('U0OLIVIA', 'balance', { channel: 'C0AWAY' });
  expect(words(await slack.inChannel('C0AWAY'))).toBe('For all.');
});

test('the Home tab shows the home card, and a click on it edits it', async () => {
  const { slack, invocations } = bench.current;
  bench.current.answer = async (invocation) =>
    'home' in invocation.ask
      ? {
          kind: 'private',
          card: {
            name: 'home',
            parts: [{ part: 'buttons', buttons: [{ label: 'List', call: { command: 'list', args: {} } }] }],
          },
        }
      : say('Your workspaces.', { replace: true });
  await slack.openHome('U0OLIVIA');
  const home = await slack.privateTo('U0OLIVIA');
  expect(home.kind).toBe('home');
  await slack.click('U0OLIVIA', home, 'List');
  expect(words(await slack.privateTo('U0OLIVIA'))).toBe('Your workspaces.');
  expect(invocations.map((one) => Object.keys(one.ask)[0])).toEqual(['home', 'clicked']);
});

test('a shortcut whose modal can no longer be opened is answered all the same', async () => {
  const { slack } = bench.current;
  bench.current.answer = async () => {
    slack.later(4_000);
    return say('Late.');
  };
  await slack.shortcut('U0OLIVIA', { channel: 'C0MARK' });
  expect((await slack.privateTo('U0OLIVIA')).kind).toBe('ephemeral');
  await slack.shortcut('U0OLIVIA');
  expect((await slack.privateTo('U0OLIVIA')).kind).toBe('direct');
});

test('a handler that fails is answered with an apology whose reference is on the log line', async () => {
  const { slack, logged, invocations } = bench.current;
  bench.current.answer = async () => {
    throw new Error('the ledger is away');
  };
  await slack.command('U0OLIVIA', 'balance', { channel: 'C0MARK' });
  const apology = words(await slack.privateTo('U0OLIVIA'));
  const reference = invocations[0]?.reference ?? 'none';
  expect(apology).toContain(reference);
  expect(apology).not.toContain('ledger');
  expect(logged.find((line) => line.level === 'error')?.fields).toMatchObject({ reference });
});

test('the expired trigger of a slow command leaves a button that opens the form', async () => {
  const { slack } = bench.current;
  const form: Form = {
    name: 'create',
    title: 'New workspace',
    submit: 'Create',
    call: { command: 'create', args: {} },
    fields: [{ name: 'name', label: 'Name', input: 'line' }],
  };
  bench.current.answer = async (invocation) => {
    if ('typed' in invocation.ask) slack.later(4_000);
    return { kind: 'form', form };
  };
  await slack.command('U0OLIVIA', 'create', { channel: 'C0MARK' });
  const card = await slack.privateTo('U0OLIVIA');
  expect(buttons(card).map((button) => button.label)).toEqual(['Open the form']);
  await slack.click('U0OLIVIA', card, 'Open the form');
  expect(await slack.privateTo('U0OLIVIA')).toMatchObject({ kind: 'modal', text: 'New workspace' });
});

test('nothing that Slack may send is left without an acknowledgement', async () => {
  const { slack } = bench.current;
  const odd = (payload: object) =>
    slack.send(
      'application/x-www-form-urlencoded',
      new URLSearchParams({ payload: JSON.stringify(payload) }).toString(),
    );
  const who = { team: { id: 'T02' }, user: { id: 'U0OLIVIA', team_id: 'T02' }, trigger_id: 'x' };
  expect(
    (await odd({ type: 'block_actions', ...who, actions: [{ type: 'button', action_id: 'link', block_id: 'b' }] }))
      .status,
  ).toBe(200);
  expect(
    (await odd({ type: 'view_closed', ...who, view: { id: 'V1', type: 'modal', callback_id: 'form' } })).status,
  ).toBe(200);
  expect((await odd({ type: 'block_suggestion', ...who, action_id: 'a', block_id: 'b' })).status).toBe(200);
  expect((await odd({ type: 'something_new', ...who })).status).toBe(200);
  expect((await slack.event({ type: 'team_join', user: { id: 'U9' } })).status).toBe(200);
});
