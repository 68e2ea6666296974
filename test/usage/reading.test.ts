import { beforeAll, describe, expect, test } from '@jest/globals';
import { setPrice } from '../../src/prices/set-price.js';
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

describe('GET /v1/entries as CSV', () => {
  const csv = async (query: string, accept = 'text/csv', by = key) => {
    const headers = { authorization: `Bearer ${by}`, accept };
    const response = await fetch(`${api.url}/entries?${query}`, { headers });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    return (await response.text()).split('\r\n').map((line) => line.split(','));
  };

  test('has all that match, whatever a page holds, with a heading', async () => {
    const [heading, ...records] = await csv('limit=1&resource=spring');
    expect(heading).toEqual([
      ...['entry', 'key', 'kind', 'currency', 'amountMinor', 'balanceMinor', 'heldMinor', 'at', 'item', 'quantity'],
      ...['resource', 'person', 'memo', 'effectiveAt', 'reverses', 'reference'],
      ...['hold', 'holdState', 'holdRemainingMinor', 'holdExpiresAt'],
    ]);
    expect(records.map((cells) => cells.slice(0, 7).join(' '))).toEqual([
      '3 u:a usage GBP -4 9996 0',
      '4 u:b usage GBP -4 9992 0',
      '5 u:c usage GBP -4 9988 0',
      '',
    ]);
  });

  test('is what the page holds where that is preferred, and only a heading where nothing matches', async () => {
    expect(await csv('kind=refund')).toHaveLength(2);
    expect(await csv('', 'application/json;q=0.5, text/csv')).toHaveLength(7);
    expect((await get(`${api.url}/entries`, key)).headers.get('content-type')).toContain('application/json');
  });

  test('runs nothing in a spreadsheet', async () => {
    const theirs = await keyFor(await newCustomer(ledger()), ['usage:write', 'entries:read']);
    const event = { id: '=cmd|calc', item: 'sms', quantity: 1, resource: '=1+1' };
    await post(`${api.url}/usage/events`, theirs, { events: [event] });
    expect((await csv('resource=%3D1%2B1', 'text/csv', theirs))[1]).toEqual(
      expect.arrayContaining(["'=1+1", 'u:=cmd|calc']),
    );
  });

  test('of many thousands comes whole, in order', async () => {
    const large = await newCustomer(ledger());
    const wallet = large.workspace.id;
    await ledger().postMany(
      Array.from({ length: 3_000 }, (_, i) => ({
        wallet,
        key: `u:${i}`,
        kind: 'usage' as const,
        amountMinor: -1,
        contra: 'revenue' as const,
        at,
      })),
    );
    const headers = { authorization: `Bearer ${await keyFor(large, ['entries:read'])}`, accept: 'text/csv' };
    const text = await (await fetch(`${api.url}/entries?after=2`, { headers })).text();
    const numbers = text
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => Number(line.split(',')[0]));
    expect(numbers).toEqual(Array.from({ length: 3_000 }, (_, i) => i + 3));
  });
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
