import { beforeAll, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { createLog } from '../../src/log.js';
import { revokeKey, rotateKey } from '../../src/usage/change-keys.js';
import { createKey, keysOf } from '../../src/usage/keys.js';
import { problem } from '../../src/usage/problem-schema.js';
import { disableAccount } from '../../src/workspace/accounts.js';
import { disableWorkspace, enableWorkspace } from '../../src/workspace/workspaces.js';
import { useDatabase } from '../support/database.js';
import { createFailedCalls } from '../../src/usage/failed-calls.js';
import { useLedger } from '../support/ledger.js';
import { type Answered, at, type Customer, get, keyFor, newCustomer, PEPPER, post, useApi } from './api.js';

useDatabase();
const ledger = useLedger();
const lines: string[] = [];
const api = useApi(ledger, { log: createLog({ level: 'info', write: (line) => void lines.push(line) }) });
const limited = useApi(ledger, { rateLimit: { requests: 2, seconds: 60 } });
const guarded = useApi(ledger, { failedCallLimit: { calls: 3, seconds: 3_600 }, trustedProxies: ['127.0.0.1'] });

let acme: Customer;
let key: string;
beforeAll(async () => {
  acme = await newCustomer(ledger());
  key = await keyFor(acme, ['usage:write', 'balance:read', 'entries:read']);
});

/** Holds an error against the published schema. */
function problemOf(answered: Answered, status: number) {
  expect(answered.status).toBe(status);
  expect(answered.headers.get('content-type')).toContain('application/problem+json');
  return problem.parse(answered.body);
}

const event = { id: 'a', item: 'sms', quantity: 1 };
const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 3_600_000);

describe('the key', () => {
  test.each([
    ['none', undefined],
    ['nonsense', 'hello'],
    ['of the right shape but nobody’s', `wsk_${'0'.repeat(24)}_${'0'.repeat(64)}`],
  ])('%s: 401 and nothing else', async (_what, wrong) => {
    const answered = problemOf(await get(`${api.url}/balance`, wrong), 401);
    expect(answered.detail).toBe('Send a valid API key: Authorization: Bearer wsk_...');
  });

  test('with another secret, another id, or revoked: the very same 401', async () => {
    const [, id, secret] = key.split('_');
    const revoked = await keyFor(acme, ['balance:read']);
    const of = { account: acme.account.id, workspace: acme.workspace.id };
    await revokeKey({ ...of, id: revoked.split('_')[1]!, by: acme.owner.id, at });
    for (const wrong of [
      `wsk_${id}_${secret!.replace(/.$/, (end) => (end === '0' ? '1' : '0'))}`,
      `wsk_${'f'.repeat(24)}_${secret}`,
      revoked,
    ]) {
      const { reference: _reference, ...said } = problemOf(await get(`${api.url}/balance`, wrong), 401);
      expect(said).toEqual({
        type: 'about:blank',
        title: 'Not authorised',
        status: 401,
        detail: 'Send a valid API key: Authorization: Bearer wsk_...',
      });
    }
  });

  test('past its end: the very same 401; one with a new secret works under both for a day', async () => {
    const of = { account: acme.account.id, workspace: acme.workspace.id, by: acme.owner.id };
    const make = { ...of, name: 'engine', scopes: ['balance:read'], pepper: PEPPER } as const;
    const ended = await createKey({ ...make, at: daysAgo(2), expiresAt: daysAgo(1) });
    problemOf(await get(`${api.url}/balance`, ended.secretOnce), 401);
    const made = await createKey({ ...make, at: daysAgo(2), expiresAt: daysAgo(-1) });
    const rotate = (rotations: number, on: Date) =>
      rotateKey({ ...of, id: made.id, rotations, at: on, pepper: PEPPER });
    const second = await rotate(0, daysAgo(1.5));
    const third = await rotate(1, daysAgo(0.5));
    problemOf(await get(`${api.url}/balance`, made.secretOnce), 401);
    expect((await get(`${api.url}/balance`, second?.secretOnce)).status).toBe(200);
    expect((await get(`${api.url}/balance`, third?.secretOnce)).status).toBe(200);
  });

  test('is asked for before anything of the body is looked at', async () => {
    problemOf(await post(`${api.url}/usage/events`, undefined, '{'), 401);
  });

  test('lacking the scope: 403 that names it', async () => {
    const reader = await keyFor(acme, ['balance:read']);
    expect(problemOf(await post(`${api.url}/usage/events`, reader, { events: [event] }), 403).detail).toBe(
      'This key lacks the scope usage:write.',
    );
    expect((await get(`${api.url}/balance`, reader)).status).toBe(200);
  });

  test('reaches its own workspace and no other', async () => {
    const other = await newCustomer(ledger(), 777);
    const others = await keyFor(other, ['usage:write', 'balance:read', 'entries:read']);
    await post(`${api.url}/usage/events`, others, { events: [{ id: 'theirs', item: 'sms', quantity: 1 }] });
    expect(await get(`${api.url}/balance`, others)).toMatchObject({ body: { balanceMinor: 773 } });
    expect(JSON.stringify((await get(`${api.url}/entries`, key)).body)).not.toContain('theirs');
    expect(
      await revokeKey({
        account: acme.account.id,
        workspace: acme.workspace.id,
        id: others.split('_')[1]!,
        by: acme.owner.id,
        at,
      }),
    ).toBeUndefined();
  });

  test('is kept as a keyed hash alone, with its last use', async () => {
    await get(`${api.url}/balance`, key);
    const row = await mongoose.connection.db!.collection('api_keys').findOne({ account: acme.account.id });
    expect(JSON.stringify(row)).not.toContain(key.split('_')[2]);
    const [listed] = await keysOf(acme.account.id, acme.workspace.id);
    expect(listed).toMatchObject({ name: 'engine', lastUsedAt: expect.any(Date) });
    expect(JSON.stringify(listed)).not.toContain(String(row?.['secretHash']));
  });

  test('of a disabled workspace or account is refused until it is enabled', async () => {
    const shut = await newCustomer(ledger());
    const shutKey = await keyFor(shut, ['balance:read']);
    const change = { account: shut.account.id, workspace: shut.workspace.id, by: shut.owner.id, at };
    await disableWorkspace(change);
    expect(problemOf(await get(`${api.url}/balance`, shutKey), 403).detail).toContain('disabled');
    await enableWorkspace(change);
    expect((await get(`${api.url}/balance`, shutKey)).status).toBe(200);
    await disableAccount({ tenant: shut.account.tenants[0]!, at });
    problemOf(await get(`${api.url}/balance`, shutKey), 403);
  });
});

describe('calls without a valid key', () => {
  const wrong = `wsk_${'0'.repeat(24)}_${'1'.repeat(64)}`;
  const from = (address: string, key: string) =>
    fetch(`${guarded.url}/balance`, { headers: { authorization: `Bearer ${key}`, 'x-forwarded-for': address } });

  test('from one address are 429 after a while; a key that worked there still does, as does every other address', async () => {
    expect((await from('203.0.113.7', key)).status).toBe(200);
    const statuses = [];
    for (let call = 0; call < 5; call++) statuses.push((await from('203.0.113.7', wrong)).status);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    const refused = await from('203.0.113.7', wrong);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(problem.parse(await refused.json())).toMatchObject({ type: 'urn:workspaces:problem:rate-limited' });
    expect((await from('203.0.113.7', key)).status).toBe(200);
    expect((await from('203.0.113.8', wrong)).status).toBe(401);
  });

  test('count for a whole /64 of IPv6, and a key that was revoked is no way around', async () => {
    const gone = await keyFor(acme, ['balance:read']);
    const address = (end: string) => `2001:db8:1:2::${end}`;
    expect((await from(address('1'), gone)).status).toBe(200);
    const of = { account: acme.account.id, workspace: acme.workspace.id };
    await revokeKey({ ...of, id: gone.split('_')[1]!, by: acme.owner.id, at });
    const statuses = [];
    for (const end of ['1', '2', '3:4', '5', '6']) statuses.push((await from(address(end), gone)).status);
    expect(statuses).toEqual([401, 401, 401, 429, 429]);
    expect((await from('2001:db8:1:3::1', wrong)).status).toBe(401);
  });

  test('are forgiven with time', () => {
    let now = 0;
    const calls = createFailedCalls({ calls: 2, seconds: 10 }, () => now);
    for (let call = 0; call < 2; call++) calls.failed('198.51.100.1', undefined);
    expect(calls.waitSeconds('198.51.100.1', undefined)).toBe(5);
    now = 5_000;
    expect(calls.waitSeconds('198.51.100.1', undefined)).toBeUndefined();
  });
});

describe('the request', () => {
  const send = (body: unknown, type?: string) => post(`${api.url}/usage/events`, key, body, type);
  const fields = async (body: unknown) => problemOf(await send(body), 400).errors?.map(({ field }) => field);

  test('names every wrong field and does nothing', async () => {
    const before = (await ledger().head(acme.workspace.id))?.sequence;
    const wrong = [
      event,
      { id: '', item: 'two words', quantity: 1.5 },
      { id: 'c', item: 'sms', quantity: 1, at: 'yesterday', secret: 1 },
    ];
    expect(await fields({ events: wrong, also: true })).toEqual([
      'events[1].id',
      'events[1].item',
      'events[1].quantity',
      'events[2].at',
      'events[2].secret',
      'also',
    ]);
    expect((await ledger().head(acme.workspace.id))?.sequence).toBe(before);
  });

  test.each([
    ['quantity and amount', { quantity: 1, amountMinor: 1 }],
    ['neither quantity nor amount', {}],
    ['zero', { quantity: 0 }],
    ['a negative amount', { amountMinor: -5 }],
    ['a fraction of a penny', { amountMinor: 0.5 }],
    ['an amount as text', { amountMinor: '5' }],
    ['an amount beyond all measure', { amountMinor: 1e15 }],
    ['an operator', { quantity: { $gt: 0 } }],
    ['a list', { quantity: [1] }],
    ['null', { quantity: null }],
    ['an operator for a resource', { quantity: 1, resource: { $ne: null } }],
    ['a control character', { quantity: 1, resource: 'a\u0000b' }],
    ['a date without a zone', { quantity: 1, at: '2026-11-02T10:00:00' }],
    ['a day that is none', { quantity: 1, at: '2026-02-30T10:00:00Z' }],
  ])('refuses %s', async (_what, more) => {
    problemOf(await send({ events: [{ id: 'x', item: 'sms', ...more }] }), 400);
    expect(await ledger().entry(acme.workspace.id, 'u:x')).toBeUndefined();
  });

  test('refuses every field that could reach into a prototype or a query', async () => {
    for (const name of ['__proto__', 'constructor', 'prototype', '$where', 'a.b', 'toString']) {
      problemOf(await send(`{"events":[{"id":"x","item":"sms","quantity":1,"${name}":{"polluted":1}}]}`), 400);
      problemOf(await send(`{"events":[{"id":"x","item":"sms","quantity":1}],"${name}":{"polluted":1}}`), 400);
    }
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test.each([
    ['no events', { events: [] }],
    ['no list', { events: event }],
    ['a bare list', [event]],
    ['1,001 events', { events: Array.from({ length: 1_001 }, () => event) }],
  ])('refuses %s', async (_what, body) => {
    problemOf(await send(body), 400);
  });

  test.each([
    ['what is not JSON', '{"events":[', 'application/json', 400],
    ['a bare value', '"events"', 'application/json', 400],
    ['a form', 'events=1', 'application/x-www-form-urlencoded', 415],
    [
      'more than 256 KB',
      JSON.stringify({ events: [{ ...event, resource: 'x'.repeat(300_000) }] }),
      'application/json',
      413,
    ],
  ])('refuses %s', async (_what, body, type, status) => {
    problemOf(await send(body, type), status);
  });

  test.each([
    'limit=0',
    'limit=501',
    'limit=1&limit=2',
    'after=-1',
    'kind=gift',
    'from=today',
    'skip=5',
    'after[$gt]=1',
  ])('refuses the query %s', async (query) => {
    problemOf(await get(`${api.url}/entries?${query}`, key), 400);
  });

  test('that is refused has a reference, and the log has it too, without the key', async () => {
    const { reference } = problemOf(await send({ events: [] }), 400);
    expect(reference).toMatch(/^R-[2-9A-Z]{6}$/);
    expect(lines.some((line) => line.includes(reference))).toBe(true);
    expect(lines.join('')).not.toContain(key.split('_')[2]);
  });

  test('to an unknown address is a problem too', async () => {
    problemOf(await get(`${api.url}/nothing`, key), 404);
  });
});

describe('the rate', () => {
  test('is limited per key; 429 says when to come again', async () => {
    const [one, two] = [await keyFor(acme, ['balance:read']), await keyFor(acme, ['balance:read'])];
    await get(`${limited.url}/balance`, one);
    await get(`${limited.url}/balance`, one);
    const refused = await get(`${limited.url}/balance`, one);
    problemOf(refused, 429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await get(`${limited.url}/balance`, two)).status).toBe(200);
  });
});
