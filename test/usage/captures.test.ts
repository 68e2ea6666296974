import { describe, expect, test } from '@jest/globals';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { get, keyFor, newCustomer, useApi } from './api.js';
import { useHolder } from './holder.js';

useDatabase();
const ledger = useLedger();
const api = useApi(ledger);
const holder = useHolder(ledger, api);
const { done, refused, reserve, capture, topUp, letTimePass } = holder;

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
    const { body } = await get(`${api.url}/entries?resource=spring`, holder.key);
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
    holder.key = await keyFor(await newCustomer(ledger()), ['usage:write', 'balance:read']);
    for (const hold of ['a', 'never']) {
      const {
        reference: _reference,
        headers: _headers,
        ...said
      } = await refused(`holds/${hold}/capture`, { id: '1' }, 404);
      expect(said).toMatchObject({ type: 'urn:workspaces:problem:unknown-hold' });
      await refused(`holds/${hold}/void`, undefined, 404);
      expect((await get(`${api.url}/holds/${hold}`, holder.key)).status).toBe(404);
    }
  });
});
