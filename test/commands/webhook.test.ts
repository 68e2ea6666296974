import { describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { plainText } from '../../src/cards/plain-text.js';
import { createEncryption } from '../../src/encryption.js';
import { createAlertWatch } from '../../src/notices/alerts/alert-watch.js';
import { tellWebhookOff } from '../../src/notices/dev/webhook-notices.js';
import { endpointOf } from '../../src/webhooks/endpoints.js';
import { recordEvent } from '../../src/webhooks/events.js';
import { createWebhooks } from '../../src/webhooks/webhooks.js';
import { auditTrail } from '../../src/workspace/audit.js';
import { ADAM, addTo, MAX, MIA, OLIVIA } from '../support/acme.js';
import { isSignedWith, useReceiver } from '../webhooks/receiver.js';
import { callOf, firstLine, outbox, said, useOffice } from './harness.js';

const office = useOffice();
const receiver = useReceiver();

const place = () => ({ account: office().acme.account.id, workspace: office().acme.marketing.id });
const set = () => office().type(ADAM, `dev webhook ${receiver.url}/in`);
const press = async (label: string, from = office().type(ADAM, 'dev webhook')) =>
  office().press(ADAM, callOf(await from, label));
const sendDue = async () => {
  while ((await office().webhooks.dispatcher.runOnce(office().at)) > 0);
};
const happen = (id: string) =>
  recordEvent({ ...place(), type: 'campaign.started', id, data: { campaign: id }, at: office().at });

describe('naming the endpoint', () => {
  test('in a form, from the card that says what it is for; the secret is on its page, once', async () => {
    const none = await office().type(ADAM, 'webhook');
    expect(said(none)).toContain('None yet. Name an https address, and it hears at once of what happens in Marketing');
    const form = await office().press(ADAM, callOf(none, 'Set the address'));
    expect(form).toMatchObject({ form: { title: 'Webhook', fields: [{ name: 'address' }] } });
    const done = await office().submit(ADAM, form, { address: `${receiver.url}/in` });
    expect(said(done)).toContain(`Events of Marketing go to ${new URL(receiver.url).host} now.`);
    expect(JSON.stringify(done)).not.toContain('whsec_');
    expect(office().secrets).toMatchObject([{ secret: expect.stringMatching(/^whsec_[\w+/]{43}=$/) }]);
    expect(await auditTrail({ ...place(), limit: 1 })).toMatchObject([
      { action: 'webhook.set', detail: { host: new URL(receiver.url).host } },
    ]);
  });

  test('typed; another address keeps the secret and what is known of nobody else', async () => {
    await set();
    expect(said(await office().type(ADAM, `dev webhook change ${receiver.url}/other`))).toContain(
      'The signing secret stays as it was.',
    );
    expect(office().secrets).toHaveLength(1);
    expect((await endpointOf(place()))?.url).toBe(`${receiver.url}/other`);
    expect(said(await office().type(MAX, 'dev webhook in:Support'))).not.toContain(receiver.url);
  });

  test.each([
    ['http://hooks.acme.com', 'Events go out encrypted only.'],
    ['https://10.0.0.1/x', '“https://10.0.0.1/x” leads into a private network, where I send nothing.'],
    ['https://metadata.google.internal', 'leads into a private network'],
    ['https://me:pw@hooks.acme.com', 'An address may hold no name and password.'],
  ])('outside local mode %s is refused, beside the field of the form', async (address, words) => {
    office().services.webhooks = createWebhooks({
      allowPrivate: false,
      sealing: createEncryption([{ id: 'strict', key: Buffer.alloc(32) }]),
      log: { error: () => undefined },
      onTurnedOff: tellWebhookOff,
    });
    expect(said(await office().type(ADAM, `dev webhook ${address}`))).toContain(words);
    const form = await office().type(ADAM, 'dev webhook set');
    expect(await office().submit(ADAM, form, { address })).toMatchObject({
      form: { fields: [{ name: 'address', initial: address, error: expect.stringContaining(words) }] },
    });
    expect(await endpointOf(place())).toBeUndefined();
  });

  test('is for those who manage keys', async () => {
    expect(firstLine(await office().type(MIA, `dev webhook ${receiver.url}`))).toMatch(/^You can't manage API keys\./);
    await set();
    for (const act of ['test', 'remove', 'secret']) {
      const call = { command: 'dev', args: { what: 'webhook', act, sure: true }, workspace: place().workspace };
      expect(firstLine(await office().press(MIA, call))).toMatch(/^You can't manage API keys\./);
      expect(firstLine(await office().press(MAX, call))).toMatch(/^This card belongs to a workspace/);
    }
    expect(receiver.received).toEqual([]);
    expect(await endpointOf(place())).toBeDefined();
  });
});

describe('the test button', () => {
  test('says at once that it arrived, signed', async () => {
    await set();
    const tested = await press('Send a test');
    expect(firstLine(tested)).toMatch(/^The test arrived at 127\.0\.0\.1:\d+ in \d+ ms\.$/);
    expect(receiver.received).toHaveLength(1);
    expect(isSignedWith(office().secrets[0]!.secret, receiver.received[0]!)).toBe(true);
    expect(JSON.parse(receiver.received[0]!.body)).toMatchObject({ type: 'webhook.test' });
  });

  test('says what went wrong and what to look at, and is tried once', async () => {
    await set();
    receiver.script.push(404);
    const tested = await press('Send a test');
    expect(said(tested)).toContain(': it answered 404.\nCheck the address: nothing takes events there.');
    await sendDue();
    expect(receiver.received).toHaveLength(1);
    expect(said(await office().type(ADAM, 'dev webhook log'))).toMatch(/- webhook\.test · .*given up: it answered 404/);
    expect(firstLine(await office().type(ADAM, 'health'))).toBe('Marketing needs attention');
    expect(said(await office().type(ADAM, 'health'))).not.toContain('Webhook');
  });

  test('lets what waits go, where it arrives', async () => {
    await set();
    receiver.script.push(500, 500);
    await happen('c_1');
    await sendDue();
    await press('Send a test');
    await sendDue();
    expect(receiver.received).toHaveLength(2);
    await press('Send a test');
    await sendDue();
    expect(receiver.received.map(({ body }) => JSON.parse(body).type)).toEqual([
      'campaign.started',
      'webhook.test',
      'webhook.test',
      'campaign.started',
    ]);
  });
});

test('the log lists what was sent, a page at a time, and sends again what was given up', async () => {
  await set();
  expect(said(await press('Deliveries'))).toContain('Nothing yet. Send a test, or wait until something happens.');
  for (let event = 0; event < 12; event++) await happen(`c_${event}`);
  await sendDue();
  const newest = await press('Deliveries');
  expect(said(newest)).toMatch(
    /^Events for 127\.0\.0\.1:\d+\n- campaign\.started · 16 Nov 2026, 09:00 · arrived: it answered 200/,
  );
  const older = await office().press(ADAM, callOf(newest, 'Older'));
  expect(said(older).match(/- campaign\.started/g)).toHaveLength(2);
  expect(said(await office().press(ADAM, callOf(older, 'Newer'))).match(/- campaign\.started/g)).toHaveLength(10);

  await happen('c_last');
  receiver.script.push(500);
  await sendDue();
  expect(said(await press('Deliveries'))).toMatch(
    /- campaign\.started · .* · not yet: it answered 500 · again \d\d:\d\d/,
  );
  const deliveries = mongoose.connection.db!.collection('webhook_deliveries');
  await deliveries.updateMany({ ...place(), state: 'pending' }, { $set: { state: 'failed', tries: 11 } });
  const found = async (search: string) => {
    const form = await office().press(ADAM, callOf(await press('Deliveries'), 'Find'));
    return said(await office().submit(ADAM, form, { search }));
  };
  expect((await found('failed')).match(/- campaign\.started/g)).toHaveLength(1);
  expect((await found('campaign.started')).match(/- campaign\.started/g)).toHaveLength(10);
  expect(await found('member.joined')).toContain('No event of the last 30 days is like that.');
  for (const typed of ['dev webhook log given up', 'webhook log failed', 'dev webhook find failed']) {
    expect(said(await office().type(ADAM, typed)).match(/- campaign\.started/g)).toHaveLength(1);
  }
  expect(said(await office().type(ADAM, 'dev webhook log topup'))).toContain('[All events]');
  const log = await press('Deliveries');
  expect(said(log)).toContain('given up after 11 tries: it answered 500 [Send again]');
  expect(said(await office().press(ADAM, callOf(log, 'Send again')))).toContain('On its way again: campaign.started.');
  expect(said(await office().press(ADAM, callOf(log, 'Send again')))).toContain('is on its way or has arrived already');
  const before = receiver.received.length;
  await sendDue();
  expect(receiver.received).toHaveLength(before + 1);
});

test('off, on, new secret and remove ask first where a receiver would notice', async () => {
  await set();
  const off = await press('Turn off');
  expect(said(off)).toContain('What happens meanwhile waits, for 30 days.');
  expect((await endpointOf(place()))?.off).toBeUndefined();
  expect(said(await press('Turn off', Promise.resolve(off)))).toContain('It is off.');
  await happen('c_1');
  await sendDue();
  expect(receiver.received).toEqual([]);
  expect(said(await office().type(ADAM, 'dev webhook'))).toMatch(/State: Off since .*, by hand\n.*\n?Waiting: 1 event/);
  expect(said(await press('Turn on'))).toContain('It is on. What waited goes now: 1 event.');
  await sendDue();
  expect(receiver.received).toHaveLength(1);
  expect(said(await office().type(ADAM, 'dev webhook on'))).toContain('It is on already.');

  const sure = callOf(await press('New secret'), 'New secret');
  expect(said(await office().press(ADAM, sure))).toContain('has a new signing secret');
  expect(said(await office().press(OLIVIA, sure))).toContain('It got a new secret already.');
  expect(office().secrets).toHaveLength(2);

  const stale = callOf(await press('Remove'), 'Remove');
  await office().type(ADAM, 'dev webhook http://localhost:1/elsewhere');
  expect(said(await office().press(ADAM, stale))).toContain('Nothing was done: the webhook goes to localhost:1 now.');
  const removed = await press('Remove', press('Remove'));
  expect(said(removed)).toContain('is removed.');
  expect(await endpointOf(place())).toBeUndefined();
  const actions = (await auditTrail({ ...place(), limit: 6 })).map(({ action }) => action);
  expect(actions).toEqual([
    'webhook.removed',
    'webhook.changed',
    'webhook.secretReplaced',
    'webhook.turnedOn',
    'webhook.turnedOff',
    'webhook.set',
  ]);
});

test('the balance: each change of level is an event, once', async () => {
  await set();
  const { ledger } = office().services;
  const posting = { wallet: place().workspace, at: office().at };
  const topup = { ...posting, kind: 'topup', contra: 'provider' } as const;
  await ledger.post({ ...topup, key: 'topup:1', amountMinor: 10_000 });
  await ledger.post({ ...posting, key: 'u:1', kind: 'usage', amountMinor: -8_500, contra: 'revenue' });
  await ledger.post({ ...posting, key: 'u:2', kind: 'usage', amountMinor: -1_500, contra: 'revenue' });
  await ledger.post({ ...topup, key: 'topup:2', amountMinor: 10_000 });
  for (const round of [1, 2]) {
    const log = { error: (fault: unknown) => expect(fault).toBeUndefined() };
    expect(await createAlertWatch({ ledger, log, onDerived: () => undefined }).runOnce(office().at)).toBe(3);
    expect(round).toBeGreaterThan(0);
  }
  await sendDue();
  expect(receiver.received.map(({ body }) => JSON.parse(body))).toMatchObject([
    { type: 'balance.low', data: { balanceMinor: 1_500, currency: 'GBP', level: 'low', before: 'ok' } },
    { type: 'balance.empty', data: { balanceMinor: 0, level: 'empty' } },
    { type: 'balance.recovered', data: { balanceMinor: 10_000, level: 'ok' } },
  ]);
});

test('people: who joins, changes and goes is an event', async () => {
  await set();
  const { account, marketing, mia, max, olivia } = office().acme;
  await addTo(account, marketing, olivia, max, 'member');
  const form = await office().type(OLIVIA, 'suspend ', { person: MIA, name: 'Mia' });
  await office().submit(OLIVIA, form, { reason: 'On leave' });
  await office().type(OLIVIA, 'reactivate ', { person: MIA, name: 'Mia' });
  await sendDue();
  expect(receiver.received.map(({ body }) => JSON.parse(body))).toMatchObject([
    { type: 'member.joined', data: { workspace: marketing.id, person: max.id, name: 'Max', role: 'member' } },
    { type: 'member.suspended', data: { person: mia.id, name: 'Mia' } },
    { type: 'member.reactivated', data: { person: mia.id } },
  ]);
  expect(receiver.received.map(({ body }) => body).join()).not.toContain('On leave');
});

test('one that is turned off by itself is told with the buttons that mend it', async () => {
  await set();
  receiver.script.push(410);
  await happen('c_1');
  await sendDue();
  const [told] = (await outbox()).filter(({ id }) => id.startsWith('webhook-off:'));
  expect(plainText(told!.card)).toContain('[Send a test] [Turn on] [Deliveries]');
  expect(JSON.stringify(told!.card)).not.toContain('/in');
  expect(said(await office().press(ADAM, callOf(told!.card, 'Turn on')))).toContain('It is on.');
});
