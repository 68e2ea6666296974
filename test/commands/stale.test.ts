import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer } from '../../src/chat/invocation.js';
import { priceList } from '../../src/prices/prices.js';
import { policiesOf } from '../../src/workspace/policies.js';
import { getWorkspace } from '../../src/workspace/workspaces.js';
import { OLIVIA } from '../support/acme.js';
import { nora } from './colleagues.js';
import { callOf, firstLine, said, useOffice } from './harness.js';

/** A card that asks was drawn, and before its button is pressed another owner has done something else. */

const office = useOffice();
let other: Awaited<ReturnType<typeof nora>>['who'];

beforeEach(async () => {
  const { marketing, support } = office().acme;
  const both = [
    [marketing, 'owner'],
    [support, 'owner'],
  ] as const;
  other = (await nora(office(), both)).who;
  await pay(marketing.id, 12_000);
  await pay(support.id, 4_000);
});

let paid = 0;
async function pay(wallet: string, amountMinor: number, kind: 'topup' | 'usage' = 'topup'): Promise<void> {
  const key = `${kind === 'topup' ? 'topup' : 'u'}:stale-${(paid += 1)}`;
  const contra = kind === 'topup' ? 'provider' : 'revenue';
  await office().services.ledger.post({ wallet, key, kind, amountMinor, contra, at: office().at });
}

const IN_MARKETING = ' in:Marketing';
const asks = (who: typeof OLIVIA, typed: string) => office().type(who, `${typed}${IN_MARKETING}`);
const press = (who: typeof OLIVIA, card: Answer, label: string) => office().press(who, callOf(card, label));

/** What is said first where the card is not as it was, and in the line under it. */
const sinceThen = (answer: Answer) => {
  const [heading, first] = said(answer).split('\n');
  expect(heading).toBe('This has changed since you looked');
  return first;
};

test('a new name: what it is called now, and the question anew', async () => {
  const [mine, theirs] = [await asks(OLIVIA, 'rename Growth'), await asks(other, 'rename Sales')];
  await press(other, theirs, 'Rename');
  const anew = await press(OLIVIA, mine, 'Rename');
  expect(sinceThen(anew)).toBe('Marketing is called Sales by now. Nothing was done.');
  const { account, marketing } = office().acme;
  const name = async () => (await getWorkspace(account.id, marketing.id))?.name;
  expect(await name()).toBe('Sales');
  expect(firstLine(await press(OLIVIA, anew, 'Rename'))).toBe('Sales is now called Growth.');
  expect(await name()).toBe('Growth');
});

test('a new name by the form, and one that it got already', async () => {
  const call = { command: 'rename', args: {}, workspace: office().acme.marketing.id };
  const [mine, again] = [await office().press(OLIVIA, call), await office().press(OLIVIA, call)];
  await press(other, await asks(other, 'rename Sales'), 'Rename');
  expect(sinceThen(await office().submit(OLIVIA, mine, { name: 'Growth' }))).toContain('is called Sales by now');
  expect(firstLine(await office().submit(OLIVIA, again, { name: 'Sales' }))).toBe('It is called Sales already.');
});

describe('a policy', () => {
  const set = async () => policiesOf(office().acme.account.id, office().acme.marketing.id);

  test('what it was set to meanwhile, and the question anew', async () => {
    const mine = await asks(OLIVIA, 'policy retype 500');
    await press(other, await asks(other, 'policy retype 300'), 'Set it');
    const anew = await press(OLIVIA, mine, 'Set it');
    expect(sinceThen(anew)).toBe('Somebody changed it meanwhile: above £300.00. Nothing was done.');
    expect(await set()).toMatchObject({ retypeAboveMinor: 30_000 });
    expect(firstLine(await press(OLIVIA, anew, 'Set it'))).toBe('Saved');
    expect(await set()).toMatchObject({ retypeAboveMinor: 50_000 });
  });

  test('of two owners at once, one sets it and the other is asked anew', async () => {
    const [mine, theirs] = [await asks(OLIVIA, 'policy retype 500'), await asks(other, 'policy retype 300')];
    const answers = await Promise.all([press(OLIVIA, mine, 'Set it'), press(other, theirs, 'Set it')]);
    expect(answers.map(firstLine).toSorted()).toEqual(['Saved', 'This has changed since you looked']);
  });

  test('that is set so already is saved, also where another did it', async () => {
    const mine = await asks(OLIVIA, 'policy retype 500');
    await press(other, await asks(other, 'policy retype 500'), 'Set it');
    expect(firstLine(await press(OLIVIA, mine, 'Set it'))).toBe('Saved');
  });
});

test('a price: what it is by now, and the question anew', async () => {
  const prices = async () => {
    const list = await priceList(office().acme.account.id, office().acme.marketing.id, office().at);
    return list.map(({ priceMicro }) => priceMicro);
  };
  const [mine, older] = [await asks(OLIVIA, 'prices sms 0.04'), await asks(OLIVIA, 'prices sms 0.03')];
  await press(OLIVIA, older, 'Set it');
  office().at = new Date(office().at.getTime() + 1_000);
  const anew = await press(OLIVIA, mine, 'Set it');
  expect(sinceThen(anew)).toBe('One sms costs £0.03 by now. Nothing was done.');
  expect(await prices()).toEqual([3_000_000]);
  await press(OLIVIA, anew, 'Set it');
  expect(await prices()).toEqual([4_000_000]);
});

describe('a transfer', () => {
  const preview = (who = OLIVIA) => office().type(who, 'move 50 from Marketing to Support');
  const balances = async () => {
    const { marketing, support } = office().acme;
    const heads = await office().services.ledger.heads([marketing.id, support.id]);
    return [marketing, support].map(({ id }) => heads.get(id)!.balanceMinor);
  };

  test('that another has made meanwhile is not made twice, unless it is meant', async () => {
    const [mine, theirs] = [await preview(), await preview(other)];
    await press(other, theirs, 'Move £50.00');
    const anew = await press(OLIVIA, mine, 'Move £50.00');
    expect(sinceThen(anew)).toBe('Support has £90.00 now, as balance was added meanwhile. Nothing was done.');
    expect(await balances()).toEqual([7_000, 9_000]);
    expect(firstLine(await press(OLIVIA, anew, 'Move £50.00'))).toBe('£50.00 moved from Marketing to Support.');
    expect(await balances()).toEqual([2_000, 14_000]);
  });

  test('whose source has much less by now; what is used as usual changes nothing', async () => {
    const mine = await preview();
    await pay(office().acme.marketing.id, -500, 'usage');
    const again = await preview();
    expect(firstLine(await press(OLIVIA, mine, 'Move £50.00'))).toContain('£50.00 moved');
    expect(sinceThen(await press(OLIVIA, again, 'Move £50.00'))).toContain('Support has £90.00 now');
    const third = await preview();
    await pay(office().acme.marketing.id, -900, 'usage');
    const changed = await press(OLIVIA, third, 'Move £50.00');
    expect(sinceThen(changed)).toBe('Marketing has £56.00 now, which is less than you saw. Nothing was done.');
  });

  test('that went through is told so, however often it is pressed', async () => {
    const mine = await preview();
    const done = await press(OLIVIA, mine, 'Move £50.00');
    await pay(office().acme.support.id, 1_000);
    expect(await press(OLIVIA, mine, 'Move £50.00')).toEqual(done);
    expect(await balances()).toEqual([7_000, 10_000]);
  });
});

describe('alerts', () => {
  const open = (label: string) => asks(OLIVIA, 'alerts').then((card) => press(OLIVIA, card, label));

  test.each([
    [
      'Change',
      'alerts at 30%',
      { at: '10%' },
      / Somebody changed it to 30% or 5 days meanwhile, so nothing was saved\./,
    ],
    ['Quiet hours', 'alerts quiet 20:00-6:00', { quiet: '22:00-7:00' }, / changed it to 20:00-06:00 meanwhile/],
  ])('%s: the form keeps what was typed and says what it is by now', async (label, theirs, typed, words) => {
    const form = await open(label);
    await asks(other, theirs);
    const again = await office().submit(OLIVIA, form, typed);
    expect(JSON.stringify(again)).toMatch(words);
    expect(again).toMatchObject({ kind: 'form', form: { fields: [{ initial: Object.values(typed)[0] }] } });
    expect(firstLine(await office().submit(OLIVIA, again, typed))).toBe('Saved');
  });
});
