import { describe, expect, test } from '@jest/globals';
import { ADAM, MIA, OLIVIA } from '../support/acme.js';
import { callOf, firstLine, outbox, said, toldTo, useOffice } from './harness.js';

const office = useOffice();
const marketing = () => office().acme.marketing.id;

describe('create with an amount', () => {
  test('offers to pay it, and pays nothing by itself', async () => {
    const created = await office().type(OLIVIA, 'create Ops with £1,000');
    expect(firstLine(created)).toBe('Ops is active. £0.00.');
    expect(office().topUps).toEqual([]);
    expect(said(await office().press(OLIVIA, callOf(created, 'Add £1,000.00')))).toContain('[Pay £1,000.00]');
  });

  test('a name with the word in it stays a name', async () => {
    expect(firstLine(await office().type(OLIVIA, 'create Working with Wolves'))).toBe(
      'Working with Wolves is active. £0.00.',
    );
  });

  test('an amount that is none creates nothing', async () => {
    expect(firstLine(await office().type(OLIVIA, 'create Ops with 0.001'))).toContain('finer than GBP');
    expect(said(await office().type(OLIVIA, 'list'))).not.toContain('Ops');
  });
});

test('"Ask an owner" of an alert asks for what is typed, and an owner is asked at once', async () => {
  const form = await office().press(MIA, { command: 'topup', args: { ask: true }, workspace: marketing() });
  expect(form).toMatchObject({ form: { title: 'Ask for balance', submit: 'Ask' } });
  expect(firstLine(await office().submit(MIA, form, { amount: '50' }))).toBe('Owners top up, so I asked them for you.');
  expect((await toldTo({ person: office().acme.olivia.id })).at(-1)).toMatch(/^Mia asks for £50\.00 for Marketing\./);
});

test('a member reads what they spent themselves, and of nobody else', async () => {
  const usage = { wallet: marketing(), kind: 'usage', contra: 'revenue', at: office().at } as const;
  const topUp = { ...usage, kind: 'topup', contra: 'provider', key: 'topup:1', amountMinor: 10_000 } as const;
  await office().services.ledger.post(topUp);
  const { mia, adam } = office().acme;
  await office().services.ledger.post({ ...usage, key: 'u:1', amountMinor: -1_200, person: mia.id });
  await office().services.ledger.post({ ...usage, key: 'u:2', amountMinor: -2_000, person: adam.id });
  const answer = said(await office().type(MIA, 'usage'));
  expect(answer).toContain('You spent £12.00 of it.');
  expect(answer).not.toMatch(/Adam|£20\.00/);
});

test('a request is meant by its id too', async () => {
  await office().type(MIA, 'invite nina@acme.com');
  await office().type(MIA, 'invite otto@acme.com');
  const asked = (await outbox()).find(({ card }) => JSON.stringify(card).includes('otto'));
  const id = asked!.subject!.slice('request:'.length);
  await office().type(ADAM, `deny ${id} not him`);
  expect((await toldTo({ person: office().acme.mia.id })).at(-1)).toMatch(
    /^Adam said no: “not him”\nYou asked to invite otto/,
  );
});
