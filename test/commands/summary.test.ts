import { beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { downloadFile } from '../../src/usage/download-files.js';
import { openDownload } from '../../src/usage/downloads.js';
import type { Answer } from '../../src/chat/invocation.js';
import { ADAM, MIA, OLIVIA } from '../support/acme.js';
import { callOf, firstLine, said, useOffice } from './harness.js';

const office = useOffice();
const NOVEMBER = new Date('2026-11-16T09:00:00Z');
const DECEMBER = new Date('2026-12-10T12:00:00Z');

let keys = 0;
async function post(kind: 'topup' | 'usage', amountMinor: number, at: Date, labels: object = {}): Promise<void> {
  const { marketing } = office().acme;
  const contra = kind === 'usage' ? 'revenue' : 'provider';
  await office().services.ledger.post({
    ...{ wallet: marketing.id, key: `${kind === 'usage' ? 'u' : 'topup'}:s${++keys}`, kind, contra, at },
    ...{ amountMinor, ...labels },
  });
}

/** Two months of Marketing's, as somebody sees them in the second one. */
beforeEach(async () => {
  const { adam, mia } = office().acme;
  await post('topup', 20_000, NOVEMBER);
  await post('usage', -6_000, NOVEMBER, { resource: 'Spring sale', person: adam.id, item: 'sms' });
  await post('usage', -2_160, new Date('2026-11-25T09:00:00Z'), { resource: 'Newsletter', person: mia.id });
  await post('usage', -1_000, DECEMBER, { resource: 'Newsletter', person: mia.id, item: 'sms' });
  office().at = new Date('2026-12-16T09:00:00Z');
});

async function fileOf(answer: Answer): Promise<string> {
  const address = 'card' in answer ? JSON.stringify(answer.card) : '';
  const token = /download\/([\w-]+)/.exec(address)?.[1] ?? '';
  const { services, at } = office();
  const download = await openDownload(token, at);
  if (!download) return 'nothing';
  const file = await downloadFile(services.ledger, download, at);
  let text = '';
  for await (const part of file!.body) text += part.toString();
  return text;
}

describe('a month, when somebody asks', () => {
  test.each([
    ['summary', 'Marketing in December so far: £118.40 + £0.00 - £10.00 = £108.40.'],
    ['summary so far', 'Marketing in December so far: £118.40 + £0.00 - £10.00 = £108.40.'],
    ['the month so far', 'Marketing in December so far: £118.40 + £0.00 - £10.00 = £108.40.'],
    ['last month', 'Marketing in November: £0.00 + £200.00 - £81.60 = £118.40.'],
    ['summary november', 'Marketing in November: £0.00 + £200.00 - £81.60 = £118.40.'],
    ['how was November', 'Marketing in November: £0.00 + £200.00 - £81.60 = £118.40.'],
  ])('%s', async (typed, line) => {
    expect(firstLine(await office().type(OLIVIA, typed))).toBe(line);
  });

  test('that runs is compared with as many days of the one before', async () => {
    const words = said(await office().type(OLIVIA, 'summary'));
    expect(words).toContain('Change: £50.00 less than in the same days of November, its first month (83 %)');
    expect(words).toContain('Spring sale £60.00 less (not used any more), Newsletter £10.00 (new)');
  });

  test('leads to the months beside it, by their own names', async () => {
    const november = await office().type(OLIVIA, 'last month');
    expect(firstLine(await office().press(OLIVIA, callOf(november, 'December so far')))).toContain('December so far');
    const december = await office().type(OLIVIA, 'summary');
    expect(firstLine(await office().press(OLIVIA, callOf(december, 'November')))).toContain('in November:');
  });

  test('has its charts as one picture, and says in words what it shows', async () => {
    const answer = await office().type(OLIVIA, 'last month');
    expect('card' in answer && answer.card.parts[0]).toMatchObject({
      part: 'chart',
      picture: 'https://bot.test/picture/drawn.png',
      charts: [{ finding: expect.stringMatching(/16 November/) }, { finding: expect.stringMatching(/Spring sale/) }],
    });
  });
});

describe('the file', () => {
  test('adds up, part by part, with people for those who may see what they spent', async () => {
    const november = await office().type(ADAM, 'last month');
    const answer = await office().press(ADAM, callOf(november, 'CSV'));
    expect(said(answer)).toContain("Marketing's summary of November 2026 is ready as CSV.");
    expect((await fileOf(answer)).split('\r\n')).toEqual([
      '\ufeffpart,name,amount,amount_minor,currency',
      'sum,opening,0.00,0,GBP',
      'sum,in,200.00,20000,GBP',
      'sum,out,-81.60,-8160,GBP',
      'sum,closing,118.40,11840,GBP',
      'kind,topup,200.00,20000,GBP',
      'kind,usage,-81.60,-8160,GBP',
      'spent by day,2026-11-16,60.00,6000,GBP',
      'spent by day,2026-11-25,21.60,2160,GBP',
      'spent on,Spring sale,60.00,6000,GBP',
      'spent on,Newsletter,21.60,2160,GBP',
      'spent by item,sms,60.00,6000,GBP',
      'spent by,Adam,60.00,6000,GBP',
      'spent by,Mia,21.60,2160,GBP',
      '',
    ]);
    expect(said(await office().type(OLIVIA, 'audit resources'))).toContain('took the file of a summary of 2026-11');
  });

  test('has totals alone for a member', async () => {
    const file = await fileOf(await office().type(MIA, 'summary november csv'));
    expect(file).toContain('spent on,Spring sale,60.00');
    expect(file).not.toContain('spent by,');
    expect(file).not.toContain('Adam');
  });
});

describe('all workspaces together', () => {
  test('are for the owner of the account', async () => {
    const words = said(await office().type(OLIVIA, 'summary all last month'));
    expect(words).toContain('spent in');
    expect(words).toContain('Marketing');
    expect(firstLine(await office().type(ADAM, 'summary all'))).toBe(
      "You can't see all workspaces together. Olivia can.",
    );
  });

  test('come as a file, for whoever owns the account when it is opened', async () => {
    const shown = await office().type(OLIVIA, 'summary all');
    const asked = await office().press(OLIVIA, callOf(shown, 'CSV'));
    const file = await fileOf(asked);
    expect(file).toContain('workspace,currency,spent,spent_minor,month_before_minor,balance,balance_minor');
    expect(file).toContain('Marketing,GBP,10.00,1000,,108.40,10840');
    expect(firstLine(await office().type(ADAM, 'summary all csv'))).toMatch(/^You can't see all workspaces together/);
    const { account, adam } = office().acme;
    await mongoose.connection
      .collection<{ _id: string }>('accounts')
      .updateOne({ _id: account.id }, { $set: { owner: adam.id } });
    expect(await fileOf(asked)).toBe('nothing');
  });

  test('so far, while the month runs', async () => {
    expect(firstLine(await office().type(OLIVIA, 'summary all'))).toMatch(/in December so far: £10.00 spent in \d/);
  });
});
