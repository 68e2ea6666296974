import { beforeEach, describe, expect, test } from '@jest/globals';
import type { z } from 'zod';
import type { Ledger } from '../../src/ledger/entry.js';
import { OutcomeUnknown } from '../../src/ledger/outcome.js';
import { setPrice } from '../../src/prices/set-price.js';
import { recordEvents } from '../../src/usage/record-events.js';
import { eventsAnswer, type UsageEvent } from '../../src/usage/event-schemas.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { type Customer, JANUARY, keyFor, newCustomer, post, useApi } from './api.js';

useDatabase();
const ledger = useLedger();
const api = useApi(ledger);

type EventsAnswer = z.output<typeof eventsAnswer>;

let acme: Customer;
let key: string;
beforeEach(async () => {
  acme = await newCustomer(ledger());
  key = await keyFor(acme, ['usage:write']);
});

/** Sends events that are well formed, and holds the answer against the schema that is published. */
async function send(events: readonly unknown[]): Promise<EventsAnswer> {
  const answered = await post(`${api.url}/usage/events`, key, { events });
  expect(answered.status).toBe(200);
  return eventsAnswer.parse(answered.body);
}

const statuses = ({ results }: EventsAnswer) => results.map(({ status }) => status);

describe('POST /v1/usage/events', () => {
  test('charges by the price list or by the amount given, and answers each in order', async () => {
    const answer = await send([
      { id: 'a', item: 'sms', quantity: 3, resource: 'spring', person: 'p_1' },
      { id: 'b', item: 'design', amountMinor: 250 },
    ]);
    expect(answer).toEqual({
      results: [
        { id: 'a', status: 'accepted', entry: 3, balanceMinor: 9_988 },
        { id: 'b', status: 'accepted', entry: 4, balanceMinor: 9_738 },
      ],
      currency: 'GBP',
      balanceMinor: 9_738,
      availableMinor: 9_738,
    });
    expect(await ledger().entry(acme.workspace.id, 'u:a')).toMatchObject({
      kind: 'usage',
      contra: 'revenue',
      item: 'sms',
      quantity: 3,
      resource: 'spring',
      person: 'p_1',
    });
  });

  test('the story: spends until £18.40 is left, and the line that crosses carries the alert', async () => {
    const answer = await send([
      { id: '1', item: 'sms', quantity: 1_900 },
      { id: '2', item: 'sms', quantity: 140 },
    ]);
    expect(answer.balanceMinor).toBe(1_840);
    expect((await ledger().entry(acme.workspace.id, 'u:2'))?.alert).toMatchObject({ from: 'ok', to: 'low' });
  });

  test('an event sent again is a duplicate with its first result, also within one batch', async () => {
    const event = { id: 'a', item: 'sms', quantity: 1 };
    expect(statuses(await send([event, event, { ...event, id: 'b' }]))).toEqual(['accepted', 'duplicate', 'accepted']);
    const again = await send([event]);
    expect(again.results).toEqual([{ id: 'a', status: 'duplicate', entry: 3, balanceMinor: 9_996 }]);
    expect(again.balanceMinor).toBe(9_992);
  });

  test('an id used for another event is a conflict that says for what', async () => {
    await send([{ id: 'a', item: 'sms', quantity: 1 }]);
    const { results } = await send([{ id: 'a', item: 'sms', quantity: 2 }]);
    expect(results).toMatchObject([
      { status: 'conflict', entry: 3, reason: expect.stringMatching(/^first used for 1 of sms on 20/) },
    ]);
  });

  test('an id never meets the key of another kind of entry', async () => {
    expect(statuses(await send([{ id: 'topup:1', item: 'sms', quantity: 1 }]))).toEqual(['accepted']);
  });

  test('the last money goes to the events in their order; smaller ones after still fit', async () => {
    const poor = await newCustomer(ledger(), 10);
    key = await keyFor(poor, ['usage:write']);
    const answer = await send([
      { id: 'a', item: 'sms', quantity: 2 },
      { id: 'b', item: 'sms', quantity: 1 },
      { id: 'c', item: 'x', amountMinor: 2 },
      { id: 'd', item: 'x', amountMinor: 1 },
    ]);
    expect(statuses(answer)).toEqual(['accepted', 'insufficient', 'accepted', 'insufficient']);
    expect(answer.balanceMinor).toBe(0);
    await ledger().post({
      wallet: poor.workspace.id,
      key: 'topup:2',
      kind: 'topup',
      amountMinor: 10,
      contra: 'provider',
      at: JANUARY,
    });
    expect(statuses(await send([{ id: 'b', item: 'sms', quantity: 1 }]))).toEqual(['accepted']);
  });

  test('two batches at once spend the last money once', async () => {
    const poor = await newCustomer(ledger(), 40);
    key = await keyFor(poor, ['usage:write']);
    const batch = (name: string) =>
      Array.from({ length: 8 }, (_, i) => ({ id: `${name}${i}`, item: 'sms', quantity: 1 }));
    const [one, two] = await Promise.all([send(batch('a')), send(batch('b'))]);
    expect([...statuses(one), ...statuses(two)].filter((status) => status === 'accepted')).toHaveLength(10);
    expect((await ledger().head(poor.workspace.id))?.balanceMinor).toBe(0);
  });

  test('a thousand events are one call', async () => {
    const answer = await send(Array.from({ length: 1_000 }, (_, i) => ({ id: `e${i}`, item: 'sms', quantity: 1 })));
    expect(new Set(statuses(answer))).toEqual(new Set(['accepted']));
    expect(answer.results.map(({ id }) => id)).toEqual(Array.from({ length: 1_000 }, (_, i) => `e${i}`));
    expect(answer.balanceMinor).toBe(6_000);
  });

  test('prices under a penny add up to the last unit', async () => {
    const answer = await send(['a', 'b', 'c', 'd'].map((id) => ({ id, item: 'whatsapp', quantity: 1 })));
    expect(answer.results.map(({ balanceMinor }) => balanceMinor)).toEqual([10_000, 9_999, 9_998, 9_997]);
  });

  test('the notices are told once per call, and only of entries', async () => {
    const before = api.nudges;
    await send([
      { id: 'a', item: 'sms', quantity: 1 },
      { id: 'b', item: 'sms', quantity: 1 },
    ]);
    await send([{ id: 'a', item: 'sms', quantity: 1 }]);
    expect(api.nudges).toBe(before + 1);
  });
});

describe('the price of an event', () => {
  const set = (priceMicro: number | null, validFrom: string, workspace?: string) =>
    setPrice({
      account: acme.account.id,
      ...(workspace && { workspace }),
      item: 'sms',
      priceMicro,
      validFrom: new Date(validFrom),
      by: acme.owner.id,
      at: JANUARY,
    });

  test('is the one of its own time, wherever it arrives', async () => {
    await set(5_000_000, '2026-06-01T00:00:00Z');
    const { results } = await send([
      { id: 'may', item: 'sms', quantity: 1, at: '2026-05-31T23:59:59Z' },
      { id: 'june', item: 'sms', quantity: 1, at: '2026-06-01T02:00:00+02:00' },
    ]);
    expect(results.map(({ balanceMinor }) => balanceMinor)).toEqual([9_996, 9_991]);
    expect(await ledger().entry(acme.workspace.id, 'u:may')).toMatchObject({
      effectiveAt: new Date('2026-05-31T23:59:59Z'),
    });
  });

  test("is the workspace's own where it has one, until that is taken away", async () => {
    await set(1_000_000, '2026-02-01T00:00:00Z', acme.workspace.id);
    await set(null, '2026-03-01T00:00:00Z', acme.workspace.id);
    const { results } = await send([
      { id: 'own', item: 'sms', quantity: 1, at: '2026-02-10T00:00:00Z' },
      { id: 'accounts', item: 'sms', quantity: 1, at: '2026-03-10T00:00:00Z' },
    ]);
    expect(results.map(({ balanceMinor }) => balanceMinor)).toEqual([9_999, 9_995]);
  });

  test('must be there: an unknown item, a time before the list, a time to come are invalid and stop no other', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
    const { results } = await send([
      { id: 'a', item: 'fax', quantity: 1 },
      { id: 'b', item: 'sms', quantity: 1, at: '2025-12-31T23:59:59Z' },
      { id: 'c', item: 'sms', quantity: 1, at: tomorrow },
      { id: 'd', item: 'sms', quantity: 1 },
    ]);
    expect(results.map(({ status }) => status)).toEqual(['invalid', 'invalid', 'invalid', 'accepted']);
    expect(results[0]?.reason).toBe('fax had no price at that time');
  });

  test('may change or vanish: what was charged before stays a duplicate', async () => {
    await send([{ id: 'a', item: 'sms', quantity: 1 }]);
    await set(9_000_000, JANUARY.toISOString());
    expect(statuses(await send([{ id: 'a', item: 'sms', quantity: 1 }]))).toEqual(['duplicate']);
    await set(null, JANUARY.toISOString());
    expect(statuses(await send([{ id: 'a', item: 'sms', quantity: 1 }]))).toEqual(['duplicate']);
    expect(statuses(await send([{ id: 'a', item: 'sms', quantity: 7 }]))).toEqual(['conflict']);
  });

  test('beyond what can be charged is invalid, not rounded', async () => {
    await set(Number.MAX_SAFE_INTEGER, JANUARY.toISOString());
    expect(statuses(await send([{ id: 'a', item: 'sms', quantity: 1_000_000_000 }]))).toEqual(['invalid']);
  });
});

describe('when the ledger cannot say', () => {
  test('that event is unavailable, the others are answered, and the failure is handed on', async () => {
    const events: UsageEvent[] = ['a', 'b'].map((id) => ({ id, item: 'sms', quantity: 1 }));
    const failure = new OutcomeUnknown(acme.workspace.id, 'u:a', new Error('cut'));
    const faulty: Ledger = {
      ...ledger(),
      postMany: async ([first, ...rest]) => [
        { status: 'rejected', reason: first && failure },
        ...(await ledger().postMany(rest)),
      ],
    };
    const recorded = await recordEvents(faulty, acme.workspace, events, new Date());
    expect(recorded.results.map(({ status }) => status)).toEqual(['unavailable', 'accepted']);
    expect(recorded).toMatchObject({ failures: [failure], balanceMinor: 9_996 });
    expect(statuses(await send(events))).toEqual(['accepted', 'duplicate']);
  });
});
