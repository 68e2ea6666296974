import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import type { Entry, Ledger } from '../../src/ledger/entry.js';
import { exportEntries } from '../../src/ledger/export.js';
import { linesOf } from '../../src/ledger/line.js';
import { historyCsv } from '../../src/usage/history-csv.js';
import { chainOf } from '../support/chain.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';

useDatabase();
const ledger = useLedger({ unverified: 'its many lines are not posted but made' });
const at = new Date('2026-11-02T10:00:00Z');
const wallet = 'ws_1';
const LINES = 20_000;

beforeAll(async () => {
  const lines = chainOf({ wallet, account: 'acc_1', currency: 'GBP', at }, LINES, (s) =>
    s === 2
      ? { wallet, key: 'topup:1', kind: 'topup', amountMinor: 10_000_000, contra: 'provider', at, memo: '=cmd()' }
      : { wallet, key: `u:${s}`, kind: 'usage', amountMinor: -1, contra: 'revenue', at, resource: 'Spring, "sale"' },
  );
  await linesOf(mongoose.connection.db!).insertMany([...lines], { ordered: false });
});

const HOW = { zone: 'Asia/Tokyo', namesOf: async () => new Map([['p_1', 'Olivia']]) };

async function csv(entries: AsyncIterable<Entry>): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of historyCsv(entries, HOW)) pieces.push(piece);
  return pieces.join('').split('\r\n').slice(0, -1);
}

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** What is really held: all 20,000 entries are 9 MB. */
function liveHeap(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

/** How many pages were read so far. */
function counting(of: Ledger): { ledger: Pick<Ledger, 'head' | 'history'>; pages: () => number } {
  let pages = 0;
  const history: Ledger['history'] = (...asked) => {
    pages += 1;
    return of.history(...asked);
  };
  return { ledger: { head: of.head, history }, pages: () => pages };
}

describe('the export of a wallet', () => {
  test('has every entry once, oldest first, and little of it in memory', async () => {
    const before = liveHeap();
    let [mostHeap, longest, pieces] = [0, 0, 0];
    const first: string[] = [];
    let next = 4;
    for await (const piece of historyCsv(exportEntries(ledger(), wallet), HOW)) {
      if (++pieces % 10 === 0) mostHeap = Math.max(mostHeap, liveHeap() - before);
      longest = Math.max(longest, piece.length);
      const records = piece.split('\r\n').slice(0, -1);
      while (first.length < 4 && records.length > 0) first.push(records.shift()!);
      for (const record of records) if (record.startsWith(`${next},`)) next += 1;
    }
    expect(next).toBe(LINES + 1);
    expect(first).toEqual([
      '\ufeffentry,at,local_time,kind,amount,amount_minor,balance,balance_minor,held_minor,currency,resource,item,quantity,person,memo,effective_at,reverses,hold,reference,key',
      expect.stringMatching(/^1,2026-11-02T10:00:00.000Z,2026-11-02 19:00:00,opened,0.00,0,0.00,0,0,GBP,/),
      "2,2026-11-02T10:00:00.000Z,2026-11-02 19:00:00,topup,100000.00,10000000,100000.00,10000000,0,GBP,,,,,'=cmd(),,,,,topup:1",
      expect.stringContaining('usage,-0.01,-1,99999.99,9999999,0,GBP,"Spring, ""sale""",'),
    ]);
    expect(longest).toBeLessThan(70_000);
    expect(pieces).toBeGreaterThan(50);
    expect(mostHeap).toBeLessThan(4_000_000);
  });

  test('reads only as fast as it is taken, and stops where the reader does', async () => {
    const counted = counting(ledger());
    const pieces = historyCsv(exportEntries(counted.ledger, wallet), HOW);
    await pieces.next();
    await pieces.next();
    await pause(20);
    expect(counted.pages()).toBeLessThanOrEqual(2);
    await pieces.return();
    expect(counted.pages()).toBeLessThanOrEqual(2);
  });

  test('ends at the line that was the newest when it began', async () => {
    const small = 'ws_2';
    await ledger().open({ wallet: small, account: 'acc_1', currency: 'GBP', at });
    const post = (id: string) =>
      ledger().post({ wallet: small, key: `topup:${id}`, kind: 'topup', amountMinor: 5, contra: 'provider', at });
    await post('1');
    const seen: number[] = [];
    for await (const { sequence } of exportEntries(ledger(), small)) {
      seen.push(sequence);
      await post(`later ${sequence}`);
    }
    expect(seen).toEqual([1, 2]);
  });

  test('takes the filters of the history, and people by their names', async () => {
    expect(await csv(exportEntries(ledger(), wallet, { kind: 'topup' }))).toHaveLength(2);
    expect(await csv(exportEntries(ledger(), wallet, { after: LINES - 3, resource: 'Spring, "sale"' }))).toHaveLength(
      4,
    );
    await ledger().post({ wallet, key: 'u:x', kind: 'usage', amountMinor: -1, contra: 'revenue', at, person: 'p_1' });
    const [, record] = await csv(exportEntries(ledger(), wallet, { after: LINES - 3, person: 'p_1' }));
    expect(record).toContain(',Olivia,');
  });
});
