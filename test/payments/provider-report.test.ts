import { describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { verifyClearing } from '../../src/ledger/verify-clearing.js';
import { createProviderReport } from '../../src/payments/provider-report.js';
import { referenceOf } from '../../src/payments/top-up.js';
import { GOOD_CARD } from './harness.js';
import {
  ask,
  AT,
  charge,
  ledger,
  order,
  payments,
  product,
  provider,
  sandbox,
  saveCard,
  storedTopUp,
  suspended,
  workspace,
  useTopUps,
} from './top-up-world.js';

useTopUps();

/** When all of it has settled. */
const later = (hours = 2) => new Date(AT().getTime() + hours * 3_600_000);

async function compared(when = later()) {
  const db = mongoose.connection.db!;
  const { movements, findings } = await verifyClearing(db, createProviderReport(provider), {
    at: when,
    account: workspace.account,
  });
  return { movements, findings: findings.map(({ detail }) => detail) };
}

describe('what the provider has of us is what the ledger has of it', () => {
  test('over payments, refunds, disputes and suspense', async () => {
    await saveCard();
    const paid = await Promise.all([1, 2].map(async (n) => (await charge(`click_${n}`, n * 1_000)).topUp));
    sandbox().refund(paid[0]!.paymentId!, 400);
    const dispute = sandbox().dispute(paid[1]!.paymentId!);
    sandbox().closeDispute(dispute.id, true);
    const { topUp } = await ask('click_3');
    sandbox().store.state.sessions[topUp.checkoutId!]!.amount_total = 12_300;
    sandbox().pay(topUp.checkoutId!, GOOD_CARD);
    await sandbox().webhooks.deliver();
    expect(await compared()).toEqual({ movements: 6, findings: [] });
  });

  test('also where a top-up was paid twice: the second payment is in suspense, with an amount of its own', async () => {
    const { topUp } = await ask('click_1', 10_000);
    sandbox().pay(topUp.checkoutId!, GOOD_CARD);
    await sandbox().webhooks.deliver();
    const { customer } = (await storedTopUp(topUp.id))!;
    const { account, id } = workspace;
    const page = { topUp: referenceOf(topUp), account, workspace: id, customer: customer as string, currency: 'GBP' };
    const urls = { successUrl: product(), cancelUrl: product() };
    const second = await provider.openCheckout({ ...page, ...urls, amountMinor: 4_000, description: 'x' }, 'second');
    sandbox().pay(second.id, GOOD_CARD);
    await sandbox().webhooks.deliver();
    expect(await suspended()).toBe(4_000);
    expect(await compared()).toEqual({ movements: 2, findings: [] });
    expect((await payments.compareClearing(later())).findings).toEqual([]);
  });

  test('finds a top-up that nobody paid', async () => {
    await saveCard();
    await charge('click_1', 1_000);
    const { at } = order();
    const forged = { key: 'topup:tu_forged', kind: 'topup', amountMinor: 9_900, contra: 'provider', at } as const;
    await ledger().post({ wallet: workspace.id, ...forged });
    expect((await compared()).findings).toEqual([
      `${workspace.account} GBP: entries of 9900 that the provider has nothing of`,
    ]);
  });

  test('finds money that is not in the ledger, once it must be, and another amount than ours', async () => {
    await saveCard();
    const { topUp } = await charge('click_1', 1_000);
    sandbox().webhooks.lose();
    sandbox().refund(topUp.paymentId!, 400);
    expect((await compared(later(0))).findings).toEqual([]);
    expect((await compared()).findings).toEqual([
      expect.stringMatching(/^refund re_.*: the provider has -400 GBP, the ledger nothing$/),
    ]);
    const charged = Object.values(sandbox().store.state.charges).find(
      ({ payment_intent }) => payment_intent === topUp.paymentId,
    )!;
    charged.amount = 900;
    expect((await compared()).findings).toContainEqual(
      expect.stringMatching(/^taken .*: the provider has 900 GBP, the ledger 1000 GBP against provider$/),
    );
  });
});
