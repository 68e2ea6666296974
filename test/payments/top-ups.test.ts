import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { newId } from '../../src/id.js';
import { paymentPages } from '../../src/pages/payment-pages.js';
import { createPayments, markTopUpTold, type Payments, untoldTopUps } from '../../src/payments/payments.js';
import type { PaymentProvider } from '../../src/payments/provider.js';
import { signatureOf } from '../../src/payments/sandbox/webhooks.js';
import { createStripeProvider } from '../../src/payments/stripe.js';
import { referenceOf, type TopUp } from '../../src/payments/top-up.js';
import type { Workspace } from '../../src/workspace/entities.js';
import { disableWorkspace } from '../../src/workspace/workspaces.js';
import { useDatabase } from '../support/database.js';
import { expectLedgerSound, useLedger } from '../support/ledger.js';
import { DECLINED_CARD, GOOD_CARD, SECRET_KEY, useProduct, useSandbox, WEBHOOK_SECRET } from './harness.js';
import { newWorkspace } from './workspace-fixture.js';

useDatabase();
const ledger = useLedger();
const product = useProduct((app) => {
  app.use((request, response, next) => payments.routes(request, response, next));
  app.use(paymentPages({ payments: { settle: (id, at) => payments.settle(id, at) }, log: silent }));
});
const { sandbox, apiUrl } = useSandbox(product);

const CREATE = 'POST /v1/checkout/sessions';
const AT = () => new Date();
const HOURS = 60 * 60 * 1000;
const silent = {
  error: (details: Readonly<Record<string, unknown>>, message: string) => void told.push({ ...details, message }),
};
let told: Record<string, unknown>[] = [];
let settled = 0;
let provider: PaymentProvider;
let payments: Payments;
let workspace: Workspace;

function start(over: Partial<PaymentProvider> = {}): Payments {
  const onSettled = () => void settled++;
  return createPayments({
    provider: { ...provider, ...over },
    ledger: ledger(),
    publicUrl: product(),
    log: silent,
    onSettled,
  });
}

beforeEach(async () => {
  await mongoose.connection.collection('top_ups').deleteMany({});
  told = [];
  settled = 0;
  provider = createStripeProvider({ secretKey: SECRET_KEY, webhookSecrets: [WEBHOOK_SECRET], apiUrl: apiUrl() });
  payments = start();
  workspace = await newWorkspace(ledger());
});
afterEach(expectLedgerSound);

const ask = (key = 'click_1', amountMinor = 10_000) =>
  payments.startTopUp({
    account: workspace.account,
    workspace: workspace.id,
    amountMinor,
    currency: 'GBP',
    by: 'p_olivia',
    key,
    at: AT(),
  });
const balance = async () => (await ledger().head(workspace.id))?.balanceMinor;
const suspended = async (currency = 'GBP') =>
  (await ledger().head(`sys:${workspace.account}:${currency}:suspense`))?.balanceMinor;
const credits = async () => (await ledger().history(workspace.id, { limit: 50, kind: 'topup' })).entries;
const storedTopUp = (id: string) => mongoose.connection.collection('top_ups').findOne({ _id: id as never });

async function askAndPay(): Promise<TopUp> {
  const { topUp } = await ask();
  sandbox().pay(topUp.checkoutId!, GOOD_CARD);
  return topUp;
}

describe('a top-up by link', () => {
  it('is asked, paid and credited by the webhook, under its own key and with who added it', async () => {
    const { topUp, url } = await ask();
    expect(topUp).toMatchObject({ state: 'open', workspaceName: 'Marketing', told: false });
    expect(url).toContain('/sandbox/pay/');
    sandbox().pay(topUp.checkoutId!, GOOD_CARD);
    expect(new Set(await sandbox().webhooks.deliver())).toEqual(new Set([200]));

    expect(await balance()).toBe(10_000);
    expect(await credits()).toMatchObject([
      { key: `topup:${topUp.id}`, amountMinor: 10_000, person: 'p_olivia', contra: 'provider' },
    ]);
    expect(settled).toBeGreaterThan(0);
    const [untold] = await untoldTopUps(10);
    expect(untold).toMatchObject({ id: topUp.id, state: 'credited', balanceMinor: 10_000, by: 'p_olivia' });
    await markTopUpTold(untold!);
    expect(await untoldTopUps(10)).toEqual([]);
  });

  it('is credited by the returning payer alone, when every webhook is lost', async () => {
    const topUp = await askAndPay();
    sandbox().webhooks.lose();
    const page = await (await fetch(`${product()}/payments/return?top_up=${referenceOf(topUp)}`)).text();
    expect(page).toContain('£100.00 added to Marketing');
    expect(await balance()).toBe(10_000);
  });

  it('is credited by the reconciler alone, in one cycle', async () => {
    await askAndPay();
    sandbox().webhooks.lose();
    expect(await payments.reconcile(AT())).toMatchObject({ credited: 1, troubled: 0 });
    expect(await balance()).toBe(10_000);
    expect(await payments.reconcile(AT())).toMatchObject({ looked: 0 });
  });

  it.each([
    ['doubled', { copies: 3 }],
    ['reordered', { reversed: true }],
    ['reordered and doubled', { reversed: true, copies: 2 }],
  ])('is credited once when webhooks come %s', async (_how, how) => {
    await askAndPay();
    await sandbox().webhooks.deliver(how);
    expect(await credits()).toHaveLength(1);
  });

  it('is credited once when webhook, return page, reconciler and a second process race', async () => {
    const topUp = await askAndPay();
    const other = start();
    await Promise.all([
      sandbox().webhooks.deliver({ copies: 2 }),
      payments.settle(referenceOf(topUp), AT()),
      other.settle(referenceOf(topUp), AT()),
      payments.reconcile(AT()),
      other.reconcile(AT()),
    ]);
    expect(await credits()).toHaveLength(1);
    expect(await balance()).toBe(sandbox().truth().takenMinor['GBP']);
  });

  it('is credited although the workspace was disabled meanwhile', async () => {
    const topUp = await askAndPay();
    await disableWorkspace({ account: workspace.account, workspace: workspace.id, by: 'p_olivia', at: AT() });
    await payments.settle(referenceOf(topUp), AT());
    expect(await balance()).toBe(10_000);
  });

  it('is one top-up however often its button is pressed, and refuses the button for another amount', async () => {
    const [first, second] = await Promise.all([ask(), ask()]);
    expect(second.topUp.id).toBe(first.topUp.id);
    expect((await ask()).url).toBe(first.url);
    expect(Object.keys(sandbox().store.state.sessions)).toHaveLength(1);
    await expect(ask('click_1', 5_000)).rejects.toMatchObject({ reason: { kind: 'keyConflict' } });
  });

  it('shares the workspace’s one customer with the next', async () => {
    await ask('click_1');
    await ask('click_2');
    expect(Object.keys(sandbox().store.state.customers)).toHaveLength(1);
  });

  it('leads to its end when pressed again after that', async () => {
    const topUp = await askAndPay();
    await payments.settle(referenceOf(topUp), AT());
    expect((await ask()).url).toBe(`${product()}/payments/return?top_up=${referenceOf(topUp)}`);
  });

  it('refuses another currency and more than a payment can be', async () => {
    const order = { account: workspace.account, workspace: workspace.id, by: 'p_olivia', key: 'k', at: AT() };
    await expect(payments.startTopUp({ ...order, amountMinor: 100, currency: 'EUR' })).rejects.toMatchObject({
      reason: { kind: 'badAmount', why: 'otherCurrency' },
    });
    await expect(payments.startTopUp({ ...order, amountMinor: 100_000_000, currency: 'GBP' })).rejects.toMatchObject({
      reason: { kind: 'badAmount', why: 'tooLarge' },
    });
  });
});

describe('many top-ups', () => {
  it('add up to what the provider took, whatever becomes of the webhooks, after one reconciliation', async () => {
    const asked = await Promise.all(Array.from({ length: 12 }, (_, index) => ask(`click_${index}`, 1_000 + index)));
    for (const [index, { topUp }] of asked.entries()) {
      if (index % 4 !== 0) sandbox().pay(topUp.checkoutId!, GOOD_CARD);
    }
    sandbox().webhooks.lose((_event, index) => index % 3 === 0);
    await sandbox().webhooks.deliver({ reversed: true, copies: 2 });
    await payments.reconcile(AT());

    expect(await balance()).toBe(sandbox().truth().takenMinor['GBP']);
    expect((await credits()).map(({ key }) => key).sort()).toEqual(
      sandbox()
        .truth()
        .payments.map(({ topUp }) => `topup:${topUp?.split('.')[1]}`)
        .sort(),
    );
    expect(told).toEqual([]);
  });
});

describe('a top-up that is not paid', () => {
  it('stays open after a declined card, remembers why, and may still be paid', async () => {
    const { topUp } = await ask();
    sandbox().pay(topUp.checkoutId!, DECLINED_CARD);
    await sandbox().webhooks.deliver();
    expect(await storedTopUp(topUp.id)).toMatchObject({ state: 'open', decline: { code: 'generic_decline' } });
    expect(await (await fetch(`${product()}/payments/return?top_up=${referenceOf(topUp)}`)).text()).toContain(
      'Your card was declined',
    );
    sandbox().pay(topUp.checkoutId!, GOOD_CARD);
    await sandbox().webhooks.deliver();
    expect(await balance()).toBe(10_000);
  });

  it('expires, and is told so', async () => {
    const { topUp } = await ask();
    sandbox().store.state.sessions[topUp.checkoutId!]!.expires_at = 0;
    await payments.reconcile(AT());
    expect(await untoldTopUps(10)).toMatchObject([{ id: topUp.id, state: 'expired' }]);
    expect(await balance()).toBe(0);
  });

  it('is not found by a made-up address, and nothing breaks', async () => {
    const { topUp } = await ask();
    for (const made of ['', 'x', `acc_other.${topUp.id}`, `${referenceOf(topUp)}.1`, '%24gt', '.']) {
      expect((await fetch(`${product()}/payments/return?top_up=${made}`)).status).toBe(404);
    }
    expect((await fetch(`${product()}/payments/return?top_up[$gt]=1&left=1`)).status).toBe(404);
  });

  it('is told again when its money arrives after all', async () => {
    const { topUp } = await ask();
    const session = sandbox().store.state.sessions[topUp.checkoutId!]!;
    session.status = 'expired';
    await payments.settle(referenceOf(topUp), AT());
    const [expired] = await untoldTopUps(10);
    session.status = 'open';
    sandbox().pay(topUp.checkoutId!, GOOD_CARD);
    await sandbox().webhooks.deliver();
    await markTopUpTold(expired!);
    expect(await untoldTopUps(10)).toMatchObject([{ id: topUp.id, state: 'credited' }]);
    expect(await balance()).toBe(10_000);
  });

  it('is declined for good when it expires after a refused card', async () => {
    const { topUp } = await ask();
    sandbox().pay(topUp.checkoutId!, DECLINED_CARD);
    sandbox().store.state.sessions[topUp.checkoutId!]!.expires_at = 0;
    expect(await payments.settle(referenceOf(topUp), AT())).toMatchObject({ state: 'declined' });
  });
});

describe('a crash or a lost answer', () => {
  it('between the intent and the call is made good by the reconciler', async () => {
    const dying = start({ createCustomer: () => Promise.reject(new Error('killed')) });
    payments = dying;
    await expect(ask()).rejects.toThrow('killed');
    payments = start();
    await payments.reconcile(AT());
    const { topUp, url } = await ask();
    expect(url).toContain('/sandbox/pay/');
    expect(topUp.state).toBe('open');
  });

  it('after the page was made finds that page, and never makes another', async () => {
    sandbox().faults.plan(CREATE, 'errorAfter');
    await expect(ask()).rejects.toBeInstanceOf(Error);
    const { topUp } = await ask();
    expect(Object.keys(sandbox().store.state.sessions)).toEqual([topUp.checkoutId]);
  });

  it('is credited by a webhook that comes before the page’s answer was ever seen', async () => {
    sandbox().faults.plan(CREATE, 'errorAfter');
    await expect(ask()).rejects.toBeInstanceOf(Error);
    sandbox().pay(Object.keys(sandbox().store.state.sessions)[0]!, GOOD_CARD);
    await sandbox().webhooks.deliver();
    expect(await balance()).toBe(10_000);
    await payments.reconcile(AT());
    expect(await credits()).toHaveLength(1);
  });

  it('that left no page behind closes the top-up once the provider may have forgotten the key', async () => {
    sandbox().faults.plan(CREATE, 'errorBefore', 3);
    await expect(ask()).rejects.toBeInstanceOf(Error);
    await payments.reconcile(new Date(Date.now() + 25 * HOURS));
    expect(await untoldTopUps(10)).toMatchObject([{ state: 'expired' }]);
    expect(sandbox().store.state.sessions).toEqual({});
  });

  it('between the credit and its mark on the top-up credits no second time', async () => {
    const topUp = await askAndPay();
    await payments.settle(referenceOf(topUp), AT());
    await mongoose.connection
      .collection('top_ups')
      .updateOne({ _id: topUp.id as never }, { $set: { state: 'open' }, $unset: { settledAt: 1, balanceMinor: 1 } });
    expect(await payments.settle(referenceOf(topUp), AT())).toMatchObject({ state: 'credited', balanceMinor: 10_000 });
    expect(await credits()).toHaveLength(1);
  });

  it('of the provider leaves the others to be looked at', async () => {
    const { topUp } = await ask('click_1');
    await ask('click_2');
    sandbox().pay(topUp.checkoutId!, GOOD_CARD);
    delete sandbox().store.state.sessions[(await ask('click_2')).topUp.checkoutId!];
    expect(await payments.reconcile(AT())).toMatchObject({ looked: 2, credited: 1, troubled: 1 });
  });
});

describe('money that does not fit', () => {
  it.each([
    ['another amount', { amount_total: 12_300 }, { amount: 12_300 }, 'GBP', 12_300],
    ['another currency', { currency: 'eur' }, { currency: 'eur' }, 'EUR', 10_000],
    ['the marks of another workspace', { metadata: { account: 'acc_x', workspace: 'ws_x' } }, {}, 'GBP', 10_000],
  ])('with %s goes to suspense and to the operator, once', async (_what, session, intent, currency, amount) => {
    const { topUp } = await ask();
    Object.assign(sandbox().store.state.sessions[topUp.checkoutId!]!, session);
    sandbox().pay(topUp.checkoutId!, GOOD_CARD);
    expect(Object.values(sandbox().store.state.paymentIntents)[0]).toMatchObject(intent);
    await sandbox().webhooks.deliver({ copies: 2 });
    await payments.reconcile(AT());

    expect(await balance()).toBe(0);
    expect(await suspended(currency)).toBe(amount);
    expect(told).toContainEqual(expect.objectContaining({ checkout: topUp.checkoutId, amountMinor: amount, currency }));
    expect(await untoldTopUps(10)).toMatchObject([{ id: topUp.id, state: 'suspense' }]);
  });

  it('for a top-up that is not known is kept for its account', async () => {
    const topUp = await askAndPay();
    await mongoose.connection.collection('top_ups').deleteOne({ _id: topUp.id as never });
    await sandbox().webhooks.deliver();
    expect(await suspended()).toBe(10_000);
  });

  it('from a second page of a top-up is kept beside its credit', async () => {
    const topUp = await askAndPay();
    await sandbox().webhooks.deliver();
    const { customer } = (await storedTopUp(topUp.id))!;
    const second = await provider.openCheckout(
      {
        topUp: referenceOf(topUp),
        account: workspace.account,
        workspace: workspace.id,
        customer,
        amountMinor: 10_000,
        currency: 'GBP',
        description: 'x',
        successUrl: product(),
        cancelUrl: product(),
      },
      newId('key'),
    );
    sandbox().pay(second.id, GOOD_CARD);
    await sandbox().webhooks.deliver();
    expect([await balance(), await suspended()]).toEqual([10_000, 10_000]);
    expect(await storedTopUp(topUp.id)).toMatchObject({ state: 'credited' });
  });

  it('of test mode never becomes real balance', async () => {
    payments = start({ livemode: true });
    const topUp = await askAndPay();
    await sandbox().webhooks.deliver();
    expect(await payments.settle(referenceOf(topUp), AT())).toMatchObject({ state: 'open' });
    expect([await balance(), await suspended()]).toEqual([0, undefined]);
  });
});

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
    payments = start({ checkout: () => Promise.reject(new Error('the provider is away')) });
    expect((await sandbox().webhooks.deliver()).some((status) => status === 500)).toBe(true);
    expect(sandbox().webhooks.waiting.length).toBeGreaterThan(0);
    expect(await balance()).toBe(0);
  });
});
