import { beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { plainText } from '../../../src/cards/plain-text.js';
import { createLog } from '../../../src/log.js';
import { createDispatcher } from '../../../src/notices/outbox/dispatcher.js';
import { tellTopUps } from '../../../src/notices/payments/top-up-notices.js';
import { alertAudience } from '../../../src/notices/alerts/alert-audience.js';
import { setEndpoint } from '../../../src/webhooks/endpoints.js';
import { bindChannel } from '../../../src/workspace/bindings.js';
import { disableWorkspace } from '../../../src/workspace/workspaces.js';
import { useDatabase } from '../../support/database.js';
import { useLedger } from '../../support/ledger.js';
import { type Company, openMarketing } from '../company.js';
import { scriptedPoster } from '../scripted-poster.js';

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
    method: 'page',
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

  test('is told where payments go alone, while alerts stay where they are', async () => {
    const company = await openMarketing(ledger(), AT);
    const { account, marketing, olivia, tenant } = company;
    const finance = { platform: 'slack' as const, tenant, channel: 'C0FINANCE', channelName: 'finance' };
    const by = { account: account.id, workspace: marketing.id, by: olivia.id, at: AT };
    await bindChannel({ ...finance, ...by, purposes: ['payments'] });
    await ended(company, { state: 'credited', balanceMinor: 10_000 });
    await tellTopUps(log);
    const rows = await mongoose.connection.collection('outbox').find().toArray();
    expect(rows).toMatchObject([{ to: { channel: { channel: 'C0FINANCE' } } }]);
    expect((await alertAudience(marketing, 'low')).to).toMatchObject([{ channel: { channel: 'C0MARKETING' } }]);
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

  test.each([
    [{ state: 'credited', balanceMinor: 10_000 }, 'topup.succeeded', { balanceMinor: 10_000, automatic: false }],
    [
      {
        state: 'declined',
        decline: { code: 'expired_card', message: 'Expired.' },
        automatic: { kind: 'below', cause: '1' },
      },
      'topup.failed',
      { why: 'expired_card', automatic: true },
    ],
    [{ state: 'failed', method: 'card' }, 'topup.failed', { why: 'failed' }],
  ])('is an event for the webhook, once: %j', async (how, type, data) => {
    const company = await openMarketing(ledger(), AT);
    const place = { account: company.account.id, workspace: company.marketing.id };
    const plain = { encrypt: (text: string) => text, decrypt: (text: string) => text };
    await setEndpoint(plain, { ...place, by: company.olivia.id, at: AT, url: new URL('https://hooks.acme.test') });
    await ended(company, how);
    await tellTopUps(log);
    await mongoose.connection.collection('top_ups').updateMany({}, { $set: { told: false } });
    await tellTopUps(log);
    const recorded = await mongoose.connection.collection('webhook_deliveries').find(place).toArray();
    expect(recorded.map(({ body }) => JSON.parse(String(body)))).toEqual([
      {
        type,
        timestamp: AT.toISOString(),
        data: expect.objectContaining({ topUp: 'tu_1', amountMinor: 10_000, currency: 'GBP', ...data }),
      },
    ]);
  });

  test('unpaid is no news', async () => {
    await ended(await openMarketing(ledger(), AT), { state: 'expired' });
    expect(await told()).toEqual([]);
    expect(await tellTopUps(log)).toBe(0);
  });

  test('by a saved card that was refused names the card to whoever paid', async () => {
    const decline = { code: 'insufficient_funds', message: 'Your card has insufficient funds.' };
    const card = { brand: 'visa', last4: '4242' };
    await ended(await openMarketing(ledger(), AT), { state: 'declined', method: 'card', card, decline });
    expect(await told()).toEqual([
      { to: 'direct', text: expect.stringContaining('Visa ···4242: Your card has insufficient funds.') },
    ]);
  });

  test('because nobody could charge the saved card is told to whoever paid', async () => {
    await ended(await openMarketing(ledger(), AT), { state: 'failed', method: 'card' });
    const [said] = await told();
    expect(said).toMatchObject({ to: 'direct' });
    expect(said?.text).toContain('The payment provider did not charge the saved card. Nothing was taken');
  });

  test('in a workspace that was disabled meanwhile is told to its channel all the same', async () => {
    const company = await openMarketing(ledger(), AT);
    const { account, marketing, olivia } = company;
    await disableWorkspace({ account: account.id, workspace: marketing.id, by: olivia.id, at: AT });
    await ended(company, { state: 'credited', balanceMinor: 10_000 });
    expect(await told()).toEqual([{ to: 'channel', text: expect.stringContaining('£100.00 added. Balance £100.00.') }]);
  });
});

describe('a saved card whose bank asks for its holder', () => {
  test('leads them to the page, with why', async () => {
    const waiting = { state: 'open', method: 'card', card: { brand: 'visa', last4: '4242' }, needsCardholder: true };
    const company = await openMarketing(ledger(), AT);
    await ended(company, { ...waiting, url: 'https://pay.test/1' });
    await mongoose.connection.collection('top_ups').updateOne({}, { $unset: { settledAt: 1 } });
    const [said, ...others] = await told();
    expect(others).toEqual([]);
    expect(said).toMatchObject({ to: 'direct' });
    expect(said?.text).toContain('Your bank asks you to confirm £100.00 for Marketing');
    expect(said?.text).toContain('nothing was taken yet');
    expect(said?.text).toContain('[Pay £100.00]');
    expect(await tellTopUps(log)).toBe(0);
  });

  test('is no news before there is a page', async () => {
    await ended(await openMarketing(ledger(), AT), { state: 'open', method: 'card', needsCardholder: true });
    await mongoose.connection.collection('top_ups').updateOne({}, { $unset: { settledAt: 1 } });
    expect(await told()).toEqual([]);
  });
});
