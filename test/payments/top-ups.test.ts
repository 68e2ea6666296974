import { describe, expect, it } from '@jest/globals';
import { markTopUpTold, untoldTopUps } from '../../src/payments/telling.js';
import { referenceOf } from '../../src/payments/top-up.js';
import { disableWorkspace } from '../../src/workspace/workspaces.js';
import { GOOD_CARD } from './harness.js';
import {
  ask,
  askAndPay,
  AT,
  balance,
  credits,
  payments,
  product,
  sandbox,
  settled,
  start,
  told,
  workspace,
  useTopUps,
} from './top-up-world.js';

useTopUps();

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
