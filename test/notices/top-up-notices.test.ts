import { beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { plainText } from '../../src/cards/plain-text.js';
import { createLog } from '../../src/log.js';
import { createDispatcher } from '../../src/notices/dispatcher.js';
import { tellTopUps } from '../../src/notices/top-up-notices.js';
import '../../src/payments/payments.js';
import { useDatabase } from '../support/database.js';
import { useLedger } from '../support/ledger.js';
import { type Company, openMarketing } from './company.js';
import { scriptedPoster } from './scripted-poster.js';

useDatabase();
const ledger = useLedger();

const AT = new Date('2026-11-22T12:00:00Z');
const log = createLog({ level: 'silent' });

beforeEach(async () => {
  for (const name of ['outbox', 'top_ups']) await mongoose.connection.collection(name).deleteMany({});
});

/** A top-up as payments leave it when it has ended. */
async function ended(company: Company, how: object): Promise<void> {
  const { account, marketing, olivia } = company;
  await mongoose.connection.collection<{ _id: string } & Record<string, unknown>>('top_ups').insertOne({
    _id: 'tu_1',
    account: account.id,
    workspace: marketing.id,
    workspaceName: 'Marketing',
    amountMinor: 10_000,
    currency: 'GBP',
    by: olivia.id,
    key: 'k1',
    told: false,
    createdAt: AT,
    settledAt: AT,
    lookedAt: AT,
    ...how,
  });
}

async function told(): Promise<{ to: string; text: string }[]> {
  await tellTopUps(log);
  const poster = scriptedPoster();
  const dispatcher = createDispatcher({ posters: [poster], log });
  for (const seconds of [0, 2]) await dispatcher.runOnce(new Date(AT.getTime() + seconds * 1000));
  return poster.sent.map((sent) => ({ to: sent.did === 'post' ? sent.to.kind : 'edit', text: plainText(sent.card) }));
}

describe('a top-up that ended', () => {
  test('well is told to the channel, once', async () => {
    await ended(await openMarketing(ledger(), AT), { state: 'credited', balanceMinor: 10_000 });
    expect(await told()).toEqual([{ to: 'channel', text: expect.stringContaining('£100.00 added. Balance £100.00.') }]);
    expect(await tellTopUps(log)).toBe(0);
  });

  test('in a declined card is told to whoever wanted to pay, with the way on', async () => {
    const decline = { code: 'insufficient_funds', message: 'Your card has insufficient funds.' };
    await ended(await openMarketing(ledger(), AT), { state: 'declined', decline });
    const [said, ...others] = await told();
    expect(others).toEqual([]);
    expect(said).toMatchObject({ to: 'direct' });
    expect(said?.text).toContain('£100.00 for Marketing was not paid');
    expect(said?.text).toContain('Your card has insufficient funds. Nothing was taken');
    expect(said?.text).toContain('[Try again]');
  });

  test('unpaid is no news', async () => {
    await ended(await openMarketing(ledger(), AT), { state: 'expired' });
    expect(await told()).toEqual([]);
    expect(await tellTopUps(log)).toBe(0);
  });
});
