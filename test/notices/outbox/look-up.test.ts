import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { createClients } from '../../../src/chat/slack/clients.js';
import { createSlackPort } from '../../../src/chat/slack/slack-port.js';
import { oneTeam } from '../../../src/chat/slack/tokens.js';
import { createDispatcher, type Dispatcher } from '../../../src/notices/outbox/dispatcher.js';
import { listUnknown } from '../../../src/notices/outbox/held-back.js';
import { enqueue, type Notice } from '../../../src/notices/outbox/outbox.js';
import { FakeSlack } from '../../fakes/slack/slack.js';
import type { Fault } from '../../fakes/slack/world.js';
import { useDatabase } from '../../support/database.js';

useDatabase();

const QUIET = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const CHANNEL: Notice['to'] = { channel: { platform: 'slack', tenant: 'T02', channel: 'C0MARK' } };

let slack: FakeSlack;
let dispatcher: Dispatcher;
let warned: unknown[];
let startedMs: number;

beforeEach(async () => {
  for (const name of ['outbox', 'messages', 'gates']) await mongoose.connection.collection(name).deleteMany({});
  slack = await FakeSlack.start({
    channels: [
      { id: 'C0MARK', name: 'marketing' },
      { id: 'C0SALE', name: 'sale' },
    ],
  });
  const port = slackPort();
  warned = [];
  startedMs = Date.now();
  const warn = (details: object) => void warned.push(details);
  dispatcher = createDispatcher({ posters: [port], log: { ...QUIET, warn } });
});

afterEach(() => slack.stop());

const slackPort = () =>
  createSlackPort({
    clients: createClients(slack.apiUrl, QUIET),
    tokens: oneTeam(slack.botToken),
    client: 'slack',
    people: async () => [],
  });

const send = async (urgent: boolean, lost: 'cutBefore' | 'cutAfter', to = CHANNEL) => {
  slack.world.faults.push({ method: 'chat.postMessage', fault: { kind: lost }, times: 1 });
  const card = { name: 'test', parts: [{ part: 'text' as const, text: ['Marketing is low.'] }] };
  await enqueue([{ id: 'n1', account: 'acc_1', to, card, urgent, subject: 'alert:1' }]);
  await runAt(0, 5, 10);
};

async function runAt(...seconds: number[]): Promise<void> {
  for (const after of seconds) await dispatcher.runOnce(new Date(startedMs + after * 1_000));
}

const asked = () => slack.world.calls.filter(({ method }) => method === 'conversations.history').length;
const state = async () => (await mongoose.connection.collection('outbox').findOne({}))?.['state'];

const copies = () => slack.world.shown.map(({ blocks }) => JSON.stringify(blocks).includes('Perhaps a copy'));

describe('a post whose answer was lost, where the bot may read the channel', () => {
  beforeEach(() => void slack.world.granted.add('channels:history'));

  test.each([true, false])(
    'had arrived: it is found by its id, and edited from then on (alert: %j)',
    async (urgent) => {
      await send(urgent, 'cutAfter');
      expect(copies()).toEqual([false]);
      expect(await listUnknown(10)).toEqual([]);
      const [message] = await mongoose.connection.collection('messages').find().toArray();
      expect(message?.['refs']).toMatchObject([{ channel: 'C0MARK', message: slack.world.shown[0]!.ts }]);
    },
  );

  test.each([true, false])('had not arrived: it goes out, and is no copy (alert: %j)', async (urgent) => {
    await send(urgent, 'cutBefore');
    expect(copies()).toEqual([false]);
    expect(await listUnknown(10)).toEqual([]);
  });
});

describe('where Slack cannot be asked just then', () => {
  beforeEach(() => void slack.world.granted.add('channels:history'));

  const away = (times: number, fault: Fault = { kind: 'status', status: 500 }) =>
    slack.world.faults.push({ method: 'conversations.history', fault, times });

  // Without `doubtful` on the row that waits, or with the failure of the read taken for "cannot be told", it is sent twice.
  test.each([true, false])('it is asked again later, and nothing sent meanwhile (alert: %j)', async (urgent) => {
    away(2);
    await send(urgent, 'cutAfter');
    await runAt(20, 30, 60);
    expect(asked()).toBe(3);
    expect(copies()).toEqual([false]);
    expect(await state()).toBe('sent');
    expect(warned).toMatchObject([{ notice: 'n1' }]);
  });

  test('a 429 is waited for, and holds up no other message of the team', async () => {
    away(1, { kind: 'rateLimited', retryAfter: 60 });
    await send(true, 'cutAfter');
    const elsewhere: Notice['to'] = { channel: { platform: 'slack', tenant: 'T02', channel: 'C0SALE' } };
    await enqueue([
      { id: 'n2', account: 'acc_1', to: elsewhere, card: { name: 'test', heading: { text: 'Sale' }, parts: [] } },
    ]);
    await runAt(50);
    expect(asked()).toBe(1);
    expect(copies()).toEqual([false, false]);
    await runAt(75);
    expect(asked()).toBe(2);
    expect(copies()).toEqual([false, false]);
  });

  test('for ten minutes an alert, which then goes out once more, marked', async () => {
    away(100);
    await send(true, 'cutAfter');
    await runAt(300, 590);
    expect(copies()).toEqual([false]);
    await runAt(630);
    expect(copies()).toEqual([false, true]);
  });

  test('for a day anything else, which then waits for the operator', async () => {
    away(100);
    await send(false, 'cutAfter');
    await runAt(630, 86_000);
    expect(await state()).toBe('pending');
    await runAt(87_000);
    expect(await state()).toBe('unknown');
    expect(copies()).toEqual([false]);
  });

  test('what cannot be read as the channel is gone is given up', async () => {
    away(1, { kind: 'error', error: 'channel_not_found' });
    await send(true, 'cutAfter');
    expect(copies()).toEqual([false]);
    expect(await state()).toBe('dead');
  });
});

describe('a direct message', () => {
  const OLIVIA = { platform: 'slack' as const, tenant: 'T02', user: 'U0OLIVIA' };

  test.each(['cutBefore', 'cutAfter'] as const)('is looked for where the bot may open it (%s)', async (lost) => {
    slack.world.users.set(OLIVIA.user, { id: OLIVIA.user, name: 'Olivia' });
    slack.world.granted.add('im:write');
    const port = slackPort();
    slack.world.faults.push({ method: 'chat.postMessage', fault: { kind: lost }, times: 1 });
    const to = { kind: 'direct' as const, identity: OLIVIA };
    const since = new Date(startedMs - 60_000);
    await expect(port.post(to, { name: 'test', heading: { text: 'Low' }, parts: [] }, 'n1')).rejects.toThrow('unknown');
    const found = await port.find?.(to, 'n1', since);
    expect(found).toEqual(
      lost === 'cutBefore' ? 'notThere' : expect.objectContaining({ message: slack.world.shown[0]?.ts }),
    );
    slack.world.granted.delete('im:write');
    expect(await port.find?.(to, 'n1', since)).toBeUndefined();
  });
});

describe('where it may not', () => {
  test('an alert goes out once more, marked', async () => {
    await send(true, 'cutAfter');
    expect(copies()).toEqual([false, true]);
  });

  test('anything else waits for the operator', async () => {
    await send(false, 'cutAfter');
    expect(copies()).toEqual([false]);
    expect(await listUnknown(10)).toMatchObject([{ id: 'n1', failure: 'no answer to the send' }]);
  });
});
