import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Document, MongoClient } from 'mongodb';
import mongoose from 'mongoose';
import type { Ledger } from '../../src/ledger/entry.js';
import type { Moves, Transfer } from '../../src/ledger/moves.js';
import { createLedger } from '../../src/ledger/ledger.js';
import { LedgerBusy } from '../../src/ledger/outcome.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { at, newWallet, spend, topUp } from './postings.js';

useDatabase();
const ledger = useLedger();

let marketing: string;
let support: string;
let replica: Ledger & Moves;
let client: MongoClient;
let commands: Document[] = [];

beforeAll(async () => {
  client = await MongoClient.connect(process.env['TEST_MONGODB_URI']!, { monitorCommands: true });
  client.on('commandStarted', ({ command }) => commands.push(command));
  replica = createLedger(client.db(mongoose.connection.db!.databaseName));
});
afterAll(() => client.close());
beforeEach(async () => {
  marketing = await funded(1_000);
  support = await funded(100);
  commands = [];
});

async function funded(amountMinor: number, currency = 'GBP'): Promise<string> {
  const wallet = newWallet();
  await ledger().open({ wallet, account: 'acc_1', currency, at });
  await ledger().post(topUp(wallet, '1', amountMinor));
  return wallet;
}

const transfer = (id: string, amountMinor: number, more: Partial<Transfer> = {}): Transfer => ({
  id,
  from: marketing,
  to: support,
  amountMinor,
  at,
  ...more,
});
const balances = async () => {
  const heads = await ledger().heads([marketing, support]);
  return [heads.get(marketing)?.balanceMinor, heads.get(support)?.balanceMinor];
};

describe('a transfer', () => {
  test('is one entry in each wallet, naming the other', async () => {
    expect(await ledger().transfer(transfer('1', 300, { person: 'p_1', memo: 'May' }))).toMatchObject({
      outcome: 'posted',
      from: { wallet: marketing, key: 'x:1', kind: 'transfer', amountMinor: -300, balanceMinor: 700, memo: 'May' },
      to: { wallet: support, key: 'x:1', amountMinor: 300, balanceMinor: 400, contra: `wallet:${marketing}` },
    });
  });

  test('again is a duplicate with its first balances; with the id of another one it is a conflict', async () => {
    await ledger().transfer(transfer('1', 300));
    await ledger().post(spend(marketing, '1', 1));
    expect(await replica.transfer(transfer('1', 300))).toMatchObject({
      outcome: 'duplicate',
      from: { balanceMinor: 700 },
    });
    expect(await replica.transfer(transfer('1', 301))).toMatchObject({
      outcome: 'conflict',
      first: { amountMinor: -300 },
    });
    const third = await funded(500);
    expect(await replica.transfer(transfer('1', 300, { from: third }))).toMatchObject({ outcome: 'conflict' });
    expect(await balances()).toEqual([699, 400]);
  });

  test('of more than there is moves nothing, and is not remembered', async () => {
    expect(await ledger().transfer(transfer('1', 1_001))).toEqual({
      outcome: 'insufficient',
      balanceMinor: 1_000,
      availableMinor: 1_000,
    });
    await ledger().post(topUp(marketing, '2', 1));
    expect(await ledger().transfer(transfer('1', 1_001))).toMatchObject({ outcome: 'posted' });
    expect(await ledger().transfer(transfer('1', 1_001))).toMatchObject({ outcome: 'duplicate' });
    expect(await balances()).toEqual([0, 1_101]);
  });

  test('needs two wallets of one currency', async () => {
    const euros = await funded(1, 'EUR');
    expect(await ledger().transfer(transfer('1', 5, { to: euros }))).toEqual({ outcome: 'otherCurrency' });
    expect(await ledger().transfer(transfer('1', 5, { to: 'ws_nobody' }))).toEqual({ outcome: 'unknownWallet' });
    await expect(ledger().transfer(transfer('1', 5, { to: marketing }))).rejects.toThrow(/another wallet/);
    await expect(ledger().transfer(transfer('1', 0))).rejects.toThrow(/above zero/);
    expect(await balances()).toEqual([1_000, 100]);
  });

  test('can cross another one the other way, many times, beside postings, in two processes', async () => {
    const moves = Array.from({ length: 16 }, (_, i) => {
      const writer = i % 2 ? ledger() : replica;
      const [from, to] = i % 4 < 2 ? [marketing, support] : [support, marketing];
      return [
        writer.transfer(transfer(String(i), 1 + (i % 3), { from, to })),
        writer.post(spend(from, String(i), 1)),
        writer.post(topUp(to, `t${i}`, 1)),
      ];
    });
    const settled = await Promise.allSettled(moves.flat());
    const failures = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(failures.filter((reason) => !(reason instanceof LedgerBusy))).toEqual([]);
    const [one = 0, two = 0] = await balances();
    expect(one + two).toBe(1_100);
  });

  /** Fails if the wallets are not reserved (tried): the insert meets the open transaction, and one of them has to wait for the other. */
  test('is written alone: this process sends nothing else to its wallets meanwhile', async () => {
    const posted: Promise<unknown>[] = [];
    const postMeanwhile = ({ command }: { command: Document }) => {
      if (command['insert'] && command['startTransaction'] && posted.length === 0) {
        posted.push(replica.post(spend(marketing, '1', 1)), replica.post(topUp(support, '2', 1)));
      }
    };
    client.on('commandStarted', postMeanwhile);
    await replica.transfer(transfer('1', 300));
    client.off('commandStarted', postMeanwhile);
    expect(await Promise.all(posted)).toHaveLength(2);
    const writes = commands.filter((command) => 'insert' in command || 'commitTransaction' in command);
    expect(writes.map((command) => ('insert' in command ? command['documents'].length : 'commit'))).toEqual([
      2,
      'commit',
      2,
    ]);
  });

  test('waits for a wallet in turn with the postings before it', async () => {
    const [spent, moved] = await Promise.all([
      ledger().post(spend(marketing, '1', 900)),
      ledger().transfer(transfer('1', 200)),
    ]);
    expect(spent.outcome).toBe('posted');
    expect(moved).toMatchObject({ outcome: 'insufficient', balanceMinor: 100 });
  });
});

describe('taking back', () => {
  test('an entry: once, by an entry that names it', async () => {
    await ledger().post(spend(marketing, '1', 40));
    const asked = { wallet: marketing, reverses: 'u:1', at, memo: 'sent twice' };
    expect(await ledger().reverse(asked)).toMatchObject({
      outcome: 'posted',
      entry: {
        key: 'rev:u:1',
        kind: 'reversal',
        amountMinor: 40,
        contra: 'revenue',
        reverses: 'u:1',
        balanceMinor: 1_000,
      },
    });
    expect(await replica.reverse(asked)).toMatchObject({ outcome: 'duplicate' });
    expect(await ledger().reverse({ wallet: marketing, reverses: 'u:9', at })).toEqual({ outcome: 'unknownEntry' });
    for (const reverses of ['rev:u:1', 'open']) {
      expect(await ledger().reverse({ wallet: marketing, reverses, at })).toEqual({ outcome: 'notReversible' });
    }
  });

  test.each(['from', 'to'] as const)('a transfer, seen from the wallet it went %s: both legs', async (side) => {
    await ledger().transfer(transfer('1', 300));
    const wallet = side === 'from' ? marketing : support;
    expect(await ledger().reverse({ wallet, reverses: 'x:1', at })).toMatchObject({
      outcome: 'posted',
      entry: { wallet, kind: 'transfer', reverses: 'x:1', amountMinor: side === 'from' ? 300 : -300 },
    });
    expect(await balances()).toEqual([1_000, 100]);
    const other = side === 'from' ? support : marketing;
    expect(await ledger().reverse({ wallet: other, reverses: 'x:1', at })).toMatchObject({ outcome: 'duplicate' });
  });

  test('a transfer whose money is gone is refused', async () => {
    await ledger().transfer(transfer('1', 300));
    await ledger().post(spend(support, '1', 350));
    expect(await ledger().reverse({ wallet: marketing, reverses: 'x:1', at })).toMatchObject({
      outcome: 'insufficient',
      balanceMinor: 50,
    });
  });
});
