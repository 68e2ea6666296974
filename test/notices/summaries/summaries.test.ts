import { beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { plainText } from '../../../src/cards/plain-text.js';
import { createDispatcher } from '../../../src/notices/outbox/dispatcher.js';
import { enqueue } from '../../../src/notices/outbox/outbox.js';
import { makeDueSummaries } from '../../../src/notices/summaries/summaries.js';
import { enrolWorkspaces } from '../../../src/notices/summaries/summary-schedule.js';
import { makeDueAccountSummaries } from '../../../src/notices/summaries/account-summaries.js';
import { summaryFacts } from '../../../src/notices/summaries/month.js';
import { readMonth } from '../../../src/notices/summaries/read-month.js';
import { summaryCard } from '../../../src/cards/summaries/summary-card.js';
import { summaryCharts } from '../../../src/cards/summaries/summary-charts.js';
import { createWorkspace } from '../../../src/workspace/workspaces.js';
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
const COLLECTIONS = [
  ...['entries', 'outbox', 'messages', 'summaries', 'summary_schedules', 'account_summary_schedules'],
  ...['workspaces', 'memberships', 'bindings', 'ledgerTotals'],
];
const log = { warn: () => undefined, error: (details: object) => void faults.push(details) };
const pictureOf = () => 'https://bot.test/picture/drawn.png';
const deps = () => ({ ledger: ledger(), log, pictureOf });

beforeEach(async () => {
  for (const name of COLLECTIONS) {
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

/** All that is posted within the hour after. */
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
    expect(said).toContain('Change: £18.40 more than in November, its first month (23 %)');
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

// Without `outboxHasRoom` all are made at once; with the ranks the other way round the alert comes last.
test('while the outbox is full no month is closed, and an alert goes out before all that waits', async () => {
  await storysNovember();
  const due = date('2026-12-01T01:10:00Z');
  const card = { name: 'test', parts: [] };
  const waiting = Array.from({ length: 20_000 }, (_, i) => ({
    ...{ _id: `w${i}`, account: 'acc_1', to: { email: `w${i}@acme.com` }, lane: `email:w${i}`, queue: 'mail', card },
    ...{ revision: 0, rank: 1, state: 'pending', queuedAt: due, dueAt: due, fence: 0, tries: 0, copy: false },
  }));
  const outbox = mongoose.connection.collection<{ _id: string }>('outbox');
  await outbox.insertMany(waiting);
  expect(await make(due)).toBe(0);
  const to = { channel: { platform: 'slack' as const, tenant: 'T1', channel: 'C1' } };
  await enqueue([{ id: 'alert', account: 'acc_1', to, card, urgent: true }]);
  const carried: string[] = [];
  const poster = scriptedPoster();
  const post = poster.post;
  poster.post = (...args) => {
    carried.push(args[2]);
    return post(...args);
  };
  const mailer = { send: async ({ id }: { id: string }) => void carried.push(id) };
  const dispatcher = createDispatcher({ posters: [poster], mailer, log, now: () => due });
  await dispatcher.drain(() => carried.length > 0);
  await dispatcher.stop();
  // What is in hand at once arrives in any order.
  expect(carried).toContain('alert');
  expect(carried.length).toBeLessThan(100);
  await outbox.deleteMany({ rank: 1 });
  expect(await make(due)).toBe(1);
});

test('an account that is disabled closes its months and hears nothing', async () => {
  const company = await storysNovember();
  await disableAccount({ tenant: `slack:${company.tenant}`, at: date('2026-11-30T09:00:00Z') });
  expect(await make(date('2026-12-01T09:00:00Z'))).toBe(1);
  expect(await posted(date('2026-12-01T09:00:00Z'))).toEqual([]);
  expect(await summaries()).toMatchObject([{ told: 'quiet', closingMinor: 11_840 }]);
});

describe('what is told of a month', () => {
  test('is what changed, by its three largest causes, and what moved besides', async () => {
    const company = await storysNovember();
    await make(date('2026-12-01T00:06:00Z'));
    await posted(date('2026-12-01T01:10:00Z'));
    const december = date('2026-12-10T12:00:00Z');
    await spend(ledger(), company, 2_000, december, { resource: 'Spring sale' });
    await spend(ledger(), company, 300, december, { resource: 'Newsletter' });
    await spend(ledger(), company, 500, december, { resource: 'Reminders' });
    await spend(ledger(), company, 10, december, { resource: 'Surveys' });
    await make(date('2027-01-01T00:06:00Z'));
    const [said] = await posted(date('2027-01-01T01:10:00Z'));
    expect(said).toContain(
      'Change: £53.50 less than in November, its first month (66 %): ' +
        'Spring sale £60.00 less, Reminders £5.00 (new), Newsletter £1.40 more, everything else £0.10 more',
    );
    expect(said).toContain('Most was spent on 10 December: £28.10. An average day took £0.91.');
  });

  test('is posted within the hour after it was made, always at the same moment', async () => {
    await storysNovember();
    expect(await make(date('2026-12-01T00:06:00Z'))).toBe(1);
    expect(await posted(date('2026-12-01T00:04:00Z'))).toEqual([]);
    expect(await posted(date('2026-12-01T01:05:00Z'))).toHaveLength(1);
  });

  test('is the same for one of many as for whoever asks', async () => {
    const { marketing } = await storysNovember();
    const at = date('2026-12-01T00:06:00Z');
    await make(at);
    const asked = summaryFacts(await readMonth(ledger(), marketing, '2026-11', at));
    const row = await mongoose.connection.collection('outbox').findOne({ workspace: marketing.id });
    const charts = summaryCharts(asked);
    expect(row!['card']).toEqual(JSON.parse(JSON.stringify(summaryCard(asked, { charts, picture: pictureOf() }))));
  });
});

describe('many at once', () => {
  const AT = date('2026-12-01T00:06:00Z');

  async function companies(count: number): Promise<Company[]> {
    const all: Company[] = [];
    for (let n = 0; n < count; n++) all.push(await storysNovember());
    return all;
  }

  test('one that cannot be made holds up none of those it was taken together with', async () => {
    const [first, second, third] = await companies(3);
    await enrolWorkspaces();
    const entries = mongoose.connection.collection('entries');
    await entries.updateOne({ w: second!.marketing.id, s: 3 }, { $inc: { amountMinor: -1 } });
    expect(await makeDueSummaries(deps(), AT, never)).toBe(2);
    expect(new Set((await summaries()).map(({ workspace }) => workspace))).toEqual(
      new Set([first!.marketing.id, third!.marketing.id]),
    );
    expect(faults).toEqual([expect.objectContaining({ workspace: second!.marketing.id })]);
    await entries.updateOne({ w: second!.marketing.id, s: 3 }, { $inc: { amountMinor: 1 } });
    expect(await makeDueSummaries(deps(), new Date(AT.getTime() + 10 * 60_000), never)).toBe(1);
  });

  test('each goes where its own workspace has it go', async () => {
    const bound = await storysNovember();
    const unbound = await openMarketing(ledger(), date('2026-11-22T09:00:00Z'), { unbound: true });
    await topUp(ledger(), unbound, 500, date('2026-11-22T10:00:00Z'));
    await make(AT);
    const rows = await mongoose.connection
      .collection('outbox')
      .find({ _id: /^summary/ })
      .toArray();
    expect(rows.map(({ to }) => to)).toEqual(
      expect.arrayContaining([
        { channel: { platform: 'slack', tenant: bound.tenant, channel: 'C0MARKETING' } },
        { person: unbound.olivia.id },
      ]),
    );
    expect(rows).toHaveLength(2);
  });
});

describe('the owner of an account', () => {
  const NOON = date('2026-12-01T13:00:00Z');
  const tell = (at: Date) => makeDueAccountSummaries(deps(), at, never);
  const told = () =>
    mongoose.connection
      .collection('outbox')
      .find({ workspace: { $exists: false } })
      .toArray();

  async function addSales(company: Company): Promise<void> {
    const { account, olivia } = company;
    const at = date('2026-11-22T09:00:00Z');
    const sales = await createWorkspace({
      ledger: ledger(),
      account,
      name: 'Sales',
      primaryOwner: olivia.id,
      by: olivia.id,
      at,
    });
    await topUp(ledger(), { ...company, marketing: sales }, 5_000, at);
    await spend(ledger(), { ...company, marketing: sales }, 1_000, date('2026-11-23T09:00:00Z'));
  }

  test('is told of all workspaces together, once the month is over everywhere', async () => {
    const company = await storysNovember();
    await addSales(company);
    await make(date('2026-12-01T00:06:00Z'));
    expect(await tell(date('2026-12-01T11:00:00Z'))).toBe(0);
    expect(await tell(NOON)).toBe(1);
    expect(await tell(NOON)).toBe(0);
    const [row] = await told();
    expect(row!['to']).toEqual({ person: company.olivia.id });
    const words = plainText(row!['card']);
    expect(words).toContain('Acme in November: £91.60 spent in 2 workspaces.');
    expect(words).toContain('Marketing | £81.60 |  | £118.40 |');
    expect(words).toContain('£158.40 left in all of them. 2 seats in use.');
  });

  test('waits for a month that could not be closed, and then is told what is missing', async () => {
    const company = await storysNovember();
    await addSales(company);
    const dev = await createWorkspace({
      ledger: ledger(),
      account: company.account,
      name: 'Labs',
      primaryOwner: company.olivia.id,
      by: company.olivia.id,
      at: date('2026-11-22T09:00:00Z'),
    });
    await make(date('2026-12-01T00:06:00Z'));
    await mongoose.connection.collection<{ _id: string }>('summaries').deleteOne({ _id: `summary:${dev.id}:2026-11` });
    expect(await tell(NOON)).toBe(0);
    expect(await tell(date('2026-12-02T13:00:00Z'))).toBe(1);
    const [row] = await told();
    expect(plainText(row!['card'])).toContain('Not in it, as the month is not closed yet: Labs.');
  });

  test('of one workspace alone is told by its summary, and not again', async () => {
    await storysNovember();
    await make(date('2026-12-01T00:06:00Z'));
    expect(await tell(NOON)).toBe(0);
    expect(await told()).toEqual([]);
  });
});
