import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PaymentProvider, ProviderRefused } from '../../src/payments/provider.js';
import { createSandbox } from '../../src/payments/sandbox/sandbox.js';
import { signatureOf } from '../../src/payments/sandbox/webhooks.js';
import { createStripeProvider } from '../../src/payments/stripe.js';
import { DECLINED_CARD, GOOD_CARD, SECRET_KEY, useSandbox, WEBHOOK_SECRET } from './harness.js';

const { sandbox, apiUrl } = useSandbox(() => 'http://127.0.0.1:9');
const AT = new Date('2026-11-22T10:00:00Z');
const CREATE = 'POST /v1/checkout/sessions';

let provider: PaymentProvider;
let customer: string;
beforeEach(async () => {
  provider = createStripeProvider({ secretKey: SECRET_KEY, webhookSecrets: [WEBHOOK_SECRET], apiUrl: apiUrl() });
  customer = await provider.createCustomer({
    account: 'acc_1',
    workspace: 'ws_1',
    name: 'Marketing',
    key: 'customer:ws_1',
  });
});

const order = (topUp = 'tu_1', amountMinor = 10_000) => ({
  topUp,
  account: 'acc_1',
  workspace: 'ws_1',
  customer,
  amountMinor,
  currency: 'GBP',
  description: 'Balance for Marketing',
  successUrl: 'http://127.0.0.1:9/payments/return?top_up=tu_1',
  cancelUrl: 'http://127.0.0.1:9/payments/return?top_up=tu_1&left=1',
});

describe('a checkout', () => {
  it('opens with our marks, is paid, and is read back with what was taken', async () => {
    const opened = await provider.openCheckout(order(), 'checkout:tu_1');
    expect(opened).toMatchObject({
      status: 'open',
      paid: false,
      amountMinor: 10_000,
      currency: 'GBP',
      topUp: 'tu_1',
      account: 'acc_1',
      workspace: 'ws_1',
      livemode: false,
    });
    expect(opened.url).toMatch(/\/sandbox\/pay\/cs_test_/);

    sandbox().pay(opened.id, GOOD_CARD);
    expect(await provider.checkout(opened.id)).toMatchObject({
      status: 'complete',
      paid: true,
      amountMinor: 10_000,
      paymentId: expect.stringMatching(/^pi_/),
    });
    expect(sandbox().truth()).toMatchObject({ takenMinor: { GBP: 10_000 }, payments: [{ topUp: 'tu_1' }] });
  });

  it('tells of a declined card while it stays open', async () => {
    const { id } = await provider.openCheckout(order(), 'checkout:tu_1');
    sandbox().pay(id, DECLINED_CARD);
    expect(await provider.checkout(id)).toMatchObject({
      status: 'open',
      paid: false,
      decline: { code: 'generic_decline', message: 'Your card was declined.' },
    });
  });

  it('asks the bank for 3-D Secure, and takes nothing before it agrees', async () => {
    const { id } = await provider.openCheckout(order(), 'checkout:tu_1');
    expect(sandbox().pay(id, { ...GOOD_CARD, number: '4000002500003155' })?.step).toBe('authenticate');
    expect((await provider.checkout(id)).paid).toBe(false);
    expect(sandbox().authenticate(id, false)).toMatchObject({ step: 'declined' });
    sandbox().pay(id, { ...GOOD_CARD, number: '4000002500003155' });
    expect(sandbox().authenticate(id, true)?.step).toBe('paid');
    expect((await provider.checkout(id)).paid).toBe(true);
  });

  it('is the same under the same key, even where the answers are lost, and refused under it for another amount', async () => {
    sandbox().faults.plan(CREATE, 'answerLost');
    const first = await provider.openCheckout(order(), 'checkout:tu_1');
    const again = await provider.openCheckout(order(), 'checkout:tu_1');
    expect(again.id).toBe(first.id);
    expect(Object.keys(sandbox().store.state.sessions)).toHaveLength(1);
    await expect(provider.openCheckout(order('tu_1', 99), 'checkout:tu_1')).rejects.toBeInstanceOf(Error);
  });

  it('is found by its top-up where its answer stays lost', async () => {
    sandbox().faults.plan(CREATE, 'errorAfter');
    await expect(provider.openCheckout(order(), 'checkout:tu_1')).rejects.not.toBeInstanceOf(ProviderRefused);
    await provider.openCheckout(order('tu_2'), 'checkout:tu_2');
    const since = new Date(Date.now() - 60_000);
    expect(await provider.findCheckout({ topUp: 'tu_1', customer, since })).toMatchObject({ topUp: 'tu_1' });
    expect(await provider.findCheckout({ topUp: 'tu_3', customer, since })).toBeUndefined();
  });

  it('is surely refused where the order makes no sense to the provider', async () => {
    await expect(provider.openCheckout({ ...order(), customer: 'cus_nobody' }, 'k')).rejects.toBeInstanceOf(
      ProviderRefused,
    );
  });

  it('answers a second request while the first runs with a conflict', async () => {
    sandbox().faults.plan(CREATE, 'slow');
    const headers = {
      authorization: `Bearer ${SECRET_KEY}`,
      'idempotency-key': 'same',
      'content-type': 'application/x-www-form-urlencoded',
    };
    const ask = () => fetch(`${apiUrl()}/v1/checkout/sessions`, { method: 'POST', headers, body: 'mode=payment' });
    const answers = Promise.race([ask(), ask()]);
    expect((await answers).status).toBe(409);
    sandbox().faults.release();
  });
});

describe('the sandbox', () => {
  let dir = '';
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'sandbox-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('remembers what happened when it starts again', async () => {
    const options = {
      secretKey: SECRET_KEY,
      webhookSecret: WEBHOOK_SECRET,
      webhookUrl: 'http://127.0.0.1:9/',
      payUrl: 'http://127.0.0.1:9',
      file: join(dir, 'deep', 'sandbox.json'),
    };
    const before = createSandbox(options);
    const there = createStripeProvider({ secretKey: SECRET_KEY, webhookSecrets: [], apiUrl: await before.listen(0) });
    const cus = await there.createCustomer({ account: 'acc_1', workspace: 'ws_1', name: 'Marketing', key: 'c' });
    const { id } = await there.openCheckout({ ...order(), customer: cus }, 'k');
    before.pay(id, GOOD_CARD);
    await before.close();

    const after = createSandbox(options);
    expect(after.session(id)?.session.status).toBe('complete');
    expect(after.truth().takenMinor).toEqual({ GBP: 10_000 });
    expect(after.webhooks.waiting.map(({ type }) => type)).toContain('checkout.session.completed');
  });

  it('lists newest first, by cursor, of one customer', async () => {
    for (const n of [1, 2, 3]) await provider.openCheckout(order(`tu_${n}`), `k${n}`);
    const get = async (query: string) => {
      const headers = { authorization: `Bearer ${SECRET_KEY}` };
      return (await (await fetch(`${apiUrl()}/v1/checkout/sessions?${query}`, { headers })).json()) as {
        data: { id: string }[];
      };
    };
    const first = await get(`customer=${customer}&limit=2`);
    expect(first).toMatchObject({
      has_more: true,
      data: [{ client_reference_id: 'tu_3' }, { client_reference_id: 'tu_2' }],
    });
    expect(await get(`customer=${customer}&starting_after=${first.data[1]!.id}`)).toMatchObject({
      has_more: false,
      data: [{ client_reference_id: 'tu_1' }],
    });
    expect(await get('customer=cus_other')).toMatchObject({ data: [] });
  });
});

describe('a webhook', () => {
  const body = JSON.stringify({
    id: 'evt_1',
    object: 'event',
    type: 'checkout.session.completed',
    data: { object: { id: 'cs_1', object: 'checkout.session', client_reference_id: 'tu_1' } },
  });
  const read = (signature: string, payload = body) => provider.readWebhook(Buffer.from(payload), signature, AT);
  const signedAt = (seconds: number, secret = WEBHOOK_SECRET) =>
    signatureOf(body, secret, new Date(AT.getTime() + seconds * 1000));

  it('is read when signed within five minutes, early or late', () => {
    const hint = { event: 'evt_1', type: 'checkout.session.completed', checkout: 'cs_1', topUp: 'tu_1' };
    expect(read(signedAt(0))).toEqual(hint);
    expect(read(signedAt(-299))).toEqual(hint);
    expect(read(signedAt(299))).toEqual(hint);
  });

  it.each([
    ['too old', () => signedAt(-302)],
    ['from the future', () => signedAt(302)],
    ['a future stamp behind a present one', () => `t=${AT.getTime() / 1000},${signedAt(9_000)}`],
    ['signed with another secret', () => signedAt(0, 'whsec_other')],
    ['unsigned', () => ''],
    ['without a time', () => signedAt(0).replace(/^t=\d+,/, '')],
    ['nonsense', () => 't=abc,v1=def'],
  ])('is not read when %s', (_why, signature) => {
    expect(read(signature())).toBeUndefined();
  });

  it('is not read when a byte of the body differs, or it is no JSON', () => {
    expect(read(signedAt(0), body.replace('tu_1', 'tu_2'))).toBeUndefined();
    expect(read(signatureOf('{', WEBHOOK_SECRET, AT), '{')).toBeUndefined();
  });

  it('is read under the old and the new secret while they are exchanged', () => {
    const rotating = createStripeProvider({
      secretKey: SECRET_KEY,
      webhookSecrets: ['whsec_new', WEBHOOK_SECRET],
      apiUrl: apiUrl(),
    });
    expect(rotating.readWebhook(Buffer.from(body), signedAt(0), AT)).toBeDefined();
    expect(rotating.readWebhook(Buffer.from(body), signedAt(0, 'whsec_new'), AT)).toBeDefined();
  });

  it('of a connected account points at nothing of ours', () => {
    const foreign = JSON.stringify({ ...JSON.parse(body), account: 'acct_other' });
    expect(read(signatureOf(foreign, WEBHOOK_SECRET, AT), foreign)).toEqual({
      event: 'evt_1',
      type: 'checkout.session.completed',
    });
  });
});
