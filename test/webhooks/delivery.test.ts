import { beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { plainText } from '../../src/cards/plain-text.js';
import { createEncryption } from '../../src/encryption.js';
import { inTransaction } from '../../src/mongo.js';
import type { Notice } from '../../src/notices/outbox/notice.js';
import { tellWebhookOff } from '../../src/notices/dev/webhook-notices.js';
import { deliveriesOf, sendAgain } from '../../src/webhooks/deliveries.js';
import { endpointOf, removeEndpoint, turnOff, turnOn } from '../../src/webhooks/endpoints.js';
import type { EventType } from '../../src/webhooks/event-types.js';
import { recordEvent } from '../../src/webhooks/events.js';
import { createWebhooks } from '../../src/webhooks/webhooks.js';
import { auditTrail } from '../../src/workspace/audit.js';
import { type Company, openMarketing } from '../notices/company.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { isSignedWith, useReceiver } from './receiver.js';

useDatabase();
const ledger = useLedger();
const receiver = useReceiver();

const NOW = new Date('2026-11-16T09:00:00.000Z');
const after = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const encryption = createEncryption([{ id: 'tests', key: Buffer.alloc(32, 3) }]);

const faults: unknown[] = [];
const replica = () =>
  createWebhooks({
    allowPrivate: true,
    sealing: encryption,
    log: { error: (fault: unknown) => void faults.push(fault) },
    onTurnedOff: tellWebhookOff,
  });
let webhooks = replica();
let company: Company;
let secret: string;

beforeEach(async () => {
  faults.length = 0;
  webhooks = replica();
  await mongoose.connection.db!.collection('webhook_deliveries').deleteMany({});
  company = await openMarketing(ledger(), NOW);
  const set = await webhooks.setEndpoint({ ...change(), address: `${receiver.url}/in` });
  secret = set.secretOnce!;
});

const place = () => ({ account: company.account.id, workspace: company.marketing.id });
const change = (at = NOW) => ({ ...place(), by: company.olivia.id, at });
const record = (id: string, type: EventType = 'member.joined', at = NOW) =>
  recordEvent({ ...place(), type, id, data: { person: 'p_1', name: 'Zoë' }, at });
/** Everything that is due at that time goes, by one replica. */
async function run(at: Date, by = webhooks): Promise<void> {
  while ((await by.dispatcher.runOnce(at)) > 0);
}
/** The times at which an event that never arrives is tried: eleven, over three days. */
function triesFrom(first: Date): Date[] {
  const waits = [5, 60, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
  return waits.reduce((times, seconds) => [...times, new Date(times.at(-1)!.getTime() + seconds * 1_000)], [first]);
}
const log = async () =>
  (await deliveriesOf({ ...place(), offset: 0, limit: 50 })).map(({ state, tries }) => ({ state, tries }));
const ids = () => receiver.received.map(({ headers }) => headers['webhook-id']);

describe('an event', () => {
  test('arrives once, signed, with what happened and when', async () => {
    await record('m_1');
    await record('m_1');
    await run(after(1));
    await record('m_1');
    await run(after(2));
    expect(receiver.received).toHaveLength(1);
    const [received] = receiver.received;
    expect(JSON.parse(received!.body)).toEqual({
      type: 'member.joined',
      timestamp: NOW.toISOString(),
      data: { workspace: company.marketing.id, person: 'p_1', name: 'Zoë' },
    });
    expect(received!.headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': expect.stringMatching(/^msg_[\w-]{32}$/),
      'webhook-timestamp': String(after(1).getTime() / 1_000),
    });
    expect(isSignedWith(secret, received!)).toBe(true);
    expect(isSignedWith(secret, { ...received!, body: received!.body.replace('p_1', 'p_2') })).toBe(false);
    expect(await log()).toEqual([{ state: 'delivered', tries: 1 }]);
    expect((await endpointOf(place()))?.lastArrivedAt).toEqual(after(1));
  });

  test('of a change that is rolled back was never recorded', async () => {
    const undone = inTransaction(async () => {
      await record('m_2');
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    await run(after(1));
    expect(receiver.received).toEqual([]);
    expect(await log()).toEqual([]);
  });

  test('of a workspace without an endpoint goes nowhere, nor to another workspace', async () => {
    const other = await openMarketing(ledger(), NOW);
    const event = { type: 'member.joined', id: 'm_3', data: {}, at: NOW } as const;
    await recordEvent({ account: other.account.id, workspace: other.marketing.id, ...event });
    await run(after(1));
    expect(receiver.received).toEqual([]);
  });

  test('keeps its order within the workspace', async () => {
    for (const id of ['m_1', 'm_2', 'm_3']) await record(id);
    await run(after(1));
    const recorded = await deliveriesOf({ ...place(), offset: 0, limit: 9 });
    expect(ids()).toEqual(recorded.map(({ id }) => id).toReversed());
  });
});

describe('an event that does not arrive', () => {
  test('is tried again, later each time, with the same id and bytes, signed anew', async () => {
    receiver.script.push(500, (response) => response.destroy(), 404);
    await record('m_1');
    const tried: number[] = [];
    for (const seconds of [0, 4, 5, 60, 65, 300, 366]) {
      const before = receiver.received.length;
      await run(new Date(NOW.getTime() + seconds * 1_000));
      if (receiver.received.length > before) tried.push(seconds);
    }
    expect(tried).toEqual([0, 5, 65, 366]);
    expect(new Set(ids()).size).toBe(1);
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
    expect(receiver.received.every((received) => isSignedWith(secret, received))).toBe(true);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(4);
    expect(await log()).toEqual([{ state: 'delivered', tries: 4 }]);
  });

  test('waits as long as the receiver asks', async () => {
    receiver.script.push((response) => response.writeHead(429, { 'retry-after': '600' }).end());
    await record('m_1');
    await run(NOW);
    await run(after(9));
    expect(receiver.received).toHaveLength(1);
    await run(after(10));
    expect(receiver.received).toHaveLength(2);
  });

  test('is given up after three days, and goes again when somebody asks', async () => {
    await record('m_1', 'webhook.test');
    receiver.indigestible = { part: 'webhook.test', status: 500 };
    for (const [tries, at] of triesFrom(NOW).entries()) {
      // Others arrive meanwhile: the endpoint is well, this one event is not.
      await record(`other_${tries}`);
      await run(at);
    }
    const [lost] = (await deliveriesOf({ ...place(), offset: 0, limit: 99 })).filter(
      ({ state }) => state !== 'delivered',
    );
    expect(lost).toMatchObject({ state: 'failed', tries: 11, lastMet: { status: 500 } });
    expect((await endpointOf(place()))?.off).toBeUndefined();

    const at = after(85 * 60);
    await run(at);
    const tried = () => ids().filter((id) => id === lost!.id).length;
    expect(tried()).toBe(11);
    expect(await sendAgain({ ...change(at), id: lost!.id })).toMatchObject({ state: 'pending' });
    expect(await sendAgain({ ...change(at), id: lost!.id })).toBeUndefined();
    await run(at);
    expect(tried()).toBe(12);
  });

  test('keeps the others waiting while the host is away, and all go once it is back', async () => {
    receiver.script.push(503);
    for (const id of ['m_1', 'm_2', 'm_3']) await record(id);
    await run(NOW);
    expect(receiver.received).toHaveLength(1);
    expect(await endpointOf(place())).toMatchObject({ failingSince: NOW, failure: { status: 503 } });
    await run(new Date(NOW.getTime() + 5_000));
    expect(receiver.received).toHaveLength(4);
    expect(await endpointOf(place())).not.toHaveProperty('failingSince');
  });
});

describe('an endpoint', () => {
  test('at which nothing arrives for three days is turned off, and its channel is told once', async () => {
    receiver.script.push(...Array.from({ length: 20 }, () => 500));
    await record('m_1');
    for (const at of triesFrom(NOW)) await run(at);
    expect(await endpointOf(place())).toMatchObject({ off: 'failing' });
    expect(await told()).toEqual([
      expect.stringContaining("Marketing's webhook is off: nothing arrived there for three days (it answered 500)."),
    ]);
    const [audited] = await auditTrail({ ...place(), limit: 1 });
    expect(audited).toMatchObject({ action: 'webhook.turnedOff', by: 'system', detail: { why: 'failing' } });

    const tries = receiver.received.length;
    await record('m_2');
    await run(after(100 * 60));
    expect(receiver.received).toHaveLength(tries);

    receiver.script.length = 0;
    expect(await turnOn(change(after(101 * 60)))).toMatchObject({ waiting: expect.any(Number) });
    await run(after(101 * 60));
    expect(JSON.stringify(receiver.received.slice(tries))).toContain('member.joined');
    expect(await log()).not.toContainEqual(expect.objectContaining({ state: 'pending' }));
  });

  test('that answers 410 is turned off at once', async () => {
    receiver.script.push(410);
    await record('m_1');
    await run(NOW);
    expect(await endpointOf(place())).toMatchObject({ off: 'gone', failure: { status: 410 } });
    expect(await told()).toEqual([expect.stringContaining("Marketing's webhook is off: it asked for no more events.")]);
  });

  test('that is off by hand gets nothing until it is on; then all that waited, once', async () => {
    await turnOff({ ...change(), why: 'byHand' });
    await record('m_1');
    await run(after(1));
    await record('m_2');
    await run(after(30));
    expect(receiver.received).toEqual([]);
    await turnOn(change(after(31)));
    await run(after(31));
    expect(receiver.received).toHaveLength(2);
    expect(await told()).toEqual([]);
  });

  test('with a new secret signs with both for a day, then with the new one alone', async () => {
    const replaced = await webhooks.replaceSecret({ ...change(), rotations: 0 });
    expect(await webhooks.replaceSecret({ ...change(), rotations: 0 })).toBeUndefined();
    await record('m_1');
    await run(after(23 * 60));
    await record('m_2');
    await run(after(25 * 60));
    const [during, afterwards] = receiver.received;
    expect([isSignedWith(secret, during!), isSignedWith(replaced!.secretOnce, during!)]).toEqual([true, true]);
    expect([isSignedWith(secret, afterwards!), isSignedWith(replaced!.secretOnce, afterwards!)]).toEqual([false, true]);
    const rows = await mongoose.connection.db!.collection('webhook_endpoints').find(place()).toArray();
    expect(JSON.stringify(rows)).not.toContain(secret.slice(6));
    expect(JSON.stringify(await auditTrail({ ...place(), limit: 9 }))).not.toContain('whsec_');
  });

  test('that moves is tried at its new address with what waits, whatever the old one did', async () => {
    receiver.script.push(410);
    await record('m_1');
    await run(NOW);
    await webhooks.setEndpoint({ ...change(after(1)), address: `${receiver.url}/moved` });
    await run(after(1));
    expect(receiver.received.map(({ url }) => url)).toEqual(['/in', '/moved']);
    expect(isSignedWith(secret, receiver.received[1]!)).toBe(true);
  });

  test('that is removed takes what waits with it, also what is in hand', async () => {
    const removing: Promise<unknown>[] = [];
    receiver.script.push((response) => {
      removing.push(removeEndpoint(change()).then(() => response.writeHead(500).end()));
    });
    await record('m_1');
    await record('m_2');
    await run(after(1));
    await Promise.all(removing);
    await run(after(10));
    expect(receiver.received).toHaveLength(1);
    expect(await log()).toEqual([]);
    expect(await endpointOf(place())).toBeUndefined();
  });
});

describe('several processes', () => {
  test('send each event once', async () => {
    for (let event = 0; event < 12; event++) await record(`m_${event}`);
    const replicas = [webhooks, replica(), replica()];
    await Promise.all(replicas.map((one) => run(after(1), one)));
    await run(after(1));
    expect(receiver.received).toHaveLength(12);
    expect(new Set(ids()).size).toBe(12);
    expect(faults).toEqual([]);
  });

  test('one that dies in mid-send: another sends it again under the same id', async () => {
    await record('m_1');
    const db = mongoose.connection.db!;
    await db
      .collection('webhook_deliveries')
      .updateOne(place(), { $set: { state: 'sending', fence: 1, leaseUntil: after(1) } });
    await run(new Date(after(1).getTime() - 1));
    expect(receiver.received).toEqual([]);
    await run(after(1));
    expect(await log()).toEqual([{ state: 'delivered', tries: 1 }]);
  });

  test('one that stops gives back what is in hand, untried', async () => {
    let stopped: Promise<void> | undefined;
    receiver.script.push(() => {
      stopped = webhooks.dispatcher.stop();
    });
    await record('m_1');
    await run(NOW);
    await stopped;
    expect(await log()).toEqual([{ state: 'pending', tries: 0 }]);
    await run(NOW, replica());
    expect(receiver.received).toHaveLength(2);
    expect(await log()).toEqual([{ state: 'delivered', tries: 1 }]);
  });
});

/** What the workspace's channel was told. */
async function told(): Promise<string[]> {
  const rows = await mongoose.connection.db!.collection<Notice>('outbox').find(place()).toArray();
  return rows.map(({ card }) => plainText(card));
}
