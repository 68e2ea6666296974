import { describe, expect, test } from '@jest/globals';
import { endAutomatic, resumeAutomatic } from '../../../src/payments/automatic/settings.js';
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
  sandbox,
  saveCard,
  set,
  state,
  stored,
  sweep,
  told,
  tries,
  useAutomaticPayments,
} from './world.js';

useAutomaticPayments();

const byOlivia = () => ({ workspace: company.marketing, by: company.olivia.id, at: at() });
const toChannel = async () => (await told()).filter((text) => text.startsWith('channel:'));
const toOlivia = async () => (await told()).filter((text) => text.startsWith('Olivia:'));

describe('a card that is declined', () => {
  test('is tried again after an hour, a day and three days, then no more; each time is told', async () => {
    saveCard(CARDS.declinedLater);
    await has(1_000);
    await set({ below: BELOW });
    await sweep();
    expect(tries()).toBe(1);
    const [first] = await toChannel();
    expect(first).toContain('The automatic top-up of £50.00 did not go through: the bank refused the card.');
    expect(first).toContain('Nothing was taken. Next try 16 Nov 2026, 10:00, 3 tries left.');
    expect(first).toContain('[Top up]\n');
    expect(first).not.toMatch(/0341|Visa|visa/);
    const [owner] = await toOlivia();
    expect(owner).toContain('[Top up] [Change the card] [Try now]');

    await later(HOUR - MINUTE);
    expect(tries()).toBe(1);
    await later(MINUTE);
    expect(tries()).toBe(2);
    await later(DAY - MINUTE);
    expect(tries()).toBe(2);
    await later(MINUTE);
    expect(tries()).toBe(3);
    await later(3 * DAY);
    expect(tries()).toBe(4);
    for (let day = 0; day < 10; day++) await later(DAY);
    expect(tries()).toBe(4);

    const all = await toChannel();
    expect(all.map((text) => /(\d) (?:tries|try) left|are paused/.exec(text)?.[0])).toEqual([
      '3 tries left',
      '2 tries left',
      '1 try left',
      'are paused',
    ]);
    expect((await toOlivia()).at(-1)).toContain('That was the last try. Change the card and they go on by themselves');
    await expectCharged();
  });

  test('goes on by itself once there is another card', async () => {
    saveCard(CARDS.lost);
    await has(1_000);
    await set({ below: BELOW });
    await sweep();
    await later(5 * HOUR);
    expect(tries()).toBe(1);
    saveCard(CARDS.good);
    await later(HOUR);
    await later(MINUTE);
    await expectCharged(5_000);
    expect((await toChannel()).join('\n')).toContain('The card was changed, so automatic payments of Marketing go on.');
  });

  test('goes on when somebody says so, with all its tries', async () => {
    saveCard(CARDS.declinedLater);
    await has(1_000);
    await set({ below: BELOW });
    await sweep();
    await resumeAutomatic(byOlivia());
    await later(MINUTE);
    expect(tries()).toBe(2);
    expect((await state())?.declines).toBe(1);
  });

  test('for a recharge is tried again for the same month, and charged once', async () => {
    saveCard(CARDS.declinedLater);
    await set({ monthly: { amountMinor: 10_000, day: 20 } });
    await later(4 * DAY);
    expect(tries()).toBe(1);
    saveCard(CARDS.good);
    await later(HOUR);
    await expectCharged(10_000);
    await later(25 * DAY);
    await expectCharged(10_000);
  });

  test('counts not towards the monthly maximum', async () => {
    saveCard(CARDS.declinedLater);
    await has(1_000);
    await set({ below: { ...BELOW, monthlyMaxMinor: 5_000 } });
    await sweep();
    saveCard(CARDS.good);
    await later(HOUR);
    await expectCharged(5_000);
  });

  test('is heard of no more once automatic payments are off', async () => {
    saveCard(CARDS.declinedLater);
    await has(1_000);
    await set({ below: BELOW });
    await sweep();
    await endAutomatic(byOlivia());
    await later(5 * DAY);
    expect(tries()).toBe(1);
  });
});

describe('a card that surely fails again', () => {
  test.each([
    ['lost', 'the bank does not take this card any more'],
    ['expired', 'the card has expired'],
  ] as const)('%s: they stop at once', async (card, why) => {
    saveCard(CARDS[card]);
    await has(1_000);
    await set({ below: BELOW });
    await sweep();
    await later(10 * DAY);
    expect(tries()).toBe(1);
    const [channel, ...more] = await toChannel();
    expect(more).toEqual([]);
    expect(channel).toContain(`Automatic payments of Marketing are paused: ${why}.`);
    expect(channel).toContain('Nothing was taken. Olivia can mend it, and was told how.');
    expect((await toOlivia())[0]).toContain('Change the card and they go on by themselves.');
  });
});

describe('a card whose bank wants its holder', () => {
  test('stops at once; the primary owner pays once on a page, and is credited', async () => {
    saveCard(CARDS.asksHolder);
    await has(1_000);
    await set({ below: BELOW });
    await sweep();
    await later(DAY / 2);
    await expectCharged();
    const [owner] = await toOlivia();
    expect(owner).toContain('are paused: the bank wants the cardholder to confirm the payment.');
    const [session] = Object.values(sandbox().store.state.sessions);
    expect(await stored('person')).toContain(session!.url!);
    expect(await stored('channel')).not.toContain(session!.url!);

    sandbox().pay(session!.id, { number: CARDS.good, expMonth: 12, expYear: 2034 });
    await later(MINUTE);
    await expectCharged(5_000);
    await later(HOUR);
    expect((await state())?.paused).toBeUndefined();
    await expectCharged(5_000);
  });

  test('a recharge that its holder paid on the page is paid: another card brings no second one', async () => {
    saveCard(CARDS.asksHolder);
    await set({ monthly: { amountMinor: 10_000, day: 17 } });
    await later(DAY);
    const [session] = Object.values(sandbox().store.state.sessions);
    saveCard(CARDS.other);
    await later(HOUR);
    expect((await state())?.charge).toBeUndefined();
    sandbox().pay(session!.id, { number: CARDS.good, expMonth: 12, expYear: 2034 });
    await later(MINUTE);
    await expectCharged(10_000);
    await later(HOUR);
    await later(DAY);
    await resumeAutomatic({ workspace: company.marketing, by: company.olivia.id, at: at() });
    await later(DAY);
    await expectCharged(10_000);
    expect(await state()).not.toHaveProperty('owed');
    expect((await state())?.paused).toBeUndefined();
    await later(28 * DAY);
    await expectCharged(10_000, 10_000);
  });
});

describe('money that went back to its payer', () => {
  test.each(['refund', 'dispute'] as const)(
    'by a %s is not charged again at once, but when somebody says so',
    async (how) => {
      saveCard(CARDS.good);
      await has(1_000);
      await set({ below: BELOW });
      await sweep();
      await expectCharged(5_000);
      const [paid] = sandbox().payments();
      sandbox()[how](paid!.intent.id);
      await sandbox().webhooks.deliver();
      await later(MINUTE);
      await later(DAY);
      await expectCharged(5_000);
      expect((await state())?.paused).toMatchObject({ why: 'wentBack' });
      expect((await toOlivia()).at(-1)).toContain(
        'are paused: money of an earlier payment went back to its payer.\nNothing was taken.',
      );
      await resumeAutomatic(byOlivia());
      await later(MINUTE);
      await expectCharged(5_000, 5_000);
    },
  );

  // Fails where it is summed from the rows that are written after the entries (tried).
  test('is known from its entry on, before anything else is written of it', async () => {
    saveCard(CARDS.good);
    await has(3_000);
    await set({ below: BELOW });
    const [credit] = (await ledger().history(company.marketing.id, { limit: 1, kind: 'topup' })).entries;
    const refund = { key: 'refund:re_1', kind: 'refund', contra: 'provider', reverses: credit!.key } as const;
    await ledger().post({ ...refund, wallet: company.marketing.id, amountMinor: -2_000, at: at() });
    await sweep();
    await expectCharged();
    expect((await state())?.paused).toMatchObject({ why: 'wentBack' });
  });
});

describe('no card', () => {
  test('stops with how a card comes to be saved, and goes on once it is', async () => {
    await has(1_000);
    await set({ below: BELOW });
    await sweep();
    expect((await toOlivia())[0]).toContain('are paused: no card is saved.');
    expect((await toOlivia())[0]).toContain('Pay once by link, and the card is kept; then they go on by themselves.');
    const { marketing, olivia, account } = company;
    const order = { account: account.id, workspace: marketing.id, amountMinor: 500, currency: 'GBP', by: olivia.id };
    const { topUp } = await payments.startTopUp({ ...order, key: 'once', at: at() });
    sandbox().pay(topUp.checkoutId!, { number: CARDS.good, expMonth: 12, expYear: 2034 });
    await later(HOUR);
    await later(MINUTE);
    await expectCharged(500, 5_000);
  });

  test('a recharge that fell due without one is made when there is one', async () => {
    await set({ monthly: { amountMinor: 10_000, day: 20 } });
    await later(4 * DAY);
    await later(DAY);
    saveCard(CARDS.good);
    await later(HOUR);
    await later(MINUTE);
    await expectCharged(10_000);
  });
});

test('while the provider is away nothing is given up or charged twice', async () => {
  saveCard(CARDS.good);
  await has(1_000);
  await set({ below: BELOW });
  sandbox().faults.plan(CHARGE, 'errorBefore', 12);
  await sweep();
  await later(MINUTE);
  await expectCharged();
  expect((await state())?.charge).toMatchObject({ amountMinor: 5_000 });
  await later(2 * MINUTE);
  await later(2 * MINUTE);
  await later(2 * MINUTE);
  await expectCharged(5_000);
});
