import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import express, { type Express } from 'express';
import Stripe from 'stripe';
import { createSandbox, type Sandbox } from '../../src/payments/sandbox/sandbox.js';

export const SECRET_KEY = 'sk_test_tests';
export const WEBHOOK_SECRET = 'whsec_tests';
export const GOOD_CARD = { number: '4242424242424242', expMonth: 12, expYear: 2034 };
export const DECLINED_CARD = { ...GOOD_CARD, number: '4000000000000002' };

/** Stripe's client waits half a second and more before it repeats a call: here, next to nothing. It repeats as often. */
Object.assign(Stripe.prototype, { getInitialNetworkRetryDelay: () => 0.01 });

/** The product's HTTP server, with whatever the test mounts, and its address. */
export function useProduct(mount: (app: Express) => void): () => string {
  let server: Server;
  let address = '';
  beforeAll(async () => {
    const app = express();
    // Mounted when a test first asks: what is mounted may need the address.
    let mounted = false;
    server = createServer((request, response) => {
      if (!mounted) mount(app);
      mounted = true;
      app(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return () => address;
}

/** A fresh sandbox per test, listening. */
export function useSandbox(product: () => string, now?: () => Date): { sandbox: () => Sandbox; apiUrl: () => string } {
  let sandbox: Sandbox;
  let apiUrl = '';
  beforeEach(async () => {
    sandbox = createSandbox({
      secretKey: SECRET_KEY,
      webhookSecret: WEBHOOK_SECRET,
      webhookUrl: `${product()}/payments/webhook`,
      payUrl: product(),
      ...(now && { now }),
    });
    apiUrl = await sandbox.listen(0);
  });
  afterEach(() => sandbox.close());
  return { sandbox: () => sandbox, apiUrl: () => apiUrl };
}
