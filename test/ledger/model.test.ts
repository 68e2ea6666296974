import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { MongoClient } from 'mongodb';
import mongoose from 'mongoose';
import type { Ledger, Level, Posting } from '../../src/ledger/entry.js';
import { createLedger } from '../../src/ledger/ledger.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { at, minutesLater, newWallet } from './postings.js';

useDatabase();
const ledger = useLedger();

const RUNS = Number(process.env['MODEL_RUNS'] ?? 20);
const SEED = Number(process.env['MODEL_SEED'] ?? Date.now() % 2 ** 31);

let client: MongoClient;
let writers: readonly Ledger[];
beforeAll(async () => {
  client = await MongoClient.connect(process.env['TEST_MONGODB_URI']!);
  writers = [ledger(), createLedger(client.db(mongoose.connection.db!.databaseName))];
});
afterAll(() => client.close());

/** A ledger of one wallet as one would write it without a database. */
class Model {
  balance = 0;
  remainder = 0;
  full: number | undefined;
  level: Level = 'ok';
  episode = 0;
  readonly used = new Map<string, { request: string; balanceAfter: number }>();

  post({ key, kind, amountMinor, amountMicro = 0 }: Posting): { outcome: string; balance?: number; alert?: string } {
    const request = `${kind} ${amountMinor} ${amountMicro}`;
    const earlier = this.used.get(key);
    if (earlier)
      return earlier.request === request
        ? { outcome: 'duplicate', balance: earlier.balanceAfter }
        : { outcome: 'conflict' };
    const owed = this.remainder - amountMicro;
    const booked = amountMinor - (owed - (owed % 1e6)) / 1e6;
    if (booked < 0 && this.balance + booked < 0 && kind !== 'refund')
      return { outcome: 'insufficient', balance: this.balance };
    this.balance += booked;
    this.remainder = owed % 1e6;
    if (booked > 0) this.full = this.balance;
    this.used.set(key, { request, balanceAfter: this.balance });
    const alert = this.judge();
    return { outcome: 'posted', balance: this.balance, ...(alert && { alert }) };
  }

  /** Worsens below 0+, 10 % and 20 %, improves from 11 % and 22 % on. */
  private judge(): string | undefined {
    if (this.full === undefined) return undefined;
    const order: readonly Level[] = ['ok', 'low', 'critical', 'empty'];
    const percent = (this.balance * 100) / this.full;
    const reached = this.balance <= 0 ? 3 : percent < 10 ? 2 : percent < 20 ? 1 : 0;
    const rearmed = this.balance <= 0 ? 3 : percent < 11 ? 2 : percent < 22 ? 1 : 0;
    const was = order.indexOf(this.level);
    const is = reached > was ? reached : Math.min(was, rearmed);
    if (is === was) return undefined;
    if (was === 0) this.episode += 1;
    this.level = order[is]!;
    return `${order[was]} to ${this.level} in ${this.episode}`;
  }
}

const step = fc.record({
  writer: fc.nat(1),
  minutes: fc.integer({ min: -5, max: 60 }),
  key: fc.nat(30),
  move: fc.oneof(
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('topup' as const), amountMinor: fc.integer({ min: 1, max: 2_000 }) }),
    },
    {
      weight: 6,
      arbitrary: fc.record({ kind: fc.constant('usage' as const), amountMinor: fc.integer({ min: -600, max: -1 }) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('usage' as const),
        amountMinor: fc.integer({ min: -3, max: 0 }).map((amount) => amount + 0),
        amountMicro: fc.integer({ min: -999_999, max: -1 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('refund' as const), amountMinor: fc.integer({ min: -900, max: -1 }) }),
    },
  ),
});

test(`any run of postings by two writers does what a plain model does (seed ${SEED}, ${RUNS} runs)`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
      const wallet = newWallet();
      const model = new Model();
      await ledger().open({ wallet, account: 'acc_1', currency: 'GBP', at });
      for (const { writer, minutes, key, move } of steps) {
        const contra = move.kind === 'usage' ? 'revenue' : 'provider';
        const posting: Posting = { ...move, wallet, key: `k:${key}`, contra, at: minutesLater(minutes) };
        const expected = model.post(posting);
        const posted = await writers[writer]!.post(posting);
        expect(posted.outcome).toBe(expected.outcome);
        if (posted.outcome === 'insufficient') expect(posted.balanceMinor).toBe(expected.balance);
        if (posted.outcome === 'duplicate') expect(posted.entry.balanceMinor).toBe(expected.balance);
        if (posted.outcome !== 'posted') continue;
        const { balanceMinor, alert } = posted.entry;
        expect(balanceMinor).toBe(expected.balance);
        expect(alert && `${alert.from} to ${alert.to} in ${alert.episode}`).toBe(expected.alert);
      }
      expect(await ledger().head(wallet)).toMatchObject({
        balanceMinor: model.balance,
        remainderMicro: model.remainder,
        level: model.level,
        episode: model.episode,
        sequence: model.used.size + 1,
      });
    }),
    { numRuns: RUNS, seed: SEED },
  );
}, 120_000);
