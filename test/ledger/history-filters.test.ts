import { beforeAll, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import type { HistoryQuery } from '../../src/ledger/entry.js';
import { linesOf } from '../../src/ledger/line.js';
import { chainOf } from '../support/chain.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { at, minutesLater, newWallet, spend, topUp } from './postings.js';

useDatabase();
const ledger = useLedger();

const wallet = newWallet();
/** More than one page under a filter looks at. */
const LINES = 41_000;
/** The only lines of the resource `rare`; top-ups stand at 2 and at 40,000. */
const RARE = [100, 24_000, 24_001, 40_990];

beforeAll(async () => {
  const lines = chainOf({ wallet, account: 'acc_1', currency: 'GBP', at }, LINES, (s) => {
    const more = { at: minutesLater(s), resource: RARE.includes(s) ? 'rare' : 'common' };
    return s === 2 || s === 40_000 ? topUp(wallet, String(s), 1_000_000, more) : spend(wallet, String(s), 1, more);
  });
  await linesOf(mongoose.connection.db!).insertMany([...lines], { ordered: false });
});

/** Every sequence that a client sees that follows the cursor, and how many pages that took. */
async function readAll(query: HistoryQuery): Promise<{ seen: number[]; pages: number }> {
  const seen: number[] = [];
  let [pages, next]: [number, number | undefined] = [0, undefined];
  do {
    const cursor = next === undefined ? {} : query.after === undefined ? { before: next } : { after: next };
    const page = await ledger().history(wallet, { ...query, ...cursor });
    expect(page.more).toBe(page.next !== undefined);
    seen.push(...page.entries.map(({ sequence }) => sequence));
    next = page.next;
    pages += 1;
  } while (next !== undefined);
  return { seen, pages };
}

describe('a filter that few lines pass', () => {
  test('looks at a bounded part of the chain, and the cursor goes on from there', async () => {
    expect(await readAll({ limit: 10, resource: 'rare' })).toEqual({ seen: RARE.toReversed(), pages: 3 });
    expect(await readAll({ limit: 10, resource: 'rare', after: 0 })).toEqual({ seen: RARE, pages: 3 });
    expect((await readAll({ limit: 1, resource: 'rare', after: 0 })).seen).toEqual(RARE);
    expect((await readAll({ limit: 10, resource: 'nobody' })).seen).toEqual([]);
  });

  test('keeps to the time asked for', async () => {
    const [from, to] = [minutesLater(101), minutesLater(24_001)];
    expect((await readAll({ limit: 10, resource: 'rare', from, to })).seen).toEqual([24_000]);
    expect((await readAll({ limit: 10, resource: 'rare', from, to, after: 0 })).seen).toEqual([24_000]);
    expect((await readAll({ limit: 9, resource: 'rare', to: at })).seen).toEqual([]);
    expect((await readAll({ limit: 9, resource: 'rare', from: minutesLater(LINES + 1) })).seen).toEqual([]);
  });

  test('by kind finds the rare kinds at once, however long the chain', async () => {
    expect(await readAll({ limit: 1, kind: 'topup' })).toEqual({ seen: [40_000, 2], pages: 2 });
    expect(await readAll({ limit: 5, kind: 'topup', resource: 'rare' })).toMatchObject({ seen: [] });
    expect(await readAll({ limit: 5, kind: 'dispute' })).toEqual({ seen: [], pages: 1 });
    expect((await readAll({ limit: 5, kind: 'usage', resource: 'rare' })).seen).toEqual(RARE.toReversed());
  });
});

test('holds and what releases them are kinds to filter by', async () => {
  const other = newWallet();
  await ledger().open({ wallet: other, account: 'acc_1', currency: 'GBP', at });
  await ledger().post(topUp(other, '1', 100));
  await ledger().reserve({ wallet: other, hold: 'a', amountMinor: 60, at, resource: 'spring' });
  await ledger().capture({ wallet: other, hold: 'a', id: '1', amountMinor: 20, at, resource: 'spring' });
  await ledger().void({ wallet: other, hold: 'a', at });
  const sequences = async (query: Partial<HistoryQuery>) =>
    (await ledger().history(other, { limit: 9, ...query })).entries.map(({ sequence }) => sequence);
  expect(await sequences({ kind: 'hold' })).toEqual([3]);
  expect(await sequences({ kind: 'release' })).toEqual([5]);
  expect(await sequences({ resource: 'spring' })).toEqual([5, 4, 3]);
});

describe('what was asked in chat', () => {
  const asked = (reference: string) => ({ ...spend(other, '1', 5, { at: minutesLater(1) }), reference });
  const other = newWallet();

  test('is found by its reference, at once; another message with the same key is a repeat', async () => {
    await ledger().open({ wallet: other, account: 'acc_1', currency: 'GBP', at });
    await ledger().post(topUp(other, '1', 100, { at }));
    expect((await ledger().post(asked('R-7F3K2Q'))).outcome).toBe('posted');
    expect((await ledger().post(asked('R-ANEW22'))).outcome).toBe('duplicate');
    const { entries, more } = await ledger().history(other, { reference: 'R-7F3K2Q', limit: 10 });
    expect(entries.map(({ key, reference }) => [key, reference])).toEqual([['u:1', 'R-7F3K2Q']]);
    expect(more).toBe(false);
  });

  test('and what one person spent is found as a resource is', async () => {
    await ledger().post({ ...spend(other, '2', 5, { at: minutesLater(2) }), person: 'p_1' });
    const { entries } = await ledger().history(other, { person: 'p_1', limit: 10 });
    expect(entries.map(({ key }) => key)).toEqual(['u:2']);
  });
});
