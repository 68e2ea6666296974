import { beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { register } from 'prom-client';
import { holdsSweep, runningTotalsSweep, verifySweep } from '../../src/jobs/ledger-sweeps.js';
import { reportHealth } from '../../src/jobs/metrics.js';
import { inspect } from '../../src/jobs/watchdog.js';
import { totalsOf } from '../../src/ledger/derived.js';
import { linesOf } from '../../src/ledger/line.js';
import { createLog } from '../../src/log.js';
import { at, minutesLater, newWallet, spend, topUp } from '../ledger/postings.js';
import { useDatabase } from '../support/database.js';
import { emptyDatabase } from '../support/empty-database.js';
import { expectLedgerSound, useLedger } from '../support/ledger.js';

useDatabase();
const ledger = useLedger({ unverified: 'tests corrupt it' });
const db = () => mongoose.connection.db!;

const faults: string[] = [];
const log = createLog({ level: 'warn', write: (line) => void faults.push(line) });
const needs = () => ({ db: db(), ledger: ledger(), log });
const plenty = () => false;
/** Time for so many looks at the clock. */
const timeFor = (looks: number) => {
  let looked = 0;
  return () => ++looked > looks;
};

let wallet: string;
beforeEach(async () => {
  await emptyDatabase();
  faults.length = 0;
  wallet = await funded();
});

async function funded(): Promise<string> {
  const name = newWallet();
  await ledger().open({ wallet: name, account: 'acc_1', currency: 'GBP', at });
  await ledger().post(topUp(name, '1', 1_000));
  return name;
}

test('holds past their time give their money back, without anybody asking', async () => {
  await ledger().reserve({ wallet, hold: 'soon', amountMinor: 300, at, expiresAt: minutesLater(10) });
  await ledger().reserve({ wallet, hold: 'later', amountMinor: 200, at, expiresAt: minutesLater(60) });
  const sweeps = [runningTotalsSweep(needs()), holdsSweep(needs())];
  for (const sweep of sweeps) await sweep.run({ at: minutesLater(9), timeIsUp: plenty });
  expect(await ledger().head(wallet)).toMatchObject({ heldMinor: 500, availableMinor: 500 });
  for (const sweep of sweeps) await sweep.run({ at: minutesLater(10), timeIsUp: plenty });
  expect(await ledger().head(wallet)).toMatchObject({ heldMinor: 200, availableMinor: 800 });
  const { entries } = await ledger().history(wallet, { limit: 1, kind: 'release' });
  expect(entries[0]?.hold).toMatchObject({ id: 'soon', state: 'expired', remainingMinor: 0 });
  await expectLedgerSound();
});

test('a hold that cannot be closed is told of and stops no other', async () => {
  await ledger().reserve({ wallet, hold: 'stuck', amountMinor: 300, at, expiresAt: minutesLater(5) });
  await ledger().reserve({ wallet, hold: 'fine', amountMinor: 200, at, expiresAt: minutesLater(10) });
  await runningTotalsSweep(needs()).run({ at, timeIsUp: plenty });
  const expire: ReturnType<typeof ledger>['expire'] = (asked) =>
    asked.hold === 'stuck' ? Promise.reject(new Error('busy')) : ledger().expire(asked);
  await holdsSweep({ ...needs(), ledger: { expire } }).run({ at: minutesLater(20), timeIsUp: plenty });
  expect(await ledger().head(wallet)).toMatchObject({ heldMinor: 300 });
  expect(faults).toEqual([expect.stringContaining('"hold":"stuck"')]);
  await holdsSweep(needs()).run({ at: minutesLater(20), timeIsUp: plenty });
  expect(await ledger().head(wallet)).toMatchObject({ heldMinor: 0 });
});

test('running totals go on behind the wallet where the time was up', async () => {
  const wallets = [wallet, await funded(), await funded()];
  const marked = async () => (await totalsOf(db()).distinct('w', { u: 'mark' })).toSorted();
  const sweep = runningTotalsSweep(needs());
  for (const done of [1, 2, 3]) {
    await ledger().post(spend(wallets[0]!, String(done), 1));
    await sweep.run({ at, timeIsUp: timeFor(1) });
    expect(await marked()).toEqual(wallets.toSorted().slice(0, done));
  }
});

describe('the verifier', () => {
  const run = (when: Date) => verifySweep(needs()).run({ at: when, timeIsUp: plenty });
  const metrics = async (when: Date) => {
    reportHealth(await inspect(db(), [], when));
    const text = await register.metrics();
    const value = (name: string) => Number(text.match(new RegExp(`^${name} (.*)$`, 'm'))?.[1]);
    return {
      findings: value('ledger_findings'),
      entries: value('ledger_verified_entries'),
      age: value('ledger_verified_age_seconds'),
    };
  };

  test('says what it covered, and how old the last whole round is', async () => {
    await run(at);
    expect(await metrics(minutesLater(2))).toEqual({ findings: 0, entries: 2, age: 120 });
    expect(faults).toEqual([]);
  });

  test('tells what does not add up, with a reference; the metric stays until it is mended', async () => {
    await linesOf(db()).updateOne({ w: wallet, s: 2 }, { $set: { balanceMinor: 5 } });
    await run(at);
    expect(JSON.parse(faults[0]!)).toMatchObject({
      msg: 'the ledger does not add up',
      rule: 'balance',
      wallet,
      sequence: 2,
      reference: expect.stringMatching(/^R-/),
    });
    expect((await metrics(at)).findings).toBeGreaterThan(0);
    await linesOf(db()).updateOne({ w: wallet, s: 2 }, { $set: { balanceMinor: 1_000 } });
    await run(minutesLater(1));
    expect((await metrics(at)).findings).toBe(0);
  });
});
