import { describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import type { AutomaticDeps } from '../../../src/payments/automatic/charge.js';
import { checkAfterSpend, runAutomatic } from '../../../src/payments/automatic/run.js';
import { endAutomatic, pauseAutomatic, resumeAutomatic } from '../../../src/payments/automatic/settings.js';
import { disableWorkspace, enableWorkspace } from '../../../src/workspace/workspaces.js';
import {
  at,
  BELOW,
  CARDS,
  CHARGE,
  company,
  DAY,
  expectCharged,
  has,
  HOUR,
  later,
  ledger,
  MINUTE,
  payments,
  replica,
  sandbox,
  saveCard,
  set,
  spends,
  state,
  sweep,
  told,
  useAutomaticPayments,
} from './world.js';

useAutomaticPayments();

/** A process that is gone at that step: whatever would have come after it never comes. */
function dying(step: (die: () => Promise<never>) => Partial<AutomaticDeps>): {
  deps: AutomaticDeps;
  died: Promise<void>;
} {
  let dead = (): void => undefined;
  const died = new Promise<void>((resolve) => {
    dead = resolve;
  });
  const die = (): Promise<never> => {
    dead();
    return new Promise(() => undefined);
  };
  return { deps: replica(step(die)), died };
}

const STEPS: Readonly<Record<string, (die: () => Promise<never>) => Partial<AutomaticDeps>>> = {
  'before the card is looked up': (die) => ({ payments: { ...payments, savedCard: die } }),
  'after the charge was planned, before it was asked for': (die) => ({ payments: { ...payments, chargeCard: die } }),
  'after the charge, before its end was written': (die) => ({
    payments: {
      ...payments,
      async chargeCard(order) {
        await payments.chargeCard(order);
        return die();
      },
    },
  }),
};

describe('a process that dies', () => {
  for (const [when, step] of Object.entries(STEPS)) {
    test(`${when}: another makes the charge, or sees that it is made`, async () => {
      saveCard(CARDS.good);
      await has(1_000);
      await set({ below: BELOW });
      const { deps, died } = dying(step);
      void sweep(deps);
      await died;
      await sweep();
      await later(2 * MINUTE);
      await later(2 * MINUTE);
      await expectCharged(5_000);
      expect((await state())?.charge).toBeUndefined();
    });

    test(`${when}, in a recharge: the month is charged once`, async () => {
      saveCard(CARDS.good);
      await set({ monthly: { amountMinor: 10_000, day: 20 } });
      const { deps, died } = dying(step);
      void later(4 * DAY, deps);
      await died;
      await later(2 * MINUTE);
      await later(2 * MINUTE);
      await expectCharged(10_000);
    });
  }

  test('after a decline, before it was written and told: it is told once, and not tried at once again', async () => {
    saveCard(CARDS.declinedLater);
    await has(1_000);
    await set({ below: BELOW });
    // Without a process, the database takes back what was not committed.
    await sweep(replica({ tell: () => Promise.reject(new Error('killed')) }));
    expect(await told()).toEqual([]);
    await later(2 * MINUTE);
    expect((await told()).filter((text) => text.startsWith('channel'))).toHaveLength(1);
    expect(sandbox().payments()).toHaveLength(1);
    expect((await state())?.declines).toBe(1);
  });
});

describe('a charge that was decided upon and not made, and is wanted no more', () => {
  const byOlivia = () => ({ workspace: company.marketing, by: company.olivia.id, at: at() });
  const place = () => ({
    account: company.account.id,
    workspace: company.marketing.id,
    by: company.olivia.id,
    at: at(),
  });
  const WAYS = [
    ['paused', () => pauseAutomatic(byOlivia()), () => resumeAutomatic(byOlivia())],
    ['turned off', () => endAutomatic(byOlivia()), () => set({ below: BELOW })],
    ['disabled', () => disableWorkspace(place()), () => enableWorkspace(place())],
  ] as const;

  async function decided(step: Parameters<typeof dying>[0]): Promise<void> {
    saveCard(CARDS.good);
    await has(1_000);
    await set({ below: { ...BELOW, monthlyMaxMinor: 5_000 } });
    const { deps, died } = dying(step);
    void sweep(deps);
    await died;
  }

  // Fails where a charge that was planned is asked for whatever people have said since (tried).
  test.each(WAYS)('as payments are %s: it is left out, and decided upon anew afterwards', async (_how, stop, goOn) => {
    await decided(STEPS['after the charge was planned, before it was asked for']!);
    await stop();
    await sweep();
    await later(DAY);
    await expectCharged();
    expect(await state()).toMatchObject({ tally: { minor: 0 } });
    expect((await state())?.charge).toBeUndefined();
    await goOn();
    await later(HOUR);
    await expectCharged(5_000);
  });

  test('by nobody, also where whoever decided is slow and asks for it after the pause', async () => {
    saveCard(CARDS.good);
    await has(1_000);
    await set({ below: BELOW });
    await sweep(
      replica({
        payments: {
          ...payments,
          async chargeCard(order) {
            await pauseAutomatic(byOlivia());
            await sweep();
            return payments.chargeCard(order);
          },
        },
      }),
    );
    await later(DAY);
    await expectCharged();
    expect(await told()).toEqual([]);
  });

  test.each([
    ['errorBefore', []],
    ['answerLost', [5_000]],
  ] as const)('but was asked for (%s): it is looked for, and never asked for again', async (fault, charged) => {
    saveCard(CARDS.good);
    await has(1_000);
    await set({ below: BELOW });
    sandbox().faults.plan(CHARGE, fault, 3);
    await runAutomatic(replica(), { at: at() });
    await pauseAutomatic(byOlivia());
    await later(MINUTE);
    await later(HOUR);
    await later(MINUTE);
    await expectCharged(...charged);
    expect((await state())?.charge).toBeUndefined();
  });
});

describe("the provider's answer", () => {
  test.each(['answerLost', 'errorAfter', 'errorBefore', 'rateLimited'] as const)(
    '%s, three times over: one charge',
    async (fault) => {
      saveCard(CARDS.good);
      await has(1_000);
      await set({ below: BELOW });
      sandbox().faults.plan(CHARGE, fault, 3);
      await sweep();
      for (let i = 0; i < 3; i++) await later(2 * MINUTE);
      await expectCharged(5_000);
      await later(DAY);
      await later(DAY);
      await expectCharged(5_000);
    },
  );

  test('lost for longer than the provider keeps keys: the charge is looked up, never made again', async () => {
    saveCard(CARDS.good);
    await has(1_000);
    await set({ below: BELOW });
    const { deps, died } = dying(STEPS['after the charge, before its end was written']!);
    void sweep(deps);
    await died;
    await mongoose.connection
      .collection('top_ups')
      .updateOne({ 'automatic.kind': 'below' }, { $set: { state: 'open' }, $unset: { settledAt: 1, balanceMinor: 1 } });
    await later(2 * DAY);
    await later(2 * MINUTE);
    await expectCharged(5_000);
  });

  // Fails where a charge's end is not followed by a look at the balance (tried).
  test('late, and the money spent when it is known: the next is charged at once', async () => {
    saveCard(CARDS.good);
    await has(1_000);
    await set({ below: BELOW });
    sandbox().slowPayments(1);
    await sweep();
    sandbox().endPayment(sandbox().payments()[0]!.intent.id, true);
    await payments.reconcile(at());
    await spends(5_500);
    await later(MINUTE);
    await expectCharged(5_000, 5_000);
  });

  test('that the money is on its way: nothing else is charged until it is there, or not', async () => {
    saveCard(CARDS.good);
    await has(1_000);
    await set({ below: BELOW });
    sandbox().slowPayments(1);
    await sweep();
    await later(DAY);
    await later(DAY);
    expect(sandbox().payments()).toHaveLength(1);
    sandbox().endPayment(sandbox().payments()[0]!.intent.id, true);
    await later(2 * MINUTE);
    await expectCharged(5_000);
  });
});

describe('several at once', () => {
  test('sweeps and checks after spends of five replicas charge once', async () => {
    saveCard(CARDS.good);
    await has(10_000);
    await set({ below: BELOW });
    await spends(9_000);
    const once = { at: at() };
    await Promise.all(
      Array.from({ length: 5 }, () => [
        sweep(replica()),
        checkAfterSpend(replica(), [company.marketing.id], once),
      ]).flat(),
    );
    await later(2 * MINUTE);
    await expectCharged(5_000);
  });

  test('the recharge and the top-up that are due in the same moment go one after the other', async () => {
    saveCard(CARDS.good);
    await has(1_000);
    await set({ below: { belowMinor: 2_000, addMinor: 5_000 }, monthly: { amountMinor: 10_000, day: 16 } });
    await mongoose.connection
      .collection('automatic_payments')
      .updateOne({ _id: company.marketing.id as never }, { $set: { recharged: '2026-10', rechargeAt: at() } });
    await Promise.all([sweep(), sweep(), sweep()]);
    await later(2 * MINUTE);
    await expectCharged(10_000);
  });

  // Fails where the balances are read before the documents: the stale balance then meets a document that is up to date.
  test('one that read the balance before another had charged does not charge too', async () => {
    saveCard(CARDS.good);
    await has(1_000);
    await set({ below: BELOW });
    const slow = replica({
      ledger: {
        ...ledger(),
        async heads(wallets) {
          const stale = await ledger().heads(wallets);
          await sweep();
          return stale;
        },
      },
    });
    await sweep(slow);
    await expectCharged(5_000);
  });

  // Fails where the document's version is not looked at when the charge is written into it.
  test('one that decided before somebody paused neither charges nor takes the pause back', async () => {
    saveCard(CARDS.good);
    await has(1_000);
    await set({ below: BELOW });
    const slow = replica({
      ledger: {
        ...ledger(),
        async heads(wallets) {
          await pauseAutomatic({ workspace: company.marketing, by: company.olivia.id, at: at() });
          return ledger().heads(wallets);
        },
      },
    });
    await sweep(slow);
    await expectCharged();
    expect((await state())?.paused).toMatchObject({ why: 'person' });
  });

  test('the database takes no second automatic top-up of a workspace while one is open', async () => {
    saveCard(CARDS.good);
    const { account, marketing, olivia } = company;
    const order = { account: account.id, workspace: marketing.id, amountMinor: 5_000, currency: 'GBP', by: olivia.id };
    sandbox().slowPayments(1);
    await payments.chargeCard({ ...order, key: 'a', at: at(), automatic: { kind: 'below', cause: 'below:1' } });
    await has(1_000);
    await set({ below: BELOW });
    await sweep();
    await later(2 * MINUTE);
    expect(sandbox().payments()).toHaveLength(1);
    sandbox().endPayment(sandbox().payments()[0]!.intent.id, true);
    await later(2 * MINUTE);
    await later(2 * MINUTE);
    expect(sandbox().payments()).toHaveLength(1);
  });
});
