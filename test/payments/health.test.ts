import { describe, expect, it } from '@jest/globals';
import mongoose from 'mongoose';
import { paymentHealth } from '../../src/payments/health.js';
import { GOOD_CARD } from './harness.js';
import { ask, AT, charge, payments, sandbox, saveCard, useTopUps } from './top-up-world.js';

useTopUps();

const MINUTES = 60_000;
const later = (minutes: number) => new Date(Date.now() + minutes * MINUTES);

describe('the health of payments', () => {
  it('counts a charge of unknown outcome after ten minutes, until it is settled', async () => {
    await saveCard();
    sandbox().faults.plan('POST /v1/payment_intents', 'errorBefore', 3);
    await expect(charge()).rejects.toBeInstanceOf(Error);
    expect(await paymentHealth(later(9))).toEqual({ stuck: 0, suspended: 0 });
    expect(await paymentHealth(later(11))).toEqual({ stuck: 1, suspended: 0 });
    await payments.reconcile(AT());
    expect(await paymentHealth(later(11))).toEqual({ stuck: 0, suspended: 0 });
  });

  it('does not count a page that nobody has paid yet', async () => {
    await ask();
    expect(await paymentHealth(later(600))).toEqual({ stuck: 0, suspended: 0 });
  });

  it('counts what waits in suspense', async () => {
    const { topUp } = await ask();
    sandbox().store.state.sessions[topUp.checkoutId!]!.amount_total = 12_300;
    sandbox().pay(topUp.checkoutId!, GOOD_CARD);
    await sandbox().webhooks.deliver();
    expect(await paymentHealth(AT())).toEqual({ stuck: 0, suspended: 1 });
  });

  it('is asked of the unfinished top-ups alone, however many there ever were', async () => {
    const db = mongoose.connection.db!;
    await saveCard();
    await charge();
    await db.command({ profile: 2 });
    await paymentHealth(AT());
    await db.command({ profile: 0 });
    const looked = await db
      .collection('system.profile')
      .find({ ns: `${db.databaseName}.top_ups` })
      .toArray();
    expect(looked.map(({ planSummary, docsExamined }) => ({ planSummary, docsExamined }))).toEqual([
      { planSummary: 'IXSCAN { lookedAt: 1 }', docsExamined: 0 },
      { planSummary: 'IXSCAN { lookedAt: 1 }', docsExamined: 0 },
    ]);
  });
});
