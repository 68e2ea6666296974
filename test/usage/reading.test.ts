import { beforeAll, describe, expect, test } from '@jest/globals';
import { setPrice } from '../../src/usage/prices.js';
import { entriesAnswer } from '../../src/usage/entry-schemas.js';
import { balanceAnswer, pricesAnswer } from '../../src/usage/schemas.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { at, type Customer, get, JANUARY, keyFor, newCustomer, post, useApi } from './api.js';

useDatabase();
const ledger = useLedger();
const api = useApi(ledger);

let acme: Customer;
let key: string;
beforeAll(async () => {
  acme = await newCustomer(ledger());
  key = await keyFor(acme, ['usage:write', 'balance:read', 'entries:read']);
  const events = ['a', 'b', 'c'].map((id) => ({ id, item: 'sms', quantity: 1, resource: 'spring' }));
  await post(`${api.url}/usage/events`, key, { events });
});

test('GET /v1/balance: what is there, what of it is free, and up to which entry', async () => {
  const { status, body, headers } = await get(`${api.url}/balance`, key);
  expect(status).toBe(200);
  expect(balanceAnswer.parse(body)).toEqual({
    currency: 'GBP',
    balanceMinor: 9_988,
    heldMinor: 0,
    availableMinor: 9_988,
    level: 'ok',
    entry: 5,
  });
  expect(headers.get('cache-control')).toBe('no-store');
});

describe('GET /v1/entries', () => {
  const page = async (query: string) => entriesAnswer.parse((await get(`${api.url}/entries?${query}`, key)).body);

  test('goes through all of them, oldest first, by the cursor of each page', async () => {
    const seen: number[] = [];
    let next: number | null = 0;
    while (next !== null) {
      const found: { entries: { entry: number }[]; next: number | null } = await page(`after=${next}&limit=2`);
      seen.push(...found.entries.map(({ entry }) => entry));
      next = found.next;
    }
    expect(seen).toEqual([1, 2, 3, 4, 5]);
  });

  test('filters by kind and time', async () => {
    expect((await page('kind=topup')).entries).toEqual([
      {
        entry: 2,
        key: 'topup:1',
        kind: 'topup',
        amountMinor: 10_000,
        balanceMinor: 10_000,
        heldMinor: 0,
        at: at.toISOString(),
      },
    ]);
    expect((await page(`to=${at.toISOString()}`)).entries.map(({ kind }) => kind)).toEqual(['opened']);
    expect((await page('kind=usage&limit=1')).entries).toMatchObject([
      { item: 'sms', quantity: 1, resource: 'spring' },
    ]);
  });
});

test("GET /v1/prices: the list in force, the workspace's own before the account's, nothing of the future", async () => {
  const set = { account: acme.account.id, by: acme.owner.id, at: JANUARY };
  await setPrice({ ...set, workspace: acme.workspace.id, item: 'whatsapp', priceMicro: 500_000, validFrom: JANUARY });
  await setPrice({ ...set, item: 'fax', priceMicro: 1, validFrom: new Date('2100-01-01T00:00:00Z') });
  const { body } = await get(`${api.url}/prices`, key);
  const validFrom = JANUARY.toISOString();
  expect(pricesAnswer.parse(body)).toEqual({
    currency: 'GBP',
    prices: [
      { item: 'sms', priceMicro: 4_000_000, validFrom, of: 'account' },
      { item: 'whatsapp', priceMicro: 500_000, validFrom, of: 'workspace' },
    ],
  });
});
