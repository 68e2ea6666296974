import { beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { plainText } from '../../../src/cards/plain-text.js';
import { createLog } from '../../../src/log.js';
import { createDispatcher } from '../../../src/notices/outbox/dispatcher.js';
import { tellPayments } from '../../../src/notices/payments/payment-notices.js';
import type { ReversalKind } from '../../../src/payments/reversal.js';
import { useDatabase } from '../../support/database.js';
import { useLedger } from '../../support/ledger.js';
import { type Company, openMarketing } from '../company.js';
import { scriptedPoster } from '../scripted-poster.js';

useDatabase();
const ledger = useLedger();

const AT = new Date('2026-11-22T12:00:00Z');
const log = createLog({ level: 'silent' });
type Stored = { _id: string } & Record<string, unknown>;

beforeEach(async () => {
  for (const name of ['outbox', 'top_ups', 'payment_reversals', 'payment_suspense'])
    await mongoose.connection.collection(name).deleteMany({});
});

async function toppedUp({ account, marketing, olivia }: Company): Promise<void> {
  await mongoose.connection.collection<Stored>('top_ups').insertOne({
    _id: 'tu_1',
    account: account.id,
    workspace: marketing.id,
    workspaceName: 'Marketing',
    amountMinor: 10_000,
    currency: 'GBP',
    by: olivia.id,
    key: 'k1',
    method: 'card',
    state: 'credited',
    balanceMinor: 10_000,
    told: true,
    createdAt: AT,
    settledAt: AT,
    lookedAt: AT,
  });
}

/** A reversal as payments leave it. */
async function reversed(company: Company, kind: ReversalKind, balanceMinor: number): Promise<void> {
  await toppedUp(company);
  await mongoose.connection.collection<Stored>('payment_reversals').insertOne({
    _id: `${kind}:re_1`,
    account: company.account.id,
    workspace: company.marketing.id,
    topUp: 'tu_1',
    kind,
    amountMinor: 4_000,
    currency: 'GBP',
    balanceMinor,
    providerId: 're_1',
    told: false,
    createdAt: AT,
  });
}

async function told(): Promise<{ to: string; text: string }[]> {
  await tellPayments(log);
  const poster = scriptedPoster();
  const dispatcher = createDispatcher({ posters: [poster], log });
  for (const seconds of [0, 2]) await dispatcher.runOnce(new Date(AT.getTime() + seconds * 1000));
  return poster.sent
    .map((sent) => ({ to: sent.did === 'post' ? sent.to.kind : 'edit', text: plainText(sent.card) }))
    .sort((one, other) => (one.to < other.to ? -1 : 1));
}

describe('money that went back', () => {
  test.each([
    ['refund', 6_000, '£40.00 was refunded. Balance £60.00.', '£40.00 of Marketing was refunded'],
    ['refundUndone', 10_000, 'did not reach the payer', 'A refund of £40.00 of Marketing came back'],
    ['dispute', 6_000, "£40.00 was taken back by the payer's bank.", 'A payment of £40.00 for Marketing is disputed'],
    ['disputeWon', 10_000, "£40.00 came back from the payer's bank.", 'The dispute over £40.00 of Marketing is won'],
  ] as const)(
    '(%s) is told to the channel in totals, and to the owner with whose payment it was, once',
    async (kind, balanceMinor, inChannel, toOwner) => {
      await reversed(await openMarketing(ledger(), AT), kind, balanceMinor);
      const [channel, owner, ...others] = await told();
      expect(others).toEqual([]);
      expect(channel).toMatchObject({ to: 'channel', text: expect.stringContaining(inChannel) });
      expect(channel?.text).not.toContain('Olivia');
      expect(owner).toMatchObject({ to: 'direct', text: expect.stringContaining(toOwner) });
      expect(owner?.text).toContain('the £100.00 that Olivia added to Marketing');
      expect(owner?.text).not.toContain('tu_1');
      expect(await tellPayments(log)).toBe(0);
    },
  );

  test('below zero says what that means, and offers the way up', async () => {
    await reversed(await openMarketing(ledger(), AT), 'dispute', -1_500);
    const [channel] = await told();
    expect(channel?.text).toContain('Balance -£15.00.\nThe balance is below zero, so nothing more can be spent');
    expect(channel?.text).toContain('[Add balance]');
  });

  test('for good (a lost dispute) is told to the owner alone', async () => {
    await reversed(await openMarketing(ledger(), AT), 'disputeLost', 6_000);
    expect(await told()).toEqual([
      { to: 'direct', text: expect.stringContaining('The dispute over £40.00 of Marketing is lost') },
    ]);
  });

  test('is told once to an owner where no channel is bound', async () => {
    await reversed(await openMarketing(ledger(), AT, { unbound: true }), 'refund', 6_000);
    expect(await told()).toEqual([{ to: 'direct', text: expect.stringContaining('£40.00 of Marketing was refunded') }]);
  });
});

describe('a payment in suspense', () => {
  async function suspended({ account }: Company, more: object): Promise<void> {
    await mongoose.connection.collection<Stored>('payment_suspense').insertOne({
      _id: 'pi_1',
      account: account.id,
      amountMinor: 12_300,
      currency: 'EUR',
      why: 'another currency',
      entry: 'topup:pi_1',
      returnedMinor: 0,
      told: false,
      createdAt: AT,
      ...more,
    });
  }

  test('is told privately to the owners, with what came and a reference, once', async () => {
    const company = await openMarketing(ledger(), AT);
    await toppedUp(company);
    await suspended(company, { workspace: company.marketing.id, topUp: 'tu_1' });
    const [said, ...others] = await told();
    expect(others).toEqual([]);
    expect(said).toMatchObject({ to: 'direct' });
    expect(said?.text).toContain('A payment for Marketing is being looked at');
    expect(said?.text).toContain('€123.00 came in and does not fit what was asked for');
    expect(said?.text).toContain('tu_1');
    expect(await tellPayments(log)).toBe(0);
  });

  test('for no workspace that we know is told to the account owner', async () => {
    await suspended(await openMarketing(ledger(), AT), { workspace: 'ws_gone' });
    expect(await told()).toEqual([{ to: 'direct', text: expect.stringContaining('A payment is being looked at') }]);
  });

  test('of test mode is the operator’s business alone', async () => {
    const company = await openMarketing(ledger(), AT);
    await suspended(company, { workspace: company.marketing.id, entry: undefined });
    await mongoose.connection.collection('payment_suspense').updateOne({}, { $unset: { entry: 1 } });
    expect(await told()).toEqual([]);
    expect(await tellPayments(log)).toBe(0);
  });
});
