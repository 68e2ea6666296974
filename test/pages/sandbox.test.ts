import { once } from 'node:events';
import { request as ask, type IncomingMessage } from 'node:http';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { notFoundPage } from '../../src/pages/not-found.js';
import { sandboxPages } from '../../src/pages/sandbox/sandbox-pages.js';
import { createStripeProvider } from '../../src/payments/stripe.js';
import { GOOD_CARD, SECRET_KEY, useProduct, useSandbox } from '../payments/harness.js';

const product = useProduct((app) => {
  app.use((request, response, next) => sandboxPages(sandbox())(request, response, next));
  app.use(notFoundPage);
});
const { sandbox, apiUrl } = useSandbox(product);
const CARD = { number: '4242 4242 4242 4242', expiry: '12 / 34', cvc: '123' };

let customer = '';
const provider = () => createStripeProvider({ secretKey: SECRET_KEY, webhookSecrets: [], apiUrl: apiUrl() });
beforeEach(async () => {
  customer = await provider().createCustomer({ account: 'a', workspace: 'w', name: '<Marketing>', key: 'c' });
});

/** As a form does it: the page that follows. */
async function post(url: string, fields: Record<string, string> = {}): Promise<string> {
  const body = new URLSearchParams(fields);
  return (await fetch(url, { method: 'POST', body })).text();
}
const page = async (url: string) => (await fetch(url)).text();

async function pay(number = GOOD_CARD.number): Promise<string> {
  const url = `${product()}/back`;
  const order = { topUp: 'a.tu_1', account: 'a', workspace: 'w', customer, amountMinor: 10_000, currency: 'GBP' };
  const more = { description: 'Balance for <Marketing>', successUrl: url, cancelUrl: url };
  const { id } = await provider().openCheckout({ ...order, ...more }, `open:${number}`);
  sandbox().pay(id, { ...GOOD_CARD, number });
  return sandbox().session(id)!.session.payment_intent!;
}

describe('the sandbox’s page for cards', () => {
  const open = (update = false) => provider().openPortal({ customer, returnUrl: `${product()}/back`, update });
  const cards = async () => (await provider().cards(customer)).map(({ last4 }) => last4);

  it('adds the first card as the default, shows them, changes the default and removes one', async () => {
    const url = await open();
    expect(await page(url)).toContain('Cards of &lt;Marketing&gt;');
    expect(await post(`${url}/cards`, CARD)).toContain('Default');
    await post(`${url}/cards`, { ...CARD, number: '5555555555554444' });
    expect(await cards()).toEqual(['4242', '4444']);
    const [, second] = await provider().cards(customer);
    await post(`${url}/cards/${second!.id}/default`);
    expect(await cards()).toEqual(['4444', '4242']);
    await post(`${url}/cards/${second!.id}/remove`);
    expect(await cards()).toEqual(['4242']);
  });

  it('says why a card cannot be added', async () => {
    const url = await open();
    expect(await post(`${url}/cards`, { ...CARD, number: '4000000000000002' })).toContain('Your card was declined.');
    expect(await post(`${url}/cards`, { ...CARD, expiry: '?' })).toContain('Please check the card number');
    expect(await cards()).toEqual([]);
  });

  it('asks the holder’s bank, and keeps nothing without its yes', async () => {
    const url = await open();
    const secured = { ...CARD, number: '4000002500003155' };
    expect(await post(`${url}/cards`, secured)).toContain('Your bank wants to be sure');
    expect(await post(`${url}/bank`, { answer: 'refuse' })).toContain('unable to authenticate');
    expect(await cards()).toEqual([]);
    await post(`${url}/cards`, secured);
    await post(`${url}/bank`, { answer: 'approve' });
    expect(await cards()).toEqual(['3155']);
  });

  it('that was opened for a new card makes it the default', async () => {
    sandbox().saveCard(customer, GOOD_CARD);
    await post(`${await open(true)}/cards`, { ...CARD, number: '378282246310005' });
    expect(await cards()).toEqual(['0005', '4242']);
  });

  it('works for minutes, and never for another’s card', async () => {
    const url = await open();
    const theirs = await provider().createCustomer({ account: 'a', workspace: 'x', name: 'Support', key: 'x' });
    const { id } = sandbox().saveCard(theirs, GOOD_CARD);
    await post(`${url}/cards/${id}/remove`);
    await post(`${url}/cards/${id}/default`);
    expect(await provider().cards(theirs)).toHaveLength(1);
    expect(sandbox().store.state.customers[customer]!.invoice_settings.default_payment_method).toBeNull();
    for (const visit of Object.values(sandbox().store.state.portalVisits)) visit.expiresAt = 0;
    const late = await fetch(url);
    expect([late.status, (await late.text()).includes('This link no longer works')]).toEqual([410, true]);
    expect(await post(`${url}/cards`, CARD)).toContain('This link no longer works');
    expect((await fetch(`${product()}/sandbox/portal/constructor`)).status).toBe(410);
  });
});

describe('the sandbox’s receipt', () => {
  it('is where the charge says it is, with what was given back', async () => {
    const payment = await pay();
    sandbox().refund(payment, 2_500);
    const receipt = await page((await provider().receiptUrl(payment))!);
    expect(receipt).toContain('£100.00');
    expect(receipt).toContain('Balance for &lt;Marketing&gt;');
    expect(receipt).toContain('£25.00 on');
    expect((await fetch(`${product()}/sandbox/receipts/ch_0`)).status).toBe(404);
  });
});

describe('the sandbox’s payments', () => {
  const control = (path: string) => `${product()}/sandbox/control/${path}`;

  it('are listed with how they stand, and can be refunded in part', async () => {
    const payment = await pay();
    expect(await page(`${product()}/sandbox`)).toContain('Balance for &lt;Marketing&gt;');
    expect(await post(control(`payments/${payment}/refund`), { amount: '40' })).toContain('£40.00 was given back.');
    for (const amount of ['60.01', '-1', '0', 'all', '']) {
      const refused = await fetch(control(`payments/${payment}/refund`), {
        method: 'POST',
        body: new URLSearchParams({ amount }),
      });
      expect(refused.status).toBe(400);
    }
    expect(await post(control(`payments/${payment}/refund`), { amount: '60.00' })).toContain('Refunded');
    expect(sandbox().truth().balanceMinor).toEqual({ GBP: 0 });
  });

  it('can be disputed, and the dispute decided either way', async () => {
    const payment = await pay();
    expect(await post(control(`payments/${payment}/dispute`))).toContain('Disputed');
    const [dispute] = Object.keys(sandbox().store.state.disputes);
    expect(await post(control(`disputes/${dispute}/close`), { won: 'yes' })).toContain('Dispute won');
    expect(sandbox().truth().balanceMinor).toEqual({ GBP: 10_000 });
    expect(await post(control(`disputes/${dispute}/close`), { won: 'no' })).toContain('already closed');
  });

  it('that are on their way can arrive or fail', async () => {
    expect(await post(control('slow'))).toContain('The next payment is held back');
    const payment = await pay();
    expect(await page(`${product()}/sandbox`)).toContain('On its way');
    expect(await post(control(`payments/${payment}/end`), { succeeded: 'no' })).toContain('Declined');
  });

  it('are for a browser on this computer alone', async () => {
    const payment = await pay();
    const through = async (path: string, headers: Record<string, string>) => {
      const request = ask(`${product()}${path}`, { method: 'POST', headers: { ...headers, accept: 'text/html' } });
      request.end();
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      response.resume();
      return response.statusCode;
    };
    const dispute = `/sandbox/control/payments/${payment}/dispute`;
    expect(await through(dispute, { host: 'acme.ngrok.app' })).toBe(404);
    expect(await through(dispute, { 'sec-fetch-site': 'cross-site' })).toBe(404);
    expect(sandbox().truth().disputedMinor).toEqual({});
  });
});
