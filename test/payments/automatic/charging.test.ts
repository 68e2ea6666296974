import { describe, expect, test } from '@jest/globals';
import { createAlertWatch } from '../../../src/notices/alerts/alert-watch.js';
import { checkAfterSpend } from '../../../src/payments/automatic/run.js';
import { endAutomatic, pauseAutomatic, resumeAutomatic } from '../../../src/payments/automatic/settings.js';
import { disableWorkspace, enableWorkspace } from '../../../src/workspace/workspaces.js';
import {
  at,
  BELOW,
  CARDS,
  company,
  DAY,
  expectCharged,
  has,
  head,
  HOUR,
  later,
  ledger,
  MINUTE,
  replica,
  saveCard,
  set,
  spends,
  state,
  sweep,
  told,
  tries,
  useAutomaticPayments,
} from './world.js';

useAutomaticPayments();

const byOlivia = () => ({ workspace: company.marketing, by: company.olivia.id, at: at() });

describe('auto top-up', () => {
  test('adds right after the spend that fell below, once, and tells the channel', async () => {
    saveCard(CARDS.good);
    await has(10_000);
    await set({ below: BELOW });
    await spends(8_160);
    await checkAfterSpend(replica(), [company.marketing.id], { at: at() });
    await expectCharged(5_000);
    expect((await head())?.balanceMinor).toBe(6_840);
    expect(await told()).toEqual([
      expect.stringMatching(/^channel: £50\.00 added\. Balance £68\.40\.\nAdded automatically/),
    ]);
    await later(DAY);
    await expectCharged(5_000);
  });

  test('is not called for at the threshold itself, only below it', async () => {
    saveCard(CARDS.good);
    await has(2_000);
    await set({ below: BELOW });
    await sweep();
    expect(tries()).toBe(0);
    await spends(1);
    await later(2 * MINUTE);
    await expectCharged(5_000);
  });

  test('counts what is held as gone: what is available decides', async () => {
    saveCard(CARDS.good);
    await has(10_000);
    await set({ below: BELOW });
    await ledger().reserve({ wallet: company.marketing.id, hold: 'h1', amountMinor: 9_000, at: at() });
    await later(2 * MINUTE);
    await expectCharged(5_000);
  });

  test('closes a gap of many steps in one charge', async () => {
    saveCard(CARDS.good);
    await has(1_000);
    await set({ below: { belowMinor: 20_000, addMinor: 5_000 } });
    await sweep();
    await expectCharged(20_000);
  });

  test("fills up to the month's maximum, says that it is reached, and begins anew with the month", async () => {
    saveCard(CARDS.good);
    await has(3_000);
    await set({ below: { ...BELOW, monthlyMaxMinor: 7_500 } });
    await spends(2_000);
    await sweep();
    await spends(5_500);
    await later(2 * MINUTE);
    await expectCharged(5_000, 2_500);
    await spends(2_500);
    await later(2 * MINUTE);
    await later(DAY);
    await later(DAY);
    await expectCharged(5_000, 2_500);
    const maximum = (await told()).filter((text) => text.includes('maximum'));
    expect(maximum).toHaveLength(2);
    expect(maximum.join('\n')).toContain('Monthly maximum reached: Marketing added £75.00 by itself.');
    expect(maximum.join('\n')).toContain('It adds again from 1 Dec 2026.');
    await later(14 * DAY);
    await expectCharged(5_000, 2_500, 5_000);
  });

  test('a payment by hand in between makes it needless', async () => {
    saveCard(CARDS.good);
    await has(1_000);
    await set({ below: BELOW });
    await has(50_000);
    await later(2 * MINUTE);
    expect(tries()).toBe(0);
  });
});

describe('monthly recharge', () => {
  test('adds on its day, once a month', async () => {
    saveCard(CARDS.good);
    await set({ monthly: { amountMinor: 10_000, day: 20 } });
    await later(4 * DAY - MINUTE);
    expect(tries()).toBe(0);
    await later(MINUTE);
    await later(MINUTE);
    await later(DAY);
    await expectCharged(10_000);
    expect(await told()).toEqual([expect.stringContaining('The monthly recharge.')]);
    await later(29 * DAY);
    await expectCharged(10_000, 10_000);
  });

  test('after months in which nothing ran, at most one charge is made, and what was left out is told', async () => {
    saveCard(CARDS.good);
    await set({ monthly: { amountMinor: 10_000, day: 20 } });
    await later(100 * DAY);
    expect(tries()).toBe(0);
    expect((await told())[0]).toContain('A monthly recharge of Marketing was left out');
    await later(5 * MINUTE);
    expect(tries()).toBe(0);
    expect((await state())?.rechargeAt).toEqual(new Date('2027-03-20T09:00:00Z'));
  });
});

describe('people', () => {
  test('pause, and nothing is charged; resume, and what is due is', async () => {
    saveCard(CARDS.good);
    await has(1_000);
    await set({ below: BELOW, monthly: { amountMinor: 10_000, day: 20 } });
    await pauseAutomatic(byOlivia());
    await later(5 * DAY);
    expect(tries()).toBe(0);
    await resumeAutomatic(byOlivia());
    await later(MINUTE);
    await expectCharged(5_000);
  });

  test('turn it off, in part or as a whole', async () => {
    saveCard(CARDS.good);
    await has(1_000);
    await set({ below: BELOW, monthly: { amountMinor: 10_000, day: 20 } });
    await endAutomatic({ ...byOlivia(), which: 'below' });
    await later(4 * DAY);
    await expectCharged(10_000);
    await endAutomatic(byOlivia());
    await spends(11_000);
    await later(60 * DAY);
    await expectCharged(10_000);
  });
});

test('a disabled workspace is not charged; enabled again, it is', async () => {
  saveCard(CARDS.good);
  await has(1_000);
  await set({ below: BELOW });
  await disableWorkspace({
    account: company.account.id,
    workspace: company.marketing.id,
    by: company.olivia.id,
    at: at(),
  });
  await later(HOUR);
  expect(tries()).toBe(0);
  await enableWorkspace({
    account: company.account.id,
    workspace: company.marketing.id,
    by: company.olivia.id,
    at: at(),
  });
  await later(HOUR);
  await expectCharged(5_000);
});

test('the same rules set twice charge once', async () => {
  saveCard(CARDS.good);
  await has(1_000);
  await Promise.all([set({ below: BELOW }), set({ below: BELOW })]);
  await sweep();
  await sweep();
  await expectCharged(5_000);
});

test('an alert says how they stand, and ends as nobody by name added', async () => {
  saveCard(CARDS.declinedLater);
  await has(10_000);
  await set({ below: BELOW });
  await spends(8_160);
  const alerts = createAlertWatch({ ledger: ledger(), log: { error: () => undefined }, onDerived: () => undefined });
  await alerts.runOnce(at());
  expect((await told()).join('\n')).toContain('Automatic: adds £50.00 below £20.00');
  saveCard(CARDS.good);
  await sweep();
  await alerts.runOnce(at());
  expect((await told()).join('\n')).toContain('All clear. £50.00 added. Balance £68.40.');
});
