import { beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { openHoldsOf, totalsOf } from '../../src/ledger/derived.js';
import { type Line, linesOf } from '../../src/ledger/line.js';
import { projectAll } from '../../src/ledger/project.js';
import { verifyLedger } from '../../src/ledger/verify.js';
import type { Rule } from '../../src/ledger/verify-chain.js';
import { useDatabase } from '../support/database.js';
import { expectLedgerSound, useLedger } from '../support/ledger.js';
import { at, minutesLater, newWallet, spend, topUp } from './postings.js';

useDatabase();
const ledger = useLedger({ unverified: 'tests corrupt it' });

const lines = () => linesOf(mongoose.connection.db!);
const rulesBroken = async (scope?: { account: string }): Promise<Rule[]> => {
  const { findings } = await verifyLedger(mongoose.connection.db!, scope);
  return [...new Set(findings.map(({ rule }) => rule))].sort();
};

let wallet: string;
let other: string;

/** Lines 1 opened, 2 topped up 1,000, 3 spend 1, 4 spend 850 (low), 5 settings; a second wallet opened and topped up. */
beforeEach(async () => {
  await lines().deleteMany({});
  await totalsOf(mongoose.connection.db!).deleteMany({});
  await openHoldsOf(mongoose.connection.db!).deleteMany({});
  wallet = newWallet();
  other = newWallet();
  await ledger().open({ wallet, account: 'acc_1', currency: 'GBP', at });
  await ledger().open({ wallet: other, account: 'acc_2', currency: 'GBP', at });
  await ledger().post(topUp(wallet, '1', 1_000));
  await ledger().post(topUp(other, '1', 500));
  await ledger().post(spend(wallet, '1', 1, { at: minutesLater(1) }));
  await ledger().post(spend(wallet, '2', 850, { at: minutesLater(2), resource: 'spring' }));
  await ledger().setThresholds({ wallet, key: 'set:1', thresholds: { lowPercent: 30 }, at: minutesLater(3) });
  await expectLedgerSound();
});

const change = (sequence: number, to: Record<string, unknown>) =>
  lines().updateOne({ w: wallet, s: sequence }, { $set: to });

/** A line as it is stored, for putting a changed copy of it back. */
async function stored(sequence: number): Promise<Line> {
  const line = await lines().findOne({ w: wallet, s: sequence });
  if (!line) throw new Error('no such line');
  return line;
}

const corruptions: readonly [string, () => Promise<unknown>, readonly Rule[]][] = [
  ['a changed amount', () => change(3, { amountMinor: -2 }), ['balance', 'request', 'zeroSum']],
  [
    'money in a line of settings',
    () => change(5, { amountMinor: 5, contra: 'provider', balanceMinor: 154 }),
    ['amount'],
  ],
  ['a changed balance', () => change(4, { balanceMinor: 150 }), ['balance']],
  ['a last balance that differs', () => change(5, { balanceMinor: 150 }), ['balance', 'zeroSum']],
  ['a line taken out', () => lines().deleteOne({ w: wallet, s: 3 }), ['balance', 'sequence', 'zeroSum']],
  ['the first line taken out', () => lines().deleteOne({ w: wallet, s: 1 }), ['sequence']],
  ['a changed sequence number', () => change(5, { s: 7 }), ['sequence']],
  ['an opening with money in it', () => change(1, { balanceMinor: 10 }), ['balance', 'opening']],
  ['another currency in the middle', () => change(3, { currency: 'EUR' }), ['currency', 'zeroSum']],
  [
    'a line dated before the one above',
    () => change(4, { at: minutesLater(-1), 'alert.at': minutesLater(-1) }),
    ['time'],
  ],
  ['a changed label', () => change(4, { resource: 'autumn' }), ['request']],
  ['a changed level', () => change(4, { level: 'ok' }), ['state']],
  ['an alert taken out', () => lines().updateOne({ w: wallet, s: 4 }, { $unset: { alert: '' } }), ['state']],
  ['an alert invented', () => change(3, { alert: { from: 'ok', to: 'low', episode: 1, at } }), ['state']],
  ['another 100 %', () => change(4, { creditedToMinor: 5_000 }), ['state']],
  ['thresholds changed without a line', () => change(4, { thresholds: {} }), ['state']],
  ['money held without a hold', () => change(4, { heldMinor: 9 }), ['state']],
  ['a remainder from nowhere', () => change(4, { remainderMicro: 9 }), ['state']],
  ['a floor lowered without a line', () => change(4, { floorMinor: -10 }), ['state']],
  ['a balance that is no integer', () => change(5, { balanceMinor: 149.5 }), ['amount', 'balance', 'zeroSum']],
  ['money from nowhere', () => change(3, { contra: 'none' }), ['amount', 'request']],
  [
    'a key doubled by writing its parts in another order',
    async () => {
      const line = await stored(3);
      const last = await stored(5);
      const doubled = { ...last, s: 6, hash: line.hash, kind: line.kind, amountMinor: -1, balanceMinor: 148 };
      await lines().insertOne({ ...doubled, contra: line.contra, _id: { k: line._id.k, w: wallet } });
    },
    ['key'],
  ],
  [
    'a balance under the floor',
    async () => {
      const last = await stored(5);
      await lines().insertOne({
        ...last,
        _id: { w: wallet, k: 'u:3' },
        s: 6,
        kind: 'usage',
        contra: 'revenue',
        amountMinor: -200,
        balanceMinor: -51,
        hash: 'r1:priced',
      });
    },
    ['floor', 'state'],
  ],
];

describe('the verifier', () => {
  test.each(corruptions)('finds %s', async (_what, corrupt, rules) => {
    await corrupt();
    expect(await rulesBroken()).toEqual(expect.arrayContaining([...rules]));
  });

  test('finds a transfer of which one leg is missing or differs', async () => {
    const leg = { key: 'x:1', kind: 'adjustment', at: minutesLater(5) } as const;
    await ledger().post({ ...leg, wallet, amountMinor: -100, contra: `wallet:${other}` });
    expect(await rulesBroken()).toEqual(['transfer']);
    await ledger().post({ ...leg, wallet: other, amountMinor: 99, contra: `wallet:${wallet}` });
    expect(await rulesBroken()).toEqual(['transfer']);
    await ledger().post({ ...leg, key: 'x:2', wallet, amountMinor: -10, contra: `wallet:${other}` });
    await ledger().post({ ...leg, key: 'x:2', wallet: other, amountMinor: 10, contra: `wallet:${wallet}` });
    expect((await verifyLedger(mongoose.connection.db!)).findings).toHaveLength(1);
  });

  test('finds a reversal of something that is not there', async () => {
    const reversal = { wallet, kind: 'reversal', amountMinor: 1, contra: 'revenue', at: minutesLater(5) } as const;
    await ledger().post({ ...reversal, key: 'r:1', reverses: 'u:1' });
    expect(await rulesBroken()).toEqual([]);
    await ledger().post({ ...reversal, key: 'r:2', reverses: 'u:99' });
    expect(await rulesBroken()).toEqual(['reversal']);
  });

  test('finds a reversal of more than there was', async () => {
    const reversal = { wallet, kind: 'reversal', contra: 'revenue', at: minutesLater(5), reverses: 'u:1' } as const;
    await ledger().post({ ...reversal, key: 'r:1', amountMinor: 2 });
    expect(await rulesBroken()).toEqual(['reversal']);
  });

  describe('with holds', () => {
    beforeEach(async () => {
      await ledger().reserve({ wallet: other, hold: 'a', amountMinor: 300, at, expiresAt: minutesLater(60) });
      await ledger().capture({ wallet: other, hold: 'a', id: '1', amountMinor: 100, at });
      await ledger().capture({ wallet: other, hold: 'a', id: '2', amountMinor: 50, final: true, at });
      await ledger().reserve({ wallet: other, hold: 'c', amountMinor: 40, at });
      await ledger().post(spend(other, 'of-c', 50, { hold: 'c' }));
      await projectAll(mongoose.connection.db!, () => false);
      await expectLedgerSound();
    });
    const changeHold = (sequence: number, to: Record<string, unknown>) =>
      lines().updateOne({ w: other, s: sequence }, { $set: to });

    test.each<[string, () => Promise<unknown>, Rule]>([
      [
        'a hold that begins with a taking',
        () => lines().updateOne({ w: other, s: 4 }, { $set: { 'hold.id': 'b' } }),
        'hold',
      ],
      ['a taking that is not what left the hold', () => changeHold(4, { 'hold.remainingMinor': 150 }), 'hold'],
      ['held money that is not the holds', () => changeHold(4, { heldMinor: 10 }), 'state'],
      ['a hold that closes with money in it', () => changeHold(5, { 'hold.remainingMinor': 9 }), 'hold'],
      ['a charge of less than left its hold', () => changeHold(6, { 'hold.remainingMinor': 60 }), 'hold'],
      ['a hold that ends twice', () => changeHold(4, { 'hold.state': 'captured' }), 'hold'],
      ['an expiry that moved', () => changeHold(4, { 'hold.expiresAt': minutesLater(99) }), 'hold'],
      ['a line of no hold', () => lines().updateOne({ w: other, s: 3 }, { $unset: { hold: '' } }), 'hold'],
      [
        'a day that counts more',
        () => totalsOf(mongoose.connection.db!).updateOne({ w: other, u: 'day' }, { $inc: { inMinor: 1 } }),
        'derived',
      ],
      [
        'an hour that counts more',
        () => totalsOf(mongoose.connection.db!).updateOne({ w: other, u: 'hour' }, { $inc: { inMinor: 1 } }),
        'derived',
      ],
      [
        'a kind that counts more in both',
        () => totalsOf(mongoose.connection.db!).updateMany({ w: other }, { $inc: { 'byKind.topup': 1 } }),
        'derived',
      ],
      [
        'a label that counts more',
        () => totalsOf(mongoose.connection.db!).updateOne({ w: other, u: 'day' }, { $inc: { 'byItem.sms': 1 } }),
        'derived',
      ],
      [
        'a mark that is ahead',
        () => totalsOf(mongoose.connection.db!).updateOne({ w: other, u: 'mark' }, { $inc: { s: 1 } }),
        'derived',
      ],
      [
        'an open hold of nowhere',
        () =>
          openHoldsOf(mongoose.connection.db!).insertOne({ _id: { w: other, h: 'z' }, w: other, remainingMinor: 5 }),
        'derived',
      ],
    ])('finds %s', async (_what, corrupt, rule) => {
      await corrupt();
      expect(await rulesBroken()).toContain(rule);
    });
  });

  test('says where: the wallet and the line', async () => {
    await change(3, { amountMinor: -2 });
    const { findings, entries, wallets } = await verifyLedger(mongoose.connection.db!);
    expect({ entries, wallets }).toEqual({ entries: 7, wallets: 2 });
    expect(findings).toContainEqual({ rule: 'balance', wallet, sequence: 3, detail: '1000 and -2 make 998, not 999' });
  });

  test('looks at one account where asked', async () => {
    await change(3, { amountMinor: -2 });
    expect(await rulesBroken({ account: 'acc_2' })).toEqual([]);
    expect(await rulesBroken({ account: 'acc_1' })).toContain('balance');
    expect(await verifyLedger(mongoose.connection.db!, { account: 'acc_2' })).toMatchObject({ entries: 2, wallets: 1 });
  });
});
