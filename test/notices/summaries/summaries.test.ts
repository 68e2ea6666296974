import { beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { plainText } from '../../../src/cards/plain-text.js';
import { createDispatcher } from '../../../src/notices/outbox/dispatcher.js';
import { makeDueSummaries } from '../../../src/notices/summaries/summaries.js';
import { enrolWorkspaces } from '../../../src/notices/summaries/summary-schedule.js';
import { disableAccount } from '../../../src/workspace/accounts.js';
import { useDatabase } from '../../support/database.js';
import { useLedger } from '../../support/ledger.js';
import { type Company, openMarketing, spend, topUp } from '../company.js';
import { scriptedPoster } from '../scripted-poster.js';

useDatabase();
const ledger = useLedger();

const date = (text: string) => new Date(text);
const never = () => false;
const faults: object[] = [];
const log = { warn: () => undefined, error: (details: object) => void faults.push(details) };
const pictureOf = () => 'https://bot.test/picture/drawn.png';
const deps = () => ({ ledger: ledger(), log, pictureOf });

beforeEach(async () => {
  for (const name of ['entries', 'outbox', 'messages', 'summaries', 'summary_schedules', 'workspaces', 'memberships']) {
    await mongoose.connection.collection(name).deleteMany({});
  }
  faults.length = 0;
});

async function make(at: Date): Promise<number> {
  await enrolWorkspaces();
  const made = await makeDueSummaries(deps(), at, never);
  expect(faults).toEqual([]);
  return made;
}

async function posted(at: Date): Promise<string[]> {
  const poster = scriptedPoster();
  const dispatcher = createDispatcher({ posters: [poster], log });
  for (let seconds = 0; seconds < 5; seconds++) await dispatcher.runOnce(new Date(at.getTime() + seconds * 1000));
  return poster.sent.map((sent) => plainText(sent.card));
}

const summaries = () => mongoose.connection.collection('summaries').find().sort({ period: 1 }).toArray();

async function storysNovember(): Promise<Company> {
  const company = await openMarketing(ledger(), date('2026-11-22T09:00:00Z'));
  await topUp(ledger(), company, 10_000, date('2026-11-22T09:10:00Z'));
  await spend(ledger(), company, 8_000, date('2026-11-22T10:00:00Z'), { resource: 'Spring sale', person: 'p_mia' });
  await spend(ledger(), company, 160, date('2026-11-22T10:01:00Z'), { resource: 'Newsletter', person: 'p_mia' });
  await topUp(ledger(), company, 10_000, date('2026-11-22T11:00:00Z'));
  return company;
}

describe('a month that is over', () => {
  test('is told as opening + in - out = closing, with totals and nobody’s own spend', async () => {
    await storysNovember();
    expect(await make(date('2026-11-30T23:59:59Z'))).toBe(0);
    expect(await make(date('2026-12-01T01:10:00Z'))).toBe(1);
    const [said] = await posted(date('2026-12-01T01:10:00Z'));
    expect(said?.split('\n')[0]).toBe('Marketing in November: £0.00 + £200.00 - £81.60 = £118.40.');
    expect(said).toContain('Most went to Spring sale: £80.00, 98 % of what was spent.');
    expect(said).toContain('Members: 1 person with 1 standard licence');
    expect(said).not.toContain('p_mia');
    const [stored] = await summaries();
    expect(stored).toMatchObject({
      openingMinor: 0,
      inMinor: 20_000,
      outMinor: 8_160,
      closingMinor: 11_840,
      byPerson: [['p_mia', 8_160]],
    });
  });

  test('is told once, whoever else is at it', async () => {
    await storysNovember();
    await enrolWorkspaces();
    const at = date('2026-12-01T01:10:00Z');
    const made = await Promise.all(Array.from({ length: 5 }, () => makeDueSummaries(deps(), at, never)));
    expect(made.reduce((sum, n) => sum + n, 0)).toBe(1);
    expect(await posted(at)).toHaveLength(1);
    expect(await make(date('2026-12-01T02:00:00Z'))).toBe(0);
  });

  test('continues where the last one ended, and compares with it', async () => {
    const company = await storysNovember();
    await make(date('2026-12-01T01:10:00Z'));
    await posted(date('2026-12-01T01:10:00Z'));
    await spend(ledger(), company, 10_000, date('2026-12-31T23:59:00Z'));
    await spend(ledger(), company, 100, date('2027-01-01T00:00:00Z'));
    expect(await make(date('2027-01-01T01:10:00Z'))).toBe(1);
    const [said] = await posted(date('2027-01-01T01:10:00Z'));
    expect(said?.split('\n')[0]).toBe('Marketing in December: £118.40 + £0.00 - £100.00 = £18.40.');
    expect(said).toContain('Change: £18.40 more than in November (23 %)');
  });

  test('missed months are all made up; only what is news is told', async () => {
    await storysNovember();
    expect(await make(date('2027-02-03T12:00:00Z'))).toBe(3);
    expect((await summaries()).map(({ period, told }) => `${period} ${told}`)).toEqual([
      '2026-11 late',
      '2026-12 late',
      '2027-01 posted',
    ]);
    expect((await posted(date('2027-02-03T12:00:00Z'))).map((text) => text.split('\n')[0])).toEqual([
      'Marketing in January: £118.40 + £0.00 - £0.00 = £118.40.',
    ]);
  });

  test('of a workspace that never had money is kept quiet', async () => {
    await openMarketing(ledger(), date('2026-11-22T09:00:00Z'));
    expect(await make(date('2026-12-01T01:10:00Z'))).toBe(1);
    expect(await posted(date('2026-12-01T01:10:00Z'))).toEqual([]);
  });

  test('ends in the zone that the workspace has by then', async () => {
    const company = await storysNovember();
    await enrolWorkspaces();
    await mongoose.connection
      .collection<{ _id: string }>('workspaces')
      .updateOne({ _id: company.marketing.id }, { $set: { timeZone: 'America/Los_Angeles' } });
    expect(await make(date('2026-12-01T01:10:00Z'))).toBe(0);
    await spend(ledger(), company, 840, date('2026-12-01T06:00:00Z'));
    expect(await make(date('2026-12-01T09:10:00Z'))).toBe(1);
    expect(await summaries()).toEqual([
      expect.objectContaining({ closingMinor: 11_000, to: date('2026-12-01T08:00:00Z') }),
    ]);
  });
});

test('an account that is disabled closes its months and hears nothing', async () => {
  const company = await storysNovember();
  await disableAccount({ tenant: `slack:${company.tenant}`, at: date('2026-11-30T09:00:00Z') });
  expect(await make(date('2026-12-01T09:00:00Z'))).toBe(1);
  expect(await posted(date('2026-12-01T09:00:00Z'))).toEqual([]);
  expect(await summaries()).toMatchObject([{ told: 'quiet', closingMinor: 11_840 }]);
});
