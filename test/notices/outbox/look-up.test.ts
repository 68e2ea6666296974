import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { createClients } from '../../../src/chat/slack/clients.js';
import { createSlackPort } from '../../../src/chat/slack/slack-port.js';
import { oneTeam } from '../../../src/chat/slack/tokens.js';
import { createDispatcher, type Dispatcher } from '../../../src/notices/outbox/dispatcher.js';
import { listUnknown } from '../../../src/notices/outbox/held-back.js';
import { enqueue } from '../../../src/notices/outbox/outbox.js';
import { FakeSlack } from '../../fakes/slack/slack.js';
import { useDatabase } from '../../support/database.js';

useDatabase();

const QUIET = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

let slack: FakeSlack;
let dispatcher: Dispatcher;

beforeEach(async () => {
  for (const name of ['outbox', 'messages', 'gates']) await mongoose.connection.collection(name).deleteMany({});
  slack = await FakeSlack.start({ channels: [{ id: 'C0MARK', name: 'marketing' }] });
  const port = createSlackPort({
    clients: createClients(slack.apiUrl, QUIET),
    tokens: oneTeam(slack.botToken),
    client: 'slack',
    people: async () => [],
  });
  dispatcher = createDispatcher({ posters: [port], log: QUIET });
});

afterEach(() => slack.stop());

const send = async (urgent: boolean, lost: 'cutBefore' | 'cutAfter') => {
  slack.world.faults.push({ method: 'chat.postMessage', fault: { kind: lost }, times: 1 });
  const to = { channel: { platform: 'slack' as const, tenant: 'T02', channel: 'C0MARK' } };
  const card = { name: 'test', parts: [{ part: 'text' as const, text: ['Marketing is low.'] }] };
  await enqueue([{ id: 'n1', account: 'acc_1', to, card, urgent, subject: 'alert:1' }]);
  for (const seconds of [0, 5, 10]) await dispatcher.runOnce(new Date(Date.now() + seconds * 1_000));
};

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
