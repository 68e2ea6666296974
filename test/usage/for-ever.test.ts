import { describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import type { z } from 'zod';
import { createLedger } from '../../src/ledger/ledger.js';
import { OutcomeUnknown } from '../../src/ledger/outcome.js';
import { revokeKey } from '../../src/usage/change-keys.js';
import type { eventsAnswer } from '../../src/usage/event-schemas.js';
import { reserveHold } from '../../src/usage/holds.js';
import { setPrice } from '../../src/prices/set-price.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { JANUARY, keyFor, post, useApi } from './api.js';
import { DAY_MS, inDays, useHolder } from './holder.js';

type EventsAnswer = z.output<typeof eventsAnswer>;

useDatabase();
const ledger = useLedger();
const api = useApi(ledger);
/** A process that has nothing in memory, and one that cannot tell what became of what it wrote. */
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
const holder = useHolder(ledger, api);
const { done, refused, reserve } = holder;

describe('a thousand events', () => {
  const events = Array.from({ length: 1_000 }, (_, i) => ({ id: `e${i}`, item: 'whatsapp', quantity: (i % 7) + 1 }));

  async function send(sent: readonly object[]): Promise<EventsAnswer> {
    const answered = await post<EventsAnswer>(`${api.url}/usage/events`, holder.key, { events: sent });
    expect(answered.status).toBe(200);
    return answered.body;
  }

  test('in one call are answered each in order, and charged as exactly as their sum', async () => {
    const { results, balanceMinor } = await send(events);
    expect(results.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    expect(results.map(({ entry }) => entry)).toEqual(events.map((_, i) => i + 3));
    const quantity = events.reduce((sum, event) => sum + event.quantity, 0);
    expect(balanceMinor).toBe(10_000 - Math.floor(quantity * 0.75));
  });

  test('again are the first results: with another key, at another price, after a restart, for ever', async () => {
    const first = await send(events);
    const old = holder.key;
    const id = old.split('_')[1]!;
    await revokeKey({
      account: holder.customer().account.id,
      workspace: holder.customer().workspace.id,
      id,
      by: holder.customer().owner.id,
      at: new Date(),
    });
    expect((await post(`${api.url}/usage/events`, old, { events })).status).toBe(401);
    holder.key = await keyFor(holder.customer(), ['usage:write']);
    const price = { account: holder.customer().account.id, item: 'whatsapp', priceMicro: null, validFrom: JANUARY };
    await setPrice({ ...price, by: holder.customer().owner.id, at: JANUARY });
    const answered = await post<EventsAnswer>(`${replica.url}/usage/events`, holder.key, { events });
    expect(answered.body).toEqual({
      ...first,
      results: first.results.map((result) => ({ ...result, status: 'duplicate' })),
    });
    expect((await ledger().head(holder.customer().workspace.id))?.sequence).toBe(1_002);
  });

  test('half of them again, in another order, among new ones: each counts once', async () => {
    await send(events.slice(0, 500));
    const { results } = await send(events.toReversed());
    expect(results.filter(({ status }) => status === 'duplicate')).toHaveLength(500);
    expect(results.filter(({ status }) => status === 'accepted')).toHaveLength(500);
    expect((await ledger().head(holder.customer().workspace.id))?.sequence).toBe(1_002);
  });
});

describe('a hold', () => {
  test('a hold sent again long after its end, with its own expiry, is the first answer', async () => {
    const expiresAt = inDays(1);
    const first = await reserve('a', 6_000, { expiresAt });
    await ledger().expire({ wallet: holder.customer().workspace.id, hold: 'a', at: new Date(Date.now() + 2 * DAY_MS) });
    const muchLater = new Date(Date.now() + 400 * DAY_MS);
    const again = await reserveHold(
      ledger(),
      holder.customer().workspace,
      { id: 'a', amountMinor: 6_000, expiresAt },
      muchLater,
    );
    expect(again).toEqual({ ...first, status: 'duplicate' });
    await expect(
      reserveHold(ledger(), holder.customer().workspace, { id: 'a', amountMinor: 7_000, expiresAt }, muchLater),
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
    expect(await ledger().head(holder.customer().workspace.id)).toMatchObject({
      balanceMinor: 9_900,
      heldMinor: 4_900,
    });
  });
});
