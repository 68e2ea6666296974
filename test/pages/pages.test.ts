import { mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { array, assert, constantFrom, property } from 'fast-check';
import { createMailFolder } from '../../src/mail/mail-folder.js';
import { html, safeUrl } from '../../src/pages/html.js';
import { mailPages } from '../../src/pages/mail-pages.js';
import { notFoundPage } from '../../src/pages/not-found.js';
import { sandboxPages } from '../../src/pages/sandbox/sandbox-pages.js';
import { secretPages } from '../../src/pages/secret-pages.js';
import { createStripeProvider } from '../../src/payments/stripe.js';
import { SECRET_KEY, useProduct, useSandbox, WEBHOOK_SECRET } from '../payments/harness.js';

const shown = new Set<string>();
const mails = mkdtempSync(join(tmpdir(), 'mails-'));
afterAll(() => rmSync(mails, { recursive: true }));
const product = useProduct((app) => {
  app.use((request, response, next) => sandboxPages(sandbox())(request, response, next));
  app.use(
    secretPages({
      secretWaits: async (id) => id === 'one' && !shown.has(id),
      revealSecret: async (id) => (shown.has(id) ? undefined : (shown.add(id), 'wsk_1_<secret>')),
    }),
  );
  app.use(mailPages(createMailFolder(mails)));
  app.use(notFoundPage);
});
const { sandbox, apiUrl } = useSandbox(product);

describe('markup', () => {
  it('escapes every value, whatever it is', () => {
    const parts = constantFrom(
      '<script>',
      '"',
      "'",
      '&',
      '</title>',
      '<img src=x onerror=y>',
      'é',
      '\u202e',
      '👍',
      'a',
    );
    assert(
      property(array(parts), (pieces) => {
        const { markup } = html`<p title="${pieces.join('')}">${pieces}</p>`;
        expect(markup.replace(/^<p title="|">|<\/p>$/g, '')).not.toMatch(/[<>"']/);
      }),
    );
    expect(html`${html`<b>${'<i>'}</b>`}`.markup).toBe('<b>&lt;i&gt;</b>');
  });

  it('links to web addresses alone', () => {
    expect(safeUrl('https://acme.com/x')).toBe('https://acme.com/x');
    for (const url of ['javascript:alert(1)', 'data:text/html,x', '//x', 'nonsense'])
      expect(safeUrl(url)).toBeUndefined();
  });
});

describe('a secret', () => {
  it('survives a preview, is shown by the click, and never again', async () => {
    const url = `${product()}/secret/one`;
    for (let preview = 0; preview < 3; preview++) expect(await (await fetch(url)).text()).not.toContain('wsk_1_');
    const revealed = await fetch(url, { method: 'POST' });
    expect(await revealed.text()).toContain('wsk_1_&lt;secret&gt;');
    expect(revealed.headers.get('cache-control')).toBe('no-store');
    const again = await fetch(url, { method: 'POST' });
    expect([again.status, (await again.text()).includes('wsk_1_')]).toEqual([410, false]);
    expect((await fetch(url)).status).toBe(410);
  });
});

describe('the kept mails', () => {
  /** fetch sets the host itself. */
  const ask = async (host: string) => {
    const request = get(`${product()}/mails`, { headers: { host, accept: 'text/html' } });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return { status: response.statusCode, page: Buffer.concat(await response.toArray()).toString() };
  };

  it('are shown with their links at home, and to nobody who comes by another name', async () => {
    const text = 'Open: https://acme.com/invite/1 <script>';
    await createMailFolder(mails).send({ id: 'n1', to: 'nina@acme.com', subject: 'Olivia invites you', text });
    const home = await ask('localhost:3000');
    expect(home.page).toContain('<a href="https://acme.com/invite/1">https://acme.com/invite/1</a> &lt;script&gt;');
    for (const host of ['acme.ngrok.app', '127.0.0.1.evil.com']) {
      expect(await ask(host)).toMatchObject({ status: 404, page: expect.not.stringContaining('nina@acme.com') });
    }
  });
});

describe('every page', () => {
  it('runs no script, is framed by nobody and tells nobody its address', async () => {
    const { headers } = await fetch(`${product()}/secret/none`);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('that is missing says so to a browser, and leaves others to the server', async () => {
    const page = await fetch(`${product()}/nowhere`, { headers: { accept: 'text/html' } });
    expect([page.status, (await page.text()).includes('There is nothing here')]).toEqual([404, true]);
    const api = await fetch(`${product()}/nowhere`, { headers: { accept: 'application/json' } });
    expect(await api.text()).not.toContain('There is nothing here');
  });
});

describe('the sandbox’s checkout page', () => {
  let id = '';
  const post = (path: string, fields: Record<string, string> | [string, string][]) =>
    fetch(`${product()}/sandbox/pay/${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });
  const card = { number: '4242 4242 4242 4242', expiry: '12 / 34', cvc: '123' };

  beforeEach(async () => {
    const provider = createStripeProvider({
      secretKey: SECRET_KEY,
      webhookSecrets: [WEBHOOK_SECRET],
      apiUrl: apiUrl(),
    });
    const customer = await provider.createCustomer({ account: 'a', workspace: 'w', name: 'M', key: 'c' });
    const order = { topUp: 'tu_1', account: 'a', workspace: 'w', customer, amountMinor: 10_000, currency: 'GBP' };
    const urls = { successUrl: `${product()}/payments/return?top_up=tu_1`, cancelUrl: `${product()}/left` };
    id = (await provider.openCheckout({ ...order, ...urls, description: 'Balance for <Marketing>' }, 'k')).id;
  });

  it('names what is paid, takes the card and leads back', async () => {
    const page = await (await fetch(`${product()}/sandbox/pay/${id}`)).text();
    expect(page).toContain('Pay £100.00');
    expect(page).toContain('Balance for &lt;Marketing&gt;');
    expect(page).toContain('Sandbox: no real money');
    const paid = await post(id, card);
    expect([paid.status, paid.headers.get('location')]).toEqual([303, `${product()}/payments/return?top_up=tu_1`]);
    expect(sandbox().truth().takenMinor).toEqual({ GBP: 10_000 });
    await post(id, card);
    expect(sandbox().truth().takenMinor).toEqual({ GBP: 10_000 });
    expect(await (await fetch(`${product()}/sandbox/pay/${id}`)).text()).toContain('This is paid already');
  });

  it('says why a card was refused, and lets another be tried', async () => {
    const tryButton: [string, string][] = [...Object.entries(card), ['number', '4000000000009995']];
    expect(await (await post(id, tryButton)).text()).toContain('Your card has insufficient funds.');
    expect((await post(id, card)).status).toBe(303);
  });

  it.each([
    ['a number with a digit wrong', { ...card, number: '4242 4242 4242 4241' }, 'Your card number is incorrect.'],
    ['a real card', { ...card, number: '4111111111111111' }, 'used a non test card'],
    ['no expiry', { ...card, expiry: 'soon' }, 'Please check the card number and the expiry date'],
    ['nothing at all', {}, 'Please check the card number and the expiry date'],
  ])('takes nothing for %s', async (_what, fields, says) => {
    expect(await (await post(id, fields)).text()).toContain(says);
    expect(sandbox().truth().payments).toEqual([]);
  });

  it('asks the bank for 3-D Secure', async () => {
    expect(await (await post(id, { ...card, number: '4000002500003155' })).text()).toContain(
      'Your bank wants to be sure',
    );
    expect(await (await post(`${id}/bank`, { answer: 'refuse' })).text()).toContain('unable to authenticate');
    await post(id, { ...card, number: '4000002500003155' });
    expect((await post(`${id}/bank`, { answer: 'approve' })).status).toBe(303);
  });

  it('says when the link has expired, or never was', async () => {
    sandbox().store.state.sessions[id]!.expires_at = 0;
    expect((await fetch(`${product()}/sandbox/pay/${id}`)).status).toBe(410);
    expect((await fetch(`${product()}/sandbox/pay/constructor`)).status).toBe(404);
  });
});
