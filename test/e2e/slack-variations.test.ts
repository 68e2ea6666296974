import { beforeAll, expect, test } from '@jest/globals';
import { useOffice } from './office.js';
import { linkOf, pay, spend } from './outside.js';
import { addBalance, apiKey, bringIn, MARKETING, openMarketing } from './slack-people.js';

const office = useOffice();

beforeAll(async () => {
  await openMarketing(office());
  await bringIn(office().slack, 'Adam', ' as admin');
  await bringIn(office().slack, 'Mia');
}, 60_000);

test('a name that is taken stands beside the field, whatever its case', async () => {
  const { slack } = office();
  await slack.type('Olivia', 'create');
  slack.submit('Olivia', await slack.openModal(), { name: 'MARKETING' });
  expect(await slack.fieldErrors()).toEqual({
    name: 'There is already a workspace called MARKETING. Please take another name.',
  });
});

test('without a channel a request goes privately to those with the right; of two who click at once, one decides', async () => {
  const { slack } = office();
  await slack.type('Mia', 'invite nina@acme.com');
  await slack.privateTo('Mia');
  const [toOlivia, toAdam] = [await slack.privateTo('Olivia'), await slack.privateTo('Adam')];
  for (const card of [toOlivia, toAdam]) {
    expect(card.lines[0]).toBe('Mia asks to invite nina@acme.com. 2 seats free.');
    expect(card.buttons.map(({ label }) => label)).toEqual([
      ...['Approve', 'Deny', 'Ask Mia', 'Say yes with a note', 'Choose a channel'],
    ]);
  }

  await Promise.all([slack.click('Olivia', toOlivia, 'Approve'), slack.click('Adam', toAdam, 'Approve')]);
  const winner = (await slack.privateTo('Mia')).lines[0]!.split(' ')[0]!;
  const [first, second] = winner === 'Olivia' ? (['Olivia', 'Adam'] as const) : (['Adam', 'Olivia'] as const);
  expect((await slack.privateTo(first)).lines[0]).toContain(`Approved by ${winner}.`);
  const told = [await slack.privateTo(second), await slack.privateTo(second)].map(({ lines }) => lines[0]);
  expect(told).toContainEqual(expect.stringContaining(`Approved by ${winner}.`));
  expect(told).toContain(`Too late: this was already approved by ${winner}.`);
});

test("Olivia's card is declined: the page says so, nothing is taken, and another card pays once", async () => {
  const { slack } = office();
  await slack.type('Olivia', 'topup 100', MARKETING);
  const page = linkOf(await slack.privateTo('Olivia'), 'Pay £100.00');
  expect(await pay(page, '4000 0000 0000 9995')).toContain('insufficient funds');
  await slack.type('Olivia', 'balance');
  expect((await slack.privateTo('Olivia')).lines[0]).toBe('Marketing has £0.00.');
  await pay(page);
  expect(await pay(page)).toContain('This is paid already');
  for (const name of ['Olivia', 'Adam'] as const) {
    expect((await slack.privateTo(name)).lines[0]).toBe('£100.00 added. Balance £100.00.');
  }
});

test('without a channel an alert goes privately to those who choose one, and clears there', async () => {
  const { slack } = office();
  expect(await spend(office().product, await apiKey(slack), [95_00])).toBe(5_00);
  const [toOlivia, toAdam] = [await slack.privateTo('Olivia'), await slack.privateTo('Adam')];
  for (const card of [toOlivia, toAdam]) {
    expect(card.lines[0]).toContain('Marketing has £5.00, under 10 %.');
    expect(card.buttons.map(({ label }) => label)).toContain('Choose a channel');
  }
  await addBalance(slack);
  let cleared = await slack.privateTo('Adam');
  while (cleared.ts !== toAdam.ts || cleared.lines[0]?.includes('Very low')) cleared = await slack.privateTo('Adam');
  expect(cleared.lines[0]).toContain('All clear. Olivia added £100.00. Balance £105.00.');
});

test('stopped and started again, it finds its data, and cards from before still work', async () => {
  const { product, slack } = office();
  await slack.type('Adam', 'balance');
  const before = await slack.privateTo('Adam');
  expect(before.lines[0]).toBe('Marketing has £105.00.');
  await product.restart();
  await slack.click('Adam', before, 'History');
  expect((await slack.privateTo('Adam')).lines.join('\n')).toContain('£105.00');
});
