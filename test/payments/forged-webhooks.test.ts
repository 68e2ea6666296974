import { describe, expect, it } from '@jest/globals';
import { signatureOf } from '../../src/payments/sandbox/webhooks.js';
import { referenceOf } from '../../src/payments/top-up.js';
import { WEBHOOK_SECRET } from './harness.js';
import { ask, askAndPay, AT, balance, product, runAs, sandbox, start, useTopUps } from './top-up-world.js';

useTopUps();

describe('a forged webhook', () => {
  const post = (body: string, signature: string) =>
    fetch(`${product()}/payments/webhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'stripe-signature': signature },
      body,
    });

  it('is refused and credits nothing', async () => {
    const { topUp } = await ask();
    const paid = {
      id: topUp.checkoutId,
      object: 'checkout.session',
      client_reference_id: referenceOf(topUp),
      payment_status: 'paid',
      amount_total: 10_000,
    };
    const body = JSON.stringify({
      id: 'evt_f',
      object: 'event',
      type: 'checkout.session.completed',
      data: { object: paid },
    });
    for (const signature of [
      '',
      't=1,v1=00',
      signatureOf(body, 'whsec_guess', AT()),
      signatureOf(`${body} `, WEBHOOK_SECRET, AT()),
    ]) {
      expect((await post(body, signature)).status).toBe(400);
    }
    expect(await balance()).toBe(0);
  });

  it('even well signed is no more than a hint: the provider is asked whether it was paid', async () => {
    const { topUp } = await ask();
    const paid = {
      id: topUp.checkoutId,
      object: 'checkout.session',
      client_reference_id: referenceOf(topUp),
      payment_status: 'paid',
    };
    const body = JSON.stringify({
      id: 'evt_f',
      object: 'event',
      type: 'checkout.session.completed',
      data: { object: paid },
    });
    expect((await post(body, signatureOf(body, WEBHOOK_SECRET, AT()))).status).toBe(200);
    expect(await balance()).toBe(0);
  });

  it('is asked for again when it could not be settled', async () => {
    await askAndPay();
    runAs(start({ checkout: () => Promise.reject(new Error('the provider is away')) }));
    expect((await sandbox().webhooks.deliver()).some((status) => status === 500)).toBe(true);
    expect(sandbox().webhooks.waiting.length).toBeGreaterThan(0);
    expect(await balance()).toBe(0);
  });
});
