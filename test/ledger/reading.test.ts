import { describe, expect, test } from '@jest/globals';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { at, minutesLater, newWallet, spend, topUp } from './postings.js';

useDatabase();
const ledger = useLedger();

/** Opened at 0 min; topped up £10.00 at 10, spends of 1, 2, 3 … pence at 20, 30, 40 … */
async function walletWithSpends(spends: number): Promise<string> {
  const wallet = newWallet();
  await ledger().open({ wallet, account: 'acc_1', currency: 'GBP', at });
  await ledger().post(topUp(wallet, '1', 1_000, { at: minutesLater(10) }));
  for (let i = 1; i <= spends; i++) {
    const labels = { resource: i % 2 ? 'odd' : 'even', person: 'p_1', item: 'sms' };
    await ledger().post(spend(wallet, String(i), i, { ...labels, at: minutesLater(10 + 10 * i) }));
  }
  return wallet;
}

describe('history', () => {
  test('pages by cursor, newest first, to the first line', async () => {
    const wallet = await walletWithSpends(5);
    const seen: number[] = [];
    let page = await ledger().history(wallet, { limit: 3 });
    for (;;) {
      seen.push(...page.entries.map((entry) => entry.sequence));
      if (!page.more) break;
      page = await ledger().history(wallet, { limit: 3, before: seen.at(-1)! });
    }
    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1]);
  });

  test('goes the other way after a line, and a line written meanwhile moves nothing', async () => {
    const wallet = await walletWithSpends(3);
    const first = await ledger().history(wallet, { limit: 2, after: 0 });
    await ledger().post(spend(wallet, 'late', 1, { at: minutesLater(99) }));
    const second = await ledger().history(wallet, { limit: 9, after: 2 });
    expect([...first.entries, ...second.entries].map((entry) => entry.sequence)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('filters by kind and by time: from the first moment on, before the last', async () => {
    const wallet = await walletWithSpends(4);
    const query = { limit: 10, kind: 'usage', from: minutesLater(30), to: minutesLater(50) } as const;
    const { entries } = await ledger().history(wallet, query);
    expect(entries.map((entry) => entry.amountMinor)).toEqual([-3, -2]);
  });
});

describe('heads', () => {
  test('of many wallets come in one answer; unknown ones are left out', async () => {
    const [one, two] = [await walletWithSpends(1), await walletWithSpends(2)];
    const heads = await ledger().heads([one, two, 'ws_nobody']);
    expect([...heads.keys()].sort()).toEqual([one, two].sort());
    expect(heads.get(two)).toEqual(await ledger().head(two));
    expect(heads.get(two)).toMatchObject({ sequence: 4, balanceMinor: 997, availableMinor: 997, currency: 'GBP' });
  });
});

describe('totals', () => {
  test('opening + in - out = closing, for any cut of the time', async () => {
    const wallet = await walletWithSpends(5);
    for (const [from, to] of [
      [0, 100],
      [0, 10],
      [10, 20],
      [20, 45],
      [45, 100],
      [500, 600],
    ] as const) {
      const totals = await ledger().totals(wallet, minutesLater(from), minutesLater(to));
      expect(totals.openingMinor + totals.inMinor - totals.outMinor).toBe(totals.closingMinor);
      const { entries } = await ledger().history(wallet, { limit: 1, to: minutesLater(to) });
      expect(totals.closingMinor).toBe(entries[0]?.balanceMinor ?? 0);
    }
  });

  test('are split by kind, resource, person and item', async () => {
    const wallet = await walletWithSpends(5);
    expect(await ledger().totals(wallet, at, minutesLater(100))).toEqual({
      openingMinor: 0,
      inMinor: 1_000,
      outMinor: 15,
      closingMinor: 985,
      byKind: new Map([
        ['topup', 1_000],
        ['usage', -15],
      ]),
      spendByResource: new Map([
        ['odd', 9],
        ['even', 6],
      ]),
      spendByPerson: new Map([['p_1', 15]]),
      spendByItem: new Map([['sms', 15]]),
    });
  });
});

describe('breakdown', () => {
  test('sums up spend and volume by one label, the dearest first, of a part of a period', async () => {
    const wallet = await walletWithSpends(5);
    const all = { from: at, to: minutesLater(100), zone: 'Europe/London' };
    expect(await ledger().breakdown(wallet, { ...all, by: 'resource' })).toEqual([
      { label: 'odd', spentMinor: 9, quantity: 0 },
      { label: 'even', spentMinor: 6, quantity: 0 },
    ]);
    const odd = { ...all, resource: 'odd', to: minutesLater(60) };
    expect(await ledger().breakdown(wallet, { ...odd, by: 'item' })).toEqual([
      { label: 'sms', spentMinor: 4, quantity: 0 },
    ]);
    expect(await ledger().breakdown(wallet, { ...all, item: 'mms', by: 'person' })).toEqual([]);
    expect(await ledger().breakdown('ws_nobody', { ...all, by: 'item' })).toEqual([]);
  });

  test('goes by days of a zone, takes off what was taken back, and says what carries no label', async () => {
    const wallet = await walletWithSpends(0);
    const night = new Date('2026-11-02T23:30:00Z');
    await ledger().post(spend(wallet, 'a', 40, { quantity: 10, at: night }));
    await ledger().post(spend(wallet, 'b', 20, { quantity: 5, at: night }));
    await ledger().reverse({ wallet, reverses: 'u:b', at: night });
    const week = { from: at, to: new Date('2026-11-09T00:00:00Z') };
    expect(await ledger().breakdown(wallet, { ...week, by: 'day', zone: 'Europe/Berlin' })).toEqual([
      { label: '2026-11-03', spentMinor: 40, quantity: 15 },
    ]);
    expect(await ledger().breakdown(wallet, { ...week, by: 'item', zone: 'UTC' })).toEqual([
      { spentMinor: 40, quantity: 15 },
    ]);
  });
});
