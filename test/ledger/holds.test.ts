import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import mongoose from 'mongoose';
import { createCommitter } from '../../src/ledger/committer.js';
import type { Ledger, Posting } from '../../src/ledger/entry.js';
import { createHolds } from '../../src/ledger/holds.js';
import { createLedger, operationOf } from '../../src/ledger/ledger.js';
import type { Moves } from '../../src/ledger/moves.js';
import { linesOf } from '../../src/ledger/line.js';
import { createTurn } from '../../src/ledger/turn.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { at, minutesLater, newWallet, spend, topUp } from './postings.js';

useDatabase();
const ledger = useLedger();

let client: MongoClient;
let replica: Ledger & Moves;
let wallet: string;
beforeAll(async () => {
  client = await MongoClient.connect(process.env['TEST_MONGODB_URI']!);
  replica = createLedger(client.db(mongoose.connection.db!.databaseName));
});
afterAll(() => client.close());
beforeEach(async () => {
  wallet = newWallet();
  await ledger().open({ wallet, account: 'acc_1', currency: 'GBP', at });
  await ledger().post(topUp(wallet, '1', 1_000));
});

const reserve = (hold: string, amountMinor: number, expiresAt?: Date) =>
  ledger().reserve({ wallet, hold, amountMinor, at, ...(expiresAt && { expiresAt }) });
const capture = (hold: string, id: string, more: { amountMinor?: number; final?: boolean; at?: Date } = {}) =>
  ledger().capture({ wallet, hold, id, at, ...more });
const money = async () => {
  const head = await ledger().head(wallet);
  return [head?.balanceMinor, head?.heldMinor, head?.availableMinor];
};

describe('a hold', () => {
  test('counts against what is available at once, against the balance when it is taken', async () => {
    expect(await reserve('a', 600)).toMatchObject({
      outcome: 'posted',
      entry: {
        key: 'h:a',
        kind: 'hold',
        amountMinor: 0,
        hold: { id: 'a', line: 1, state: 'open', remainingMinor: 600 },
      },
    });
    expect(await money()).toEqual([1_000, 600, 400]);
    expect(await ledger().post(spend(wallet, '1', 401))).toEqual({
      outcome: 'insufficient',
      balanceMinor: 1_000,
      availableMinor: 400,
    });
    expect(await reserve('b', 401)).toMatchObject({ outcome: 'insufficient' });
    expect(await capture('a', '1')).toMatchObject({
      outcome: 'posted',
      entry: { kind: 'usage', contra: 'revenue', amountMinor: -600, hold: { state: 'captured', remainingMinor: 0 } },
    });
    expect(await money()).toEqual([400, 0, 400]);
  });

  test('is taken in parts; the last part may release the rest', async () => {
    await reserve('a', 600);
    expect(await capture('a', '1', { amountMinor: 100 })).toMatchObject({ entry: { hold: { remainingMinor: 500 } } });
    expect(await capture('a', '2', { amountMinor: 501 })).toEqual({ outcome: 'exceedsHold', remainingMinor: 500 });
    expect(await capture('a', '3', { amountMinor: 200, final: true })).toMatchObject({ outcome: 'posted' });
    expect(await money()).toEqual([700, 0, 700]);
    expect(await capture('a', '4')).toEqual({ outcome: 'holdClosed', state: 'captured' });
  });

  test('is released by voiding; nothing can be taken after', async () => {
    await reserve('a', 600);
    await capture('a', '1', { amountMinor: 100 });
    expect(await ledger().void({ wallet, hold: 'a', at })).toMatchObject({
      outcome: 'posted',
      entry: { kind: 'release', amountMinor: 0, hold: { state: 'voided', remainingMinor: 0 } },
    });
    expect(await money()).toEqual([900, 0, 900]);
    expect(await capture('a', '2')).toEqual({ outcome: 'holdClosed', state: 'voided' });
    expect(await ledger().void({ wallet, hold: 'a', at })).toMatchObject({ outcome: 'duplicate' });
    expect(await ledger().hold(wallet, 'a')).toMatchObject({ state: 'voided' });
  });

  test('past its time cannot be taken, even before the sweep was there', async () => {
    await reserve('a', 600, minutesLater(10));
    expect(await capture('a', '1', { amountMinor: 1, at: minutesLater(9) })).toMatchObject({ outcome: 'posted' });
    expect(await capture('a', '2', { at: minutesLater(10) })).toEqual({ outcome: 'holdClosed', state: 'expired' });
  });

  test('again is a duplicate; with another amount it is a conflict; each taking has an id of its own', async () => {
    await reserve('a', 600);
    await capture('a', '1', { amountMinor: 100 });
    expect(await replica.reserve({ wallet, hold: 'a', amountMinor: 600, at })).toMatchObject({ outcome: 'duplicate' });
    expect(await reserve('a', 601)).toMatchObject({ outcome: 'conflict' });
    const again = { wallet, hold: 'a', id: '1', at };
    expect(await replica.capture({ ...again, amountMinor: 100 })).toMatchObject({ outcome: 'duplicate' });
    expect(await replica.capture({ ...again, amountMinor: 101 })).toMatchObject({ outcome: 'conflict' });
    expect(await money()).toEqual([900, 500, 400]);
  });

  test('reserved by a default that depends on the time is the same hold later: what was asked is compared', async () => {
    const asked = { wallet, hold: 'a', amountMinor: 600, request: { amountMinor: 600 } };
    await ledger().reserve({ ...asked, expiresAt: minutesLater(10), at });
    const again = await ledger().reserve({ ...asked, expiresAt: minutesLater(15), at: minutesLater(5) });
    expect(again).toMatchObject({ outcome: 'duplicate', entry: { hold: { expiresAt: minutesLater(10) } } });
  });

  test('gives its resource and person to what is taken and released of it', async () => {
    await ledger().reserve({ wallet, hold: 'a', amountMinor: 600, at, resource: 'spring', person: 'p_1' });
    await capture('a', '1', { amountMinor: 100 });
    await capture('a', '2', { amountMinor: 100 });
    await ledger().void({ wallet, hold: 'a', at });
    const { entries } = await ledger().history(wallet, { after: 2, limit: 10 });
    expect(entries.map(({ kind }) => kind)).toEqual(['hold', 'usage', 'usage', 'release']);
    for (const entry of entries) expect(entry).toMatchObject({ resource: 'spring', person: 'p_1' });
  });

  test('a taking of one hold is never taken for that of another, whatever the ids', async () => {
    await reserve('a', 100);
    await reserve('a:b', 100);
    await capture('a', 'b:c', { amountMinor: 10 });
    expect(await capture('a:b', 'c', { amountMinor: 10 })).toMatchObject({ outcome: 'conflict' });
  });

  test('nobody made cannot be taken or voided', async () => {
    expect(await capture('nobody', '1')).toEqual({ outcome: 'unknownHold' });
    expect(await ledger().void({ wallet, hold: 'nobody', at })).toEqual({ outcome: 'unknownHold' });
  });

  test('can be taken where a dispute took the wallet under its floor meanwhile: it was set aside', async () => {
    await reserve('a', 600);
    await ledger().post({ wallet, key: 'dp:1', kind: 'dispute', amountMinor: -700, contra: 'provider', at });
    expect(await money()).toEqual([300, 600, -300]);
    expect(await capture('a', '1')).toMatchObject({ outcome: 'posted', entry: { balanceMinor: -300 } });
  });

  /** Fails if nobody looks again before a hold is denied (tried). */
  test('is not denied by a read that is behind', async () => {
    await reserve('a', 600);
    const lines = linesOf(mongoose.connection.db!);
    const findOne = lines.findOne.bind(lines);
    let looks = 0;
    Object.assign(lines, {
      findOne: (...asked: Parameters<typeof findOne>) => {
        looks += 1;
        return looks === 1 ? Promise.resolve(null) : findOne(...asked);
      },
    });
    const behind = createHolds(lines, createCommitter(lines, createTurn(mongoose.connection.db!)).append);
    expect(await behind.capture({ wallet, hold: 'a', id: '1', at })).toMatchObject({ outcome: 'posted' });
  });

  /** Fails if a hold's lines are not numbered under a unique index (tried: the index made not unique). */
  test('is never taken twice, whoever tries, at once', async () => {
    await reserve('a', 100);
    const takings = Array.from({ length: 30 }, (_, i) => {
      const writer = i % 2 ? ledger() : replica;
      return writer.capture({ wallet, hold: 'a', id: String(i), amountMinor: 10, at });
    });
    const outcomes = (await Promise.all(takings)).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'posted')).toHaveLength(10);
    expect(new Set(outcomes)).toEqual(new Set(['posted', 'holdClosed']));
    expect(await money()).toEqual([900, 0, 900]);
  });
});

describe('usage that names a hold', () => {
  const use = (id: string, amountMinor: number, more: Partial<Posting> = {}) =>
    ledger().post(spend(wallet, id, amountMinor, { hold: 'a', resource: 'spring', ...more }));

  test('is taken out of it, and is charged from the balance where it is used up', async () => {
    await reserve('a', 600);
    expect(await use('1', 400)).toMatchObject({
      outcome: 'posted',
      entry: { key: 'u:1', amountMinor: -400, hold: { id: 'a', line: 2, state: 'open', remainingMinor: 200 } },
    });
    expect(await money()).toEqual([600, 200, 400]);
    expect(await use('2', 300)).toMatchObject({ entry: { hold: { line: 3, state: 'captured', remainingMinor: 0 } } });
    expect(await money()).toEqual([300, 0, 300]);
    const after = await use('3', 100);
    expect(after).toMatchObject({ outcome: 'posted', entry: { amountMinor: -100 } });
    expect(after).not.toHaveProperty('entry.hold');
    expect(await money()).toEqual([200, 0, 200]);
  });

  test('may take what is set aside for it where nothing else is available, and no more', async () => {
    await reserve('a', 1_000);
    expect(await ledger().post(spend(wallet, 'other', 1))).toMatchObject({
      outcome: 'insufficient',
      availableMinor: 0,
    });
    expect(await use('1', 900)).toMatchObject({ outcome: 'posted' });
    expect(await use('2', 101)).toMatchObject({ outcome: 'insufficient', availableMinor: 0 });
    expect(await use('3', 100)).toMatchObject({ outcome: 'posted', entry: { balanceMinor: 0, heldMinor: 0 } });
  });

  /** Fails if the hold is part of what is asked, or of the key (tried). */
  test('is the same again after the hold was released', async () => {
    await reserve('a', 600);
    await use('1', 100);
    await ledger().void({ wallet, hold: 'a', at });
    expect(await use('1', 100)).toMatchObject({ outcome: 'duplicate', entry: { hold: { line: 2 } } });
    expect(await ledger().post(spend(wallet, '1', 100, { resource: 'spring' }))).toMatchObject({
      outcome: 'duplicate',
    });
    expect(await money()).toEqual([900, 0, 900]);
  });

  test('counts against the balance where the hold is not there, or its time is up', async () => {
    expect(await use('1', 100)).toMatchObject({ outcome: 'posted', entry: { heldMinor: 0 } });
    await reserve('a', 600, minutesLater(10));
    expect(await use('2', 100, { at: minutesLater(10) })).toMatchObject({
      outcome: 'posted',
      entry: { heldMinor: 600 },
    });
    expect(await money()).toEqual([800, 600, 200]);
  });

  test('with parts under a minor unit takes whole ones out of the hold', async () => {
    await reserve('a', 10);
    for (const id of ['1', '2', '3']) await use(id, 0, { amountMicro: -750_000 });
    expect(await ledger().hold(wallet, 'a')).toMatchObject({ line: 3, remainingMinor: 8 });
    expect(await money()).toEqual([998, 8, 990]);
  });

  test('of one hold goes in one group, whoever writes', async () => {
    await reserve('a', 600);
    const batch = (writer: Ledger, from: number) =>
      writer.postMany(Array.from({ length: 40 }, (_, i) => spend(wallet, `${from + i}`, 10, { hold: 'a' })));
    const answers = (await Promise.all([batch(ledger(), 0), batch(replica, 40)])).flat();
    expect(answers.every((answer) => answer.status === 'fulfilled' && answer.value.outcome === 'posted')).toBe(true);
    expect(await ledger().hold(wallet, 'a')).toMatchObject({ state: 'captured', line: 61 });
    expect(await money()).toEqual([200, 0, 200]);
  });

  /** Fails if nobody looks again before the money of the hold is denied (tried). */
  test('is not denied by a read of the hold that is behind', async () => {
    await reserve('a', 1_000);
    const db = mongoose.connection.db!;
    const lines = linesOf(db);
    const findOne = lines.findOne.bind(lines);
    let looks = 0;
    Object.assign(lines, {
      findOne: (...asked: Parameters<typeof findOne>) => {
        looks += 1;
        return looks === 1 ? Promise.resolve(null) : findOne(...asked);
      },
    });
    const { append } = createCommitter(lines, createTurn(db));
    expect(await append(operationOf(spend(wallet, '1', 500, { hold: 'a' })))).toMatchObject({ outcome: 'posted' });
  });
});
