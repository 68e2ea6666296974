import { describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { createLedger } from '../../src/ledger/ledger.js';
import { holdState } from '../../src/usage/hold-schemas.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { get, post, useApi } from './api.js';
import { DAY_MS, inDays, useHolder } from './holder.js';

useDatabase();
const ledger = useLedger();
const api = useApi(ledger);
const replica = useApi(() => createLedger(mongoose.connection.db!));
const holder = useHolder(ledger, api);
const { done, refused, reserve, capture, topUp, letTimePass } = holder;

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
    const spent = await post(`${api.url}/usage/events`, holder.key, {
      events: [{ id: 'x', item: 'x', amountMinor: 4_001 }],
    });
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
    expect(await ledger().hold(holder.customer().workspace.id, 'a')).toBeUndefined();
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
  const read = async () => holdState.parse((await get(`${api.url}/holds/a`, holder.key)).body);
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
