import { describe, expect, test } from '@jest/globals';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { at, minutesLater, newWallet, spend, topUp } from './postings.js';

useDatabase();
const ledger = useLedger();

async function openWallet(floorMinor = 0): Promise<string> {
  const wallet = newWallet();
  await ledger().open({ wallet, account: 'acc_1', currency: 'GBP', at, floorMinor });
  return wallet;
}

describe('opening', () => {
  test('the first line is an empty wallet, and opening again changes nothing', async () => {
    const wallet = await openWallet();
    const again = await ledger().open({ wallet, account: 'acc_1', currency: 'GBP', at: minutesLater(5) });
    expect(again).toMatchObject({ sequence: 1, kind: 'opened', amountMinor: 0, balanceMinor: 0, at });
    expect((await ledger().history(wallet, { limit: 10 })).entries).toHaveLength(1);
  });

  test('another currency for the same wallet is a mistake, not a change', async () => {
    const wallet = await openWallet();
    await expect(ledger().open({ wallet, account: 'acc_1', currency: 'EUR', at })).rejects.toThrow(
      /another account or currency/,
    );
    expect((await ledger().head(wallet))?.currency).toBe('GBP');
  });

  test('a wallet nobody opened takes no postings', async () => {
    expect(await ledger().post(topUp('ws_nobody', '1', 100))).toEqual({ outcome: 'unknownWallet' });
    expect(await ledger().head('ws_nobody')).toBeUndefined();
  });
});

describe('the same key again', () => {
  test('with the same request returns the first entry with its own balance', async () => {
    const wallet = await openWallet();
    const first = await ledger().post(topUp(wallet, '1', 10_000));
    await ledger().post(spend(wallet, '1', 2_500));
    const repeat = await ledger().post(topUp(wallet, '1', 10_000, { at: minutesLater(9) }));
    expect(repeat).toEqual({ outcome: 'duplicate', entry: first.outcome === 'posted' && first.entry });
    expect((await ledger().head(wallet))?.balanceMinor).toBe(7_500);
  });

  test.each([
    ['another amount', { amountMinor: 9_999 }],
    ['another label', { memo: 'by card' }],
    ['another contra account', { contra: 'suspense' as const }],
  ])('with %s is a conflict that shows the first use', async (_what, more) => {
    const wallet = await openWallet();
    await ledger().post(topUp(wallet, '1', 10_000));
    const conflict = await ledger().post(topUp(wallet, '1', 10_000, more));
    expect(conflict).toMatchObject({ outcome: 'conflict', first: { key: 'topup:1', amountMinor: 10_000 } });
  });

  test('is looked at before the funds', async () => {
    const wallet = await openWallet();
    await ledger().post(topUp(wallet, '1', 100));
    await ledger().post(spend(wallet, '1', 100));
    expect(await ledger().post(spend(wallet, '1', 100))).toMatchObject({
      outcome: 'duplicate',
      entry: { balanceMinor: 0 },
    });
    expect(await ledger().post(spend(wallet, '1', 101))).toMatchObject({ outcome: 'conflict' });
  });

  test('compares what was asked, not what it cost then', async () => {
    const wallet = await openWallet();
    await ledger().post(topUp(wallet, '1', 100));
    const request = { item: 'sms', quantity: 2 };
    await ledger().post(spend(wallet, '1', 8, { request }));
    expect(await ledger().post(spend(wallet, '1', 10, { request: { quantity: 2, item: 'sms' } }))).toMatchObject({
      outcome: 'duplicate',
      entry: { amountMinor: -8 },
    });
    expect(await ledger().earlier({ wallet, key: 'u:1', request })).toMatchObject({ outcome: 'duplicate' });
    expect(await ledger().earlier({ wallet, key: 'u:1', request: { item: 'mms' } })).toMatchObject({
      outcome: 'conflict',
    });
    expect(await ledger().earlier({ wallet, key: 'u:2', request })).toBeUndefined();
  });

  test('in another wallet is another operation', async () => {
    const [one, two] = [await openWallet(), await openWallet()];
    expect(await ledger().post(topUp(one, '1', 5))).toMatchObject({ outcome: 'posted' });
    expect(await ledger().post(topUp(two, '1', 7))).toMatchObject({ outcome: 'posted' });
  });
});

describe('the floor', () => {
  test('too little is told with what is there, is not remembered, and succeeds after a top-up', async () => {
    const wallet = await openWallet();
    await ledger().post(topUp(wallet, '1', 50));
    expect(await ledger().post(spend(wallet, '1', 51))).toEqual({
      outcome: 'insufficient',
      balanceMinor: 50,
      availableMinor: 50,
    });
    await ledger().post(topUp(wallet, '2', 1));
    expect(await ledger().post(spend(wallet, '1', 51))).toMatchObject({
      outcome: 'posted',
      entry: { balanceMinor: 0 },
    });
  });

  test('is where the overdraft of the wallet puts it', async () => {
    const wallet = await openWallet(-100);
    expect(await ledger().post(spend(wallet, '1', 100))).toMatchObject({
      outcome: 'posted',
      entry: { balanceMinor: -100 },
    });
    expect(await ledger().post(spend(wallet, '2', 1))).toMatchObject({ outcome: 'insufficient' });
  });

  test.each(['refund', 'dispute'] as const)('is passed by a %s alone', async (kind) => {
    const wallet = await openWallet();
    await ledger().post(topUp(wallet, '1', 100));
    await ledger().post(spend(wallet, '1', 60));
    const back = { wallet, key: `${kind}:1`, amountMinor: -100, contra: 'provider', at } as const;
    expect(await ledger().post({ ...back, kind: 'reversal', reverses: 'topup:1' })).toMatchObject({
      outcome: 'insufficient',
    });
    expect(await ledger().post({ ...back, kind })).toMatchObject({ outcome: 'posted', entry: { balanceMinor: -60 } });
  });
});

describe('a line', () => {
  test('never stands before the one above it, whatever the clock says', async () => {
    const wallet = await openWallet();
    await ledger().post(topUp(wallet, '1', 100, { at: minutesLater(10) }));
    expect(await ledger().post(spend(wallet, '1', 1, { at: minutesLater(3) }))).toMatchObject({
      entry: { at: minutesLater(10) },
    });
  });

  test('keeps the labels it was given, and an effective date does not move it', async () => {
    const wallet = await openWallet();
    await ledger().post(topUp(wallet, '1', 100));
    const labels = { resource: 'spring', person: 'p_1', item: 'sms', quantity: 3, effectiveAt: minutesLater(-600) };
    await ledger().post(spend(wallet, '1', 3, labels));
    expect(await ledger().entry(wallet, 'u:1')).toMatchObject({ ...labels, sequence: 3, at });
  });

  test('books whole minor units and carries the rest to the next', async () => {
    const wallet = await openWallet();
    await ledger().post(topUp(wallet, '1', 100));
    const booked: number[] = [];
    for (const id of ['a', 'b', 'c', 'd']) {
      const posted = await ledger().post(spend(wallet, id, 1, { amountMicro: -750_000 }));
      if (posted.outcome === 'posted') booked.push(posted.entry.amountMinor);
    }
    expect(booked).toEqual([-1, -2, -2, -2]);
    expect(await ledger().head(wallet)).toMatchObject({ balanceMinor: 93, remainderMicro: 0 });
  });

  test.each([
    ['an amount that is no integer', { amountMinor: 0.5 }],
    ['an amount outside the safe range', { amountMinor: 2 ** 53 }],
    ['no amount', { amountMinor: 0 }],
    ['a negative top-up', { amountMinor: -5 }],
    ['a contra account of nobody', { contra: 'none' as const }],
    ['an empty key', { key: '' }],
    ['an endless key', { key: 'k'.repeat(201) }],
    ['a fraction of a whole unit', { amountMicro: -1_000_000 }],
  ])('is refused with %s', async (_what, more) => {
    const wallet = await openWallet();
    await expect(ledger().post(topUp(wallet, '1', 1, more))).rejects.toThrow();
    expect((await ledger().head(wallet))?.sequence).toBe(1);
  });

  test('never takes the balance out of the safe integers', async () => {
    const wallet = await openWallet();
    await ledger().post(topUp(wallet, '1', Number.MAX_SAFE_INTEGER));
    await expect(ledger().post(topUp(wallet, '2', 1))).rejects.toThrow(RangeError);
    await ledger().post(spend(wallet, '1', 1));
    expect(await ledger().post(topUp(wallet, '2', 1))).toMatchObject({
      entry: { balanceMinor: Number.MAX_SAFE_INTEGER },
    });
  });
});
