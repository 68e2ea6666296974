import { beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { plainText } from '../../src/cards/plain-text.js';
import type { Invocation } from '../../src/chat/invocation.js';
import { createDispatcher } from '../../src/notices/outbox/dispatcher.js';
import { bindChannel } from '../../src/workspace/bindings.js';
import { setPolicy } from '../../src/workspace/policies.js';
import { scriptedPoster } from '../notices/scripted-poster.js';
import { MIA, OLIVIA, TEAM } from '../support/acme.js';
import { callOf, firstLine, said, useOffice } from './harness.js';

const office = useOffice();
const GERMAN = { locale: 'de-DE' };

beforeEach(async () => {
  const { ledger } = office().services;
  const { marketing } = office().acme;
  const entry = { kind: 'topup', amountMinor: 123_450, contra: 'provider', at: office().at } as const;
  await ledger.post({ wallet: marketing.id, key: 'topup:1', ...entry });
});

/** How Mia's Slack says that she writes numbers. */
const miaWrites = (locale: string) =>
  mongoose.connection.collection('people').updateOne({ name: 'Mia' }, { $set: { locale } });
const companyWrites = (locale: string) =>
  mongoose.connection.collection('accounts').updateOne({}, { $set: { locale } });
const typed = (text: string, more: Partial<Invocation> = {}) => office().invoke(OLIVIA, { typed: [text] }, more);

describe('an answer to one person', () => {
  test.each([
    ['de-DE', '1.234,50 £'],
    ['en-US', '£1,234.50'],
    ['fr-FR', '1 234,50 £'],
    ['no such locale', '£1,234.50'],
  ])('is written as in %s, in words, the foot and on buttons', async (locale, written) => {
    const plain = (text: string) => text.replace(/\s+/g, ' ');
    const answer = await typed('balance', { locale });
    expect(plain(firstLine(answer))).toBe(`Marketing has ${written}.`);
    expect(plain(said(answer).split('\n').at(-1)!)).toBe(`Marketing · ${written}`);
  });

  test('follows the profile where the interaction tells nothing, and the company where neither does', async () => {
    await companyWrites('sv-SE');
    await miaWrites('de-DE');
    expect(firstLine(await office().type(MIA, 'balance'))).toBe('Marketing has 1.234,50\u00a0£.');
    expect(firstLine(await typed('balance')).replace(/\s/g, ' ')).toBe('Marketing has 1 234,50 £.');
  });

  test('that says no is written so too; how to type an amount is said as everybody may type it', async () => {
    expect(said(await typed('move 5000 to Support', GERMAN))).toMatch(/1\.234,50\u00a0£/);
    const form = await typed('topup 1.000', GERMAN);
    expect(JSON.stringify(form)).toContain('Please type it like 1234.50.');
  });

  test('what was shown may be typed once more as it was shown, and no other amount', async () => {
    const { account, marketing, olivia } = office().acme;
    const of = { account, workspace: marketing.id, by: olivia.id, at: office().at };
    await setPolicy({ ...of, key: 'retypeAboveMinor', value: 10_000 });
    const preview = await typed('move 1000 to Support', GERMAN);
    const form = await office().invoke(OLIVIA, { clicked: callOf(preview, 'Move 1.000,00\u00a0£') }, GERMAN);
    const again = async (retyped: string) => {
      if (form.kind !== 'form') throw new Error(said(form));
      return office().invoke(OLIVIA, { submitted: form.form.call, fields: { retyped } }, GERMAN);
    };
    expect(await again('100,00')).toMatchObject({ kind: 'form' });
    expect(await again('1000,00')).toMatchObject({ kind: 'form' });
    expect(said(await again('1.000,00'))).toContain('234,50\u00a0£');
  });
});

test('what the channel sees is written as the company does, whoever asked, and a direct message as its reader does', async () => {
  await companyWrites('en-GB');
  await miaWrites('fr-FR');
  const { account, marketing, olivia } = office().acme;
  const where = { platform: 'slack' as const, tenant: TEAM, channel: 'C1', channelName: 'marketing' };
  const purposes = ['alerts', 'approvals'] as const;
  await bindChannel({
    account: account.id,
    workspace: marketing.id,
    ...where,
    purposes,
    by: olivia.id,
    at: office().at,
  });
  const asked = await office().invoke(MIA, { typed: ['topup 1234.50'] }, GERMAN);
  const answered = await office().invoke(MIA, { clicked: callOf(asked, 'Ask for 1.234,50\u00a0£') }, GERMAN);
  expect(answered.kind).toBe('private');
  const poster = scriptedPoster();
  const log = { warn: () => undefined, error: (fault: unknown) => expect(fault).toBeUndefined() };
  const dispatcher = createDispatcher({ posters: [poster], log });
  await office().type(OLIVIA, 'deny ', { person: MIA }, ' Next month');
  for (const second of [0, 2, 4, 6]) await dispatcher.runOnce(new Date(office().at.getTime() + second * 1_000));
  const words = poster.sent.map((sent) => plainText(sent.card));
  expect(words.join('\n')).toContain('£1,234.50');
  expect(words.join('\n').replace(/\s/g, ' ')).toContain('1 234,50 £');
  expect(words.join('\n')).not.toContain('1.234,50');
});

test('a shared balance is for everybody who reads it', async () => {
  office().place = { ...office().place, kind: 'channel', channel: 'C0MARK' };
  const mine = await typed('balance', GERMAN);
  const shared = await office().invoke(OLIVIA, { clicked: callOf(mine, 'Share') }, GERMAN);
  expect([shared.kind, firstLine(shared)]).toEqual(['open', 'Marketing has £1,234.50.']);
});
