import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import type { z } from 'zod';
import { createLedger } from '../../src/ledger/ledger.js';
import { OutcomeUnknown } from '../../src/ledger/outcome.js';
import { holdAnswer, holdState } from '../../src/usage/hold-schemas.js';
import { reserveHold } from '../../src/usage/holds.js';
import { problem } from '../../src/usage/problem-schema.js';
import { useDatabase } from '../support/database.js';
import { expectLedgerSound, useLedger } from '../support/ledger.js';
import { type Customer, get, keyFor, newCustomer, post, useApi } from './api.js';

useDatabase();
const ledger = useLedger();
const api = useApi(ledger);
/** Another replica, and one that cannot tell what became of what it wrote. */
const replica = useApi(() => createLedger(mongoose.connection.db!));
const unsure = useApi(() => {
  const real = ledger();
  const cut = (key: string) => new OutcomeUnknown('ws', key, new Error('cut'));
  return {
    ...real,
    reserve: async (asked) => {
      await real.reserve(asked);
      throw cut('h:a');
    },
  };
});
afterEach(expectLedgerSound);

const DAY_MS = 24 * 3_600_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();

let acme: Customer;
let key: string;
beforeEach(async () => {
  acme = await newCustomer(ledger());
  key = await keyFor(acme, ['usage:write', 'balance:read', 'entries:read']);
});

async function done(path: string, body: unknown, url = api.url): Promise<z.output<typeof holdAnswer>> {
  const answered = await post(`${url}/${path}`, key, body);
  expect(answered).toMatchObject({ status: 200 });
  return holdAnswer.parse(answered.body);
}

async function refused(path: string, body: unknown, status: number, url = api.url) {
  const answered = await post(`${url}/${path}`, key, body);
  expect(answered.status).toBe(status);
  return { ...problem.parse(answered.body), headers: answered.headers };
}

const reserve = (id: string, amountMinor: number, more: object = {}) => done('holds', { id, amountMinor, ...more });
const capture = (hold: string, id: string, more: object = {}) => done(`holds/${hold}/capture`, { id, ...more });
const topUp = (id: string, amountMinor: number) =>
  ledger().post({
    wallet: acme.workspace.id,
    key: `topup:${id}`,
    kind: 'topup',
    amountMinor,
    contra: 'provider',
    at: new Date(),
  });

/** The hold's lines as if they had been written so long ago: no test waits for a hold's end. */
async function letTimePass(days: number): Promise<void> {
  const lines = mongoose.connection.db!.collection('entries');
  const earlier = (field: string) => ({ $dateSubtract: { startDate: field, unit: 'day', amount: days } });
  await lines.updateMany({ w: acme.workspace.id }, [{ $set: { at: earlier('$at') } }]);
  await lines.updateMany({ w: acme.workspace.id, 'hold.expiresAt': { $exists: true } }, [
    { $set: { 'hold.expiresAt': earlier('$hold.expiresAt') } },
  ]);
}

describe('POST /v1/holds', () => {
  test('sets money aside: it counts against what is available, and is released by itself after 7 days', async () => {
    const held = await reserve('a', 6_000, { resource: 'spring' });
    expect(held).toEqual({
      status: 'accepted',
      hold: { id: 'a', state: 'open', remainingMinor: 6_000, expiresAt: expect.any(String) },
      capturedMinor: 0,
      entry: 3,
      currency: 'GBP',
      balanceMinor: 10_000,
      heldMinor: 6_000,
      availableMinor: 4_000,
    });
    const days = (Date.parse(held.hold.expiresAt!) - Date.now()) / DAY_MS;
    expect(days).toBeGreaterThan(6.9);
    expect(days).toBeLessThanOrEqual(7);
    const spent = await post(`${api.url}/usage/events`, key, { events: [{ id: 'x', item: 'x', amountMinor: 4_001 }] });
    expect(spent.body).toMatchObject({ results: [{ status: 'insufficient' }], availableMinor: 4_000 });
  });

  test('again is the same answer, on any replica, though the default expiry would be another by now', async () => {
    const { status, ...first } = await reserve('a', 6_000);
    expect(status).toBe('accepted');
    expect(await done('holds', { id: 'a', amountMinor: 6_000 }, replica.url)).toEqual({
      status: 'duplicate',
      ...first,
    });
  });

  test('with the id of another hold is a conflict that says what it was first used for', async () => {
    await reserve('a', 6_000, { resource: 'spring', expiresAt: inDays(3) });
    const said = await refused('holds', { id: 'a', amountMinor: 6_001 }, 409);
    expect(said).toMatchObject({ type: 'urn:workspaces:problem:conflict', entry: 3 });
    expect(said.detail).toMatch(/^This id was first used for holding 6000 until 20.* for spring on 20.*Z\.$/);
  });

  test('beyond what is available is 402 and not remembered: the same id after a top-up is accepted', async () => {
    await reserve('a', 6_000);
    expect(await refused('holds', { id: 'b', amountMinor: 4_001 }, 402)).toMatchObject({
      type: 'urn:workspaces:problem:insufficient',
      currency: 'GBP',
      balanceMinor: 10_000,
      availableMinor: 4_000,
    });
    await topUp('2', 1);
    expect((await reserve('b', 4_001)).status).toBe('accepted');
  });

  test.each([
    ['in the past', -1],
    ['further ahead than 90 days', 91],
  ])('until a time %s is 400, and the field is named', async (_what, days) => {
    const { errors } = await refused('holds', { id: 'a', amountMinor: 1, expiresAt: inDays(days) }, 400);
    expect(errors).toEqual([{ field: 'expiresAt', message: 'must lie ahead, at most 90 days' }]);
    expect(await ledger().hold(acme.workspace.id, 'a')).toBeUndefined();
  });

  test.each([
    ['an id with a colon', { id: 'a:b', amountMinor: 1 }],
    ['an id that is a path', { id: '..', amountMinor: 1 }],
    ['a long id', { id: 'a'.repeat(65), amountMinor: 1 }],
    ['nothing', { id: 'a', amountMinor: 0 }],
    ['less than nothing', { id: 'a', amountMinor: -1 }],
    ['a fraction', { id: 'a', amountMinor: 1.5 }],
    ['what is not known', { id: 'a', amountMinor: 1, currency: 'USD' }],
  ])('refuses %s', async (_what, body) => {
    await refused('holds', body, 400);
  });
});

describe('POST /v1/holds/{hold}/capture', () => {
  test('takes a part, then all that is left; what is taken is spent on what it was held for', async () => {
    await reserve('a', 6_000, { resource: 'spring' });
    expect(await capture('a', '1', { amountMinor: 2_000 })).toMatchObject({
      hold: { state: 'open', remainingMinor: 4_000 },
      capturedMinor: 2_000,
      balanceMinor: 8_000,
      heldMinor: 4_000,
      availableMinor: 4_000,
    });
    expect(await capture('a', '2')).toMatchObject({
      hold: { state: 'captured', remainingMinor: 0 },
      capturedMinor: 4_000,
      balanceMinor: 4_000,
      heldMinor: 0,
    });
    const { body } = await get(`${api.url}/entries?resource=spring`, key);
    expect(body).toMatchObject({
      entries: [
        { kind: 'hold', amountMinor: 0, heldMinor: 6_000, hold: { id: 'a', state: 'open', remainingMinor: 6_000 } },
        { kind: 'usage', amountMinor: -2_000, heldMinor: 4_000, hold: { id: 'a', remainingMinor: 4_000 } },
        { kind: 'usage', amountMinor: -4_000, heldMinor: 0, hold: { id: 'a', state: 'captured' } },
      ],
    });
  });

  test('final takes a part and releases the rest', async () => {
    await reserve('a', 6_000);
    expect(await capture('a', '1', { amountMinor: 1_000, final: true })).toMatchObject({
      hold: { state: 'captured', remainingMinor: 0 },
      capturedMinor: 1_000,
      balanceMinor: 9_000,
      availableMinor: 9_000,
    });
  });

  test('again is the same answer, also once the hold is captured, its time is up, and other money moved', async () => {
    await reserve('a', 6_000);
    const first = await capture('a', '1', { amountMinor: 1_000 });
    await capture('a', '2');
    await topUp('2', 500);
    await letTimePass(30);
    expect(await capture('a', '1', { amountMinor: 1_000 })).toEqual({
      ...first,
      status: 'duplicate',
      hold: { ...first.hold, expiresAt: expect.any(String) },
    });
  });

  test('with an id that took another amount is a conflict; the same id in another hold is not', async () => {
    await reserve('a', 1_000);
    await reserve('b', 1_000);
    await capture('a', '1', { amountMinor: 100 });
    expect((await refused('holds/a/capture', { id: '1', amountMinor: 101 }, 409)).detail).toMatch(
      /^This id was first used for taking 100 on 20/,
    );
    expect((await capture('b', '1', { amountMinor: 101 })).status).toBe('accepted');
  });

  test('of more than is left is 409 that says how much is', async () => {
    await reserve('a', 1_000);
    expect(await refused('holds/a/capture', { id: '1', amountMinor: 1_001 }, 409)).toMatchObject({
      type: 'urn:workspaces:problem:exceeds-hold',
      remainingMinor: 1_000,
      currency: 'GBP',
    });
  });

  test('of a hold that is closed is 409 that says how it ended', async () => {
    await reserve('a', 1_000);
    await done('holds/a/void', undefined);
    expect(await refused('holds/a/capture', { id: '1' }, 409)).toMatchObject({
      type: 'urn:workspaces:problem:hold-closed',
      state: 'voided',
    });
  });

  test('past its time is 409 though nobody has closed it yet', async () => {
    await reserve('a', 1_000);
    await letTimePass(8);
    expect(await refused('holds/a/capture', { id: '1' }, 409)).toMatchObject({ state: 'expired' });
  });

  test("of another workspace's hold is 404, as of one that never was", async () => {
    await reserve('a', 1_000);
    key = await keyFor(await newCustomer(ledger()), ['usage:write', 'balance:read']);
    for (const hold of ['a', 'never']) {
      const {
        reference: _reference,
        headers: _headers,
        ...said
      } = await refused(`holds/${hold}/capture`, { id: '1' }, 404);
      expect(said).toMatchObject({ type: 'urn:workspaces:problem:unknown-hold' });
      await refused(`holds/${hold}/void`, undefined, 404);
      expect((await get(`${api.url}/holds/${hold}`, key)).status).toBe(404);
    }
  });
});

describe('POST /v1/holds/{hold}/void', () => {
  test('releases what is left; again is the same answer; the body may be left out', async () => {
    await reserve('a', 6_000);
    await capture('a', '1', { amountMinor: 1_000 });
    const first = await done('holds/a/void', undefined);
    expect(first).toMatchObject({
      hold: { state: 'voided', remainingMinor: 0 },
      capturedMinor: 0,
      balanceMinor: 9_000,
      heldMinor: 0,
    });
    expect(await done('holds/a/void', {})).toEqual({ ...first, status: 'duplicate' });
  });

  test('of what is captured is 409; a body that asks for something is 400', async () => {
    await reserve('a', 6_000);
    await refused('holds/a/void', { amountMinor: 5 }, 400);
    await capture('a', '1');
    expect(await refused('holds/a/void', undefined, 409)).toMatchObject({ state: 'captured' });
  });
});

test('GET /v1/holds/{hold}: as it is now, expired once its time is up', async () => {
  await reserve('a', 6_000, { resource: 'spring' });
  await capture('a', '1', { amountMinor: 1_000 });
  const read = async () => holdState.parse((await get(`${api.url}/holds/a`, key)).body);
  expect(await read()).toMatchObject({
    id: 'a',
    state: 'open',
    amountMinor: 6_000,
    remainingMinor: 5_000,
    resource: 'spring',
  });
  await letTimePass(8);
  expect(await read()).toMatchObject({ state: 'expired', amountMinor: 6_000, remainingMinor: 0 });
});

describe('for ever', () => {
  test('a hold sent again long after its end, with its own expiry, is the first answer', async () => {
    const expiresAt = inDays(1);
    const first = await reserve('a', 6_000, { expiresAt });
    await ledger().expire({ wallet: acme.workspace.id, hold: 'a', at: new Date(Date.now() + 2 * DAY_MS) });
    const muchLater = new Date(Date.now() + 400 * DAY_MS);
    const again = await reserveHold(ledger(), acme.workspace, { id: 'a', amountMinor: 6_000, expiresAt }, muchLater);
    expect(again).toEqual({ ...first, status: 'duplicate' });
    await expect(
      reserveHold(ledger(), acme.workspace, { id: 'a', amountMinor: 7_000, expiresAt }, muchLater),
    ).rejects.toMatchObject({ status: 409 });
  });

  test('what is unknown is 503 with Retry-After, and the same id settles it: it stands once', async () => {
    const { headers, ...said } = await refused('holds', { id: 'a', amountMinor: 6_000 }, 503, unsure.url);
    expect(said).toMatchObject({ type: 'urn:workspaces:problem:unavailable' });
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await reserve('a', 6_000)).toMatchObject({ status: 'duplicate', heldMinor: 6_000 });
  });

  test('many at once, on two replicas: each hold, capture and void stands once', async () => {
    const urls = [api.url, replica.url];
    const at = (i: number) => urls[i % 2]!;
    const held = await Promise.all(
      Array.from({ length: 10 }, (_, i) => done('holds', { id: 'a', amountMinor: 5_000 }, at(i))),
    );
    expect(held.filter(({ status }) => status === 'accepted')).toHaveLength(1);
    const taken = await Promise.all(
      Array.from({ length: 10 }, (_, i) => done('holds/a/capture', { id: '1', amountMinor: 100 }, at(i))),
    );
    expect(new Set(taken.map(({ entry }) => entry)).size).toBe(1);
    expect(await ledger().head(acme.workspace.id)).toMatchObject({ balanceMinor: 9_900, heldMinor: 4_900 });
  });
});
