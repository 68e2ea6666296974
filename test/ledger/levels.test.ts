import { describe, expect, test } from '@jest/globals';
import type { Level, Posting } from '../../src/ledger/entry.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { at, minutesLater, newWallet, spend, topUp } from './postings.js';

useDatabase();
const ledger = useLedger();

type Alert = { from: Level; to: Level; episode: number } | undefined;

/** A new wallet, and a way to post to it that answers with the alert of the line. */
async function watched(thresholds?: { lowPercent?: number; lowMinor?: number; criticalPercent?: number }) {
  const wallet = newWallet();
  await ledger().open({ wallet, account: 'acc_1', currency: 'GBP', at, ...(thresholds && { thresholds }) });
  let count = 0;
  const alertOf = async (posting: Posting): Promise<Alert> => {
    const posted = await ledger().post(posting);
    if (posted.outcome !== 'posted') throw new Error(posted.outcome);
    return posted.entry.alert;
  };
  return {
    wallet,
    spend: (amountMinor: number) => alertOf(spend(wallet, String(count++), amountMinor)),
    topUp: (amountMinor: number) => alertOf(topUp(wallet, String(count++), amountMinor)),
    level: async () => (await ledger().head(wallet))?.level,
  };
}

describe('alert levels', () => {
  test('the story: £100.00, spent to £18.40 is low; £100.00 more is all clear', async () => {
    const marketing = await watched();
    expect(await marketing.topUp(10_000)).toBeUndefined();
    expect(await marketing.spend(8_000)).toBeUndefined();
    expect(await marketing.spend(160)).toEqual({ from: 'ok', to: 'low', episode: 1 });
    expect(await marketing.topUp(10_000)).toEqual({ from: 'low', to: 'ok', episode: 1 });
    expect(await ledger().head(marketing.wallet)).toMatchObject({
      balanceMinor: 11_840,
      creditedToMinor: 11_840,
      level: 'ok',
    });
  });

  test('a new wallet at zero is not alerted; empty is told once it had money', async () => {
    const fresh = await watched();
    expect(await fresh.level()).toBe('ok');
    await fresh.topUp(100);
    expect(await fresh.spend(100)).toEqual({ from: 'ok', to: 'empty', episode: 1 });
  });

  test('one episode worsens step by step, each step once', async () => {
    const wallet = await watched();
    await wallet.topUp(1_000);
    expect(await wallet.spend(801)).toMatchObject({ to: 'low', episode: 1 });
    expect(await wallet.spend(50)).toBeUndefined();
    expect(await wallet.spend(50)).toEqual({ from: 'low', to: 'critical', episode: 1 });
    expect(await wallet.spend(99)).toEqual({ from: 'critical', to: 'empty', episode: 1 });
    await wallet.topUp(1_000);
    expect(await wallet.spend(901)).toMatchObject({ from: 'ok', to: 'critical', episode: 2 });
  });

  test('exactly the threshold is not yet under it', async () => {
    const wallet = await watched();
    await wallet.topUp(1_000);
    expect(await wallet.spend(800)).toBeUndefined();
    expect(await wallet.spend(1)).toMatchObject({ to: 'low' });
  });

  test('a balance on the edge alerts once: the level is left at 110 % of its threshold', async () => {
    const edge = await watched({ lowMinor: 1_000 });
    await edge.topUp(1_000);
    expect(await edge.spend(1)).toMatchObject({ to: 'low', episode: 1 });
    expect(await edge.topUp(100)).toBeUndefined();
    expect(await edge.spend(100)).toBeUndefined();
    expect(await edge.topUp(101)).toEqual({ from: 'low', to: 'ok', episode: 1 });
    expect(await edge.spend(101)).toEqual({ from: 'ok', to: 'low', episode: 2 });
  });

  test('a small credit that is no top-up does not pass for a full wallet', async () => {
    const wallet = await watched();
    await wallet.topUp(1_000);
    await wallet.spend(850);
    const back: Posting = {
      wallet: wallet.wallet,
      key: 'r:1',
      kind: 'adjustment',
      amountMinor: 5,
      contra: 'revenue',
      at,
    };
    expect(await ledger().post(back)).toMatchObject({ outcome: 'posted', entry: { balanceMinor: 155 } });
    expect(await wallet.level()).toBe('low');
  });

  test('new thresholds are a line of the chain and judge the balance at once', async () => {
    const { wallet, topUp: credit, spend: use } = await watched();
    await credit(1_000);
    await use(600);
    const change = { wallet, key: 'set:1', thresholds: { lowPercent: 50 }, at: minutesLater(1) };
    expect(await ledger().setThresholds(change)).toMatchObject({
      outcome: 'posted',
      entry: { kind: 'settings', amountMinor: 0, balanceMinor: 400, alert: { from: 'ok', to: 'low', episode: 1 } },
    });
    expect(await ledger().setThresholds(change)).toMatchObject({ outcome: 'duplicate' });
    expect(await ledger().setThresholds({ ...change, key: 'set:2', thresholds: { lowPercent: 40 } })).toMatchObject({
      entry: { alert: { from: 'low', to: 'ok' } },
    });
    await expect(
      ledger().setThresholds({ ...change, key: 'set:3', thresholds: { lowPercent: 100 } }),
    ).rejects.toThrow();
  });

  test('crossings are found by their time, in all wallets', async () => {
    const since = minutesLater(10_000);
    const [one, two, quiet] = [await watched(), await watched(), await watched()];
    for (const [minutes, { wallet }] of [
      [10_000, one],
      [10_001, two],
    ] as const) {
      await ledger().post(topUp(wallet, 'x', 100));
      await ledger().post(spend(wallet, 'x', 85, { at: minutesLater(minutes) }));
    }
    await quiet.topUp(100);
    const found = await ledger().crossingsSince(since, 10);
    expect(found.map((entry) => [entry.wallet, entry.alert?.to])).toEqual([
      [one.wallet, 'low'],
      [two.wallet, 'low'],
    ]);
    expect(await ledger().crossingsSince(since, 1)).toHaveLength(1);
    expect(await ledger().crossingsSince(minutesLater(10_002), 10)).toEqual([]);
  });
});
