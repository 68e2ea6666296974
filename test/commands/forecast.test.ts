import { beforeEach, describe, expect, test } from '@jest/globals';
import { setPrice } from '../../src/prices/set-price.js';
import { MIA, NOW, OLIVIA } from '../support/acme.js';
import { callOf, firstLine, said, useOffice } from './harness.js';

const office = useOffice();
const DAY_MS = 86_400_000;
const day = (days: number) => new Date(NOW.getTime() + days * DAY_MS);

let key = 0;
async function post(kind: 'topup' | 'usage', amountMinor: number, at: Date, labels: object = {}) {
  const { acme, services } = office();
  const contra = kind === 'topup' ? 'provider' : 'revenue';
  key += 1;
  const posting = {
    wallet: acme.marketing.id,
    key: `${kind}:${key}`,
    kind,
    contra,
    amountMinor,
    at,
    ...labels,
  } as const;
  expect(await services.ledger.post(posting)).toMatchObject({ outcome: 'posted' });
}

/** £10.00 a day for so many days, from now on. */
async function spendFor(days: number) {
  for (let one = 0; one < days; one++) await post('usage', -1_000, day(one));
}

beforeEach(async () => {
  key = 0;
  await post('topup', 20_000, day(-1));
});

describe('forecast', () => {
  test('says what it can: nothing yet, days, and that it may not last', async () => {
    expect(firstLine(await office().type(MIA, 'forecast'))).toBe('Too new to guess days.');
    await spendFor(5);
    office().at = day(4.1);
    const guess = said(await office().type(MIA, 'runway'));
    expect(guess).toContain('About 15 days left.');
    expect(guess).toContain('Marketing has £150.00 and is going to spend about £10.00 a day.');
    expect(guess).toContain('Runs out: about 5 Dec 2026');
    expect(guess).toContain('Spent a day: £10.00 yesterday, usually about £10.00');
    await post('usage', -14_500, day(4.2));
    office().at = day(4.3);
    expect(firstLine(await office().type(MIA, 'forecast'))).toBe('It may not last the day.');
    office().at = day(30);
    expect(firstLine(await office().type(MIA, 'how long will it last?'))).toBe('Nothing was spent lately.');
  });

  test.each([
    'how long does the balance last',
    'when will we run out?',
    'days left',
    'how long have we got',
    'forecast Marketing',
  ])('is what “%s” means', async (typed) => {
    expect(firstLine(await office().type(MIA, typed))).toBe('Too new to guess days.');
  });

  test('answers what a quantity of an item does to it, or what it lacks, and posts nothing', async () => {
    const { acme, services } = office();
    const sms = { account: acme.account.id, item: 'sms', priceMicro: 750_000, validFrom: NOW };
    await setPrice({ ...sms, by: acme.olivia.id, at: NOW });
    await spendFor(5);
    office().at = day(4.1);
    const some = said(await office().type(MIA, 'forecast 5,000 sms'));
    expect(some).toContain('5,000 sms cost £37.50.');
    expect(some).toContain('Balance | £150.00 | £112.50');
    expect(some).toContain('Lasts | about 15 days | about 11 days');
    const many = await office().type(MIA, 'can we afford 30k sms?');
    expect(firstLine(many)).toBe('30,000 sms cost £225.00: £75.00 more than there is.');
    expect(callOf(many, 'Add balance')).toMatchObject({ command: 'topup', args: { amount: '75.00' } });
    expect(firstLine(await office().type(MIA, 'forecast 1 SMS'))).toBe('1 sms costs £0.01.');
    expect(said(await office().type(MIA, 'forecast 10 smz'))).toContain('an item of the price list, like sms');
    expect((await services.ledger.head(acme.marketing.id))?.balanceMinor).toBe(15_000);
  });

  test('asks for what is missing with what was typed, and its form takes odd quantities kindly', async () => {
    const { acme } = office();
    const sms = { account: acme.account.id, item: 'sms', priceMicro: 750_000, validFrom: NOW };
    await setPrice({ ...sms, by: acme.olivia.id, at: NOW });
    const form = await office().type(MIA, 'forecast 5000');
    expect(said(form)).toBe('form: forecast');
    expect(firstLine(await office().submit(MIA, form, { quantity: '2 000', item: 'sms' }))).toContain('2 000');
    expect(firstLine(await office().submit(MIA, form, { quantity: '2.000', item: 'sms' }))).toBe(
      '2,000 sms cost £15.00.',
    );
    const again = await office().press(MIA, callOf(await office().type(MIA, 'forecast'), 'Try a quantity'));
    expect(said(again)).toBe('form: forecast');
  });

  test('is shared where it was asked', async () => {
    office().place = { platform: 'slack', tenant: 'T02', kind: 'channel', channel: 'C0MARK' };
    const share = callOf(await office().type(MIA, 'forecast in:Marketing'), 'Share');
    const shared = await office().press(MIA, share);
    expect(shared).toMatchObject({ kind: 'open', where: 'C0MARK' });
    expect(said(shared)).toContain('Shared by Mia.');
  });

  test('tells where an item has no price, and nothing of other workspaces', async () => {
    expect(said(await office().type(MIA, 'forecast 5 sms'))).toContain('an item that has a price');
    expect(said(await office().type(MIA, 'forecast in:Support'))).not.toContain('£');
  });
});

describe('why', () => {
  test('draws the waterfall of the month for who looks first, then since that look', async () => {
    const first = said(await office().type(OLIVIA, 'why'));
    expect(first).toContain('Marketing went from £0.00 to £200.00.\nThis month so far.');
    expect(first).toContain('Before: £0.00\nBalance added: £200.00 in\nNow: £200.00');
    await post('usage', -6_000, day(1), { resource: 'Spring sale', person: office().acme.mia.id });
    await post('usage', -1_500, day(1), { resource: 'Newsletter', person: 'engine' });
    await post('usage', -500, day(1));
    office().at = day(2);
    const later = said(await office().type(OLIVIA, 'where did the money go?'));
    expect(later).toContain('Marketing went from £200.00 to £120.00.\nSince you last looked, 16 Nov 2026, 09:00.');
    expect(later).toContain('Most of it: Spring sale, £60.00 out.');
    expect(later).toContain(
      'Before: £200.00\nSpring sale: £60.00 out\nNewsletter: £15.00 out\nOther usage: £5.00 out\nNow: £120.00',
    );
    expect(later).toContain('Most was spent by Mia: £60.00.');
  });

  test('a look at the balance counts, and the question right after it means the look before', async () => {
    await office().type(MIA, 'why');
    await post('usage', -3_000, day(1), { resource: 'Spring sale', person: office().acme.mia.id });
    office().at = day(2);
    const balance = await office().type(MIA, 'balance');
    office().at = new Date(day(2).getTime() + 60_000);
    const asked = said(await office().press(MIA, callOf(balance, 'Why?')));
    expect(asked).toContain('Since you last looked, 16 Nov 2026, 09:00.');
    expect(asked).toContain('Spring sale: £30.00 out');
    expect(asked).toContain('You spent £30.00 of it.');
    expect(asked).not.toContain('Most was spent by');
    office().at = day(3);
    const nothing = said(await office().type(MIA, 'why'));
    expect(nothing).toContain('Marketing has £170.00, as before.');
    expect(nothing).toContain('Nothing came in and nothing went out in that time.');
    expect(said(await office().type(MIA, 'why 7d'))).toContain('In the last 7 days.');
  });

  test('is shared where it was asked: the period that was seen, without what anybody spent', async () => {
    office().place = { platform: 'slack', tenant: 'T02', kind: 'channel', channel: 'C0MARK' };
    await office().type(OLIVIA, 'why in:Marketing');
    await post('usage', -3_000, day(1), { resource: 'Spring sale', person: office().acme.mia.id });
    office().at = day(2);
    const share = callOf(await office().type(OLIVIA, 'why in:Marketing'), 'Share');
    office().at = day(3);
    const shared = await office().press(OLIVIA, share);
    expect(shared).toMatchObject({ kind: 'open', where: 'C0MARK' });
    expect(said(shared)).toContain('Marketing went from £200.00 to £170.00.\nSince 16 Nov 2026, 09:00.');
    expect(said(shared)).toContain('Spring sale: £30.00 out');
    expect(said(shared)).toContain('Shared by Olivia.');
    expect(said(shared)).not.toContain('Mia');
    const later = said(await office().type(OLIVIA, 'why in:Marketing'));
    expect(later).toContain('Since you last looked, 18 Nov 2026');
  });

  test('looks are each person’s own, in each workspace', async () => {
    await office().type(OLIVIA, 'why');
    office().at = day(2);
    expect(said(await office().type(MIA, 'why'))).toContain('This month so far.');
    expect(said(await office().type(OLIVIA, 'why in:Support'))).toContain('This month so far.');
    expect(said(await office().type(OLIVIA, 'why'))).toContain('Since you last looked');
  });
});
