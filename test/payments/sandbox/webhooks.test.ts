import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { createSandbox, type Sandbox } from '../../../src/payments/sandbox/sandbox.js';
import { SECRET_KEY, WEBHOOK_SECRET } from '../harness.js';

/** What came to the endpoint, and what it answers. */
let received: { body: string; signature: string }[] = [];
let answers: number[] = [];
let endpoint: Server;
let sandbox: Sandbox;
let now = new Date('2026-11-22T10:00:00Z');
let stripe: Stripe;

beforeAll(async () => {
  endpoint = createServer((request, response) => {
    void (async () => {
      const body = Buffer.concat((await request.toArray()) as Buffer[]).toString();
      received.push({ body, signature: String(request.headers['stripe-signature']) });
      response.writeHead(answers.shift() ?? 200).end();
    })();
  });
  await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  endpoint.closeAllConnections();
  await new Promise((resolve) => endpoint.close(resolve));
});
beforeEach(async () => {
  received = [];
  answers = [];
  now = new Date('2026-11-22T10:00:00Z');
  await sandbox?.close();
  sandbox = createSandbox({
    secretKey: SECRET_KEY,
    webhookSecret: WEBHOOK_SECRET,
    webhookUrl: `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/payments/webhook`,
    payUrl: 'http://127.0.0.1:9',
    now: () => now,
  });
  const { hostname: host, port } = new URL(await sandbox.listen(0));
  stripe = new Stripe(SECRET_KEY, { host, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
});
afterAll(() => sandbox.close());

const typesReceived = () => received.map(({ body }) => (JSON.parse(body) as Stripe.Event).type);
const later = (ms: number) => (now = new Date(now.getTime() + ms));
const customerWithIntent = async () => {
  const { id } = await stripe.customers.create({});
  await stripe.paymentIntents.create({ amount: 500, currency: 'gbp', customer: id });
};

describe('webhooks', () => {
  it('are signed, and hold the event as it is listed', async () => {
    await stripe.customers.create({ name: 'Marketing' });
    await sandbox.webhooks.deliver();
    const [{ body, signature } = { body: '', signature: '' }] = received;
    const event = stripe.webhooks.constructEvent(body, signature, WEBHOOK_SECRET, 300, undefined, now.getTime());
    const listed = await stripe.events.retrieve(event.id);
    expect(listed.data).toEqual(event.data);
    expect([event.pending_webhooks, listed.pending_webhooks]).toEqual([1, 0]);
    expect(() => stripe.webhooks.constructEvent(body, signature, 'whsec_other')).toThrow();
  });

  it('come again, later and later, until they are taken', async () => {
    answers = [500, 503, 200];
    await stripe.customers.create({});
    await sandbox.webhooks.deliverDue();
    await sandbox.webhooks.deliverDue();
    expect(received).toHaveLength(1);
    later(1_000);
    await sandbox.webhooks.deliverDue();
    later(4_999);
    await sandbox.webhooks.deliverDue();
    expect(received).toHaveLength(2);
    later(1);
    await sandbox.webhooks.deliverDue();
    later(3_600_000);
    await sandbox.webhooks.deliverDue();
    expect(received).toHaveLength(3);
    expect(new Set(received.map(({ body }) => body)).size).toBe(1);
  });

  it('come doubled, reordered, late or not at all, as is asked', async () => {
    await customerWithIntent();
    sandbox.webhooks.lose(({ type }) => type === 'customer.created');
    await stripe.customers.create({});
    later(86_400_000);
    expect(await sandbox.webhooks.deliver({ reversed: true, copies: 2 })).toEqual([200, 200, 200, 200]);
    expect(typesReceived()).toEqual([
      'customer.created',
      'customer.created',
      'payment_intent.created',
      'payment_intent.created',
    ]);
    expect(sandbox.webhooks.waiting).toEqual([]);
    expect((await stripe.events.list({ type: 'customer.created' })).data).toHaveLength(2);
  });
});
