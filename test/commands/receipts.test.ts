import { beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import type { Answer } from '../../src/chat/invocation.js';
import { tellReceipt } from '../../src/notices/payments/receipt-notices.js';
import { issueReceipts } from '../../src/payments/receipts/issue.js';
import { openDownload } from '../../src/usage/downloads.js';
import { auditTrail } from '../../src/workspace/audit.js';
import { SELLER } from '../payments/receipts/samples.js';
import { ADAM, addTo, MAX, MIA, NOW, OLIVIA } from '../support/acme.js';
import { callOf, firstLine, outbox, said, toldTo, useOffice } from './harness.js';

const office = useOffice();

const ORIGIN = {
  reference: 'R-7F3K2Q',
  delivery: 'd1',
  platform: 'slack',
  tenant: 'T02',
  kind: 'channel',
  channel: 'C1',
  channelName: 'marketing',
};

/** A top-up of £100.00 as payments leave it, by default of Olivia, and its receipt. */
async function paid(id: string, more: Record<string, unknown> = {}, at = NOW): Promise<void> {
  const { account, marketing, olivia } = office().acme;
  const { ledger } = office().services;
  const { by = olivia.id } = more;
  const posting = { wallet: marketing.id, key: `topup:${id}`, kind: 'topup', amountMinor: 10_000 } as const;
  await ledger.post({ ...posting, contra: 'provider', person: String(by), reference: 'R-7F3K2Q', at });
  const topUps = mongoose.connection.collection<{ _id: string; [field: string]: unknown }>('top_ups');
  await topUps.insertOne({
    _id: id,
    account: account.id,
    workspace: marketing.id,
    workspaceName: 'Marketing',
    amountMinor: 10_000,
    currency: 'GBP',
    by,
    key: id,
    method: 'card',
    card: { brand: 'visa', last4: '4242' },
    origin: ORIGIN,
    state: 'credited',
    settledAt: at,
    ...more,
  });
  await issue(at);
}

const issue = (at = NOW) =>
  issueReceipts(
    {
      seller: SELLER,
      ledger: office().services.ledger,
      log: { error: (_details: object, message?: string) => expect(message).toBeUndefined() },
      onIssued: tellReceipt,
    },
    at,
  );

async function refunded(topUp: string, amountMinor: number): Promise<void> {
  const { account, marketing } = office().acme;
  const id = `refund:re_${topUp}`;
  const posting = { wallet: marketing.id, key: id, kind: 'refund', contra: 'provider' } as const;
  await office().services.ledger.post({ ...posting, amountMinor: -amountMinor, reverses: `topup:${topUp}`, at: NOW });
  const reversals = mongoose.connection.collection<{ _id: string; [field: string]: unknown }>('payment_reversals');
  const of = { account: account.id, workspace: marketing.id, topUp, kind: 'refund', currency: 'GBP', balanceMinor: 0 };
  await reversals.insertOne({ _id: id, ...of, amountMinor, providerId: `re_${topUp}`, told: true, createdAt: NOW });
  await issue();
}

describe('receipts', () => {
  beforeEach(() => paid('tu_1'));

  test('are listed for owners, privately, each with a link of its own that is good for a while', async () => {
    const list = await office().type(OLIVIA, 'receipts');
    expect(list.kind).toBe('private');
    expect(said(list)).toMatch(
      /^Marketing's receipts\n- £100\.00 Receipt \w{6}-000001 · 16 Nov 2026, Olivia \[Open\]\n\[Billing details\]/,
    );
    const opened = await office().press(OLIVIA, callOf(list, 'Open'));
    expect(said(opened)).toMatch(/^Receipt \w{6}-000001\nTotal: £100\.00\nNet: £83\.33\nVAT: £16\.67\n/);
    expect(said(opened)).toContain('Paid with: Visa ending in 4242\nAdded by: Olivia\nEntry: 2\n');
    expect(said(opened)).toContain('Asked for in: #marketing in Slack, reference R-7F3K2Q');
    const token = /download\/([\w-]{43})"/.exec(JSON.stringify(opened))?.[1];
    expect(await openDownload(token!, NOW)).toMatchObject({
      person: office().acme.olivia.id,
      what: { kind: 'receipt' },
    });
    expect(await openDownload(token!, new Date(NOW.getTime() + 15 * 60_000))).toBeUndefined();
  });

  test('are opened by the number that stands on them, in any case', async () => {
    const label = /\w{6}-000001/.exec(said(await office().type(OLIVIA, 'receipts')))![0];
    expect(firstLine(await office().type(OLIVIA, `receipts ${label.toLowerCase()}`))).toBe(`Receipt ${label}`);
    expect(firstLine(await office().type(OLIVIA, 'receipts AAAAAA-000009'))).toContain("I can't take “AAAAAA-000009”.");
    expect(firstLine(await office().type(OLIVIA, `receipts ${label} in:Support`))).toContain("I can't take");
  });

  test.each([
    ['an admin', ADAM],
    ['a member', MIA],
  ])('are not for %s, who learns who can', async (_who, identity) => {
    for (const typed of ['receipts', 'receipts details']) {
      expect(firstLine(await office().type(identity, typed))).toMatch(
        /^You can't (see receipts|manage billing)\. Olivia can\.$/,
      );
    }
  });

  test('of a month are those, and pages lead on', async () => {
    for (let index = 2; index <= 12; index++) await paid(`tu_${index}`);
    await paid('tu_13', {}, new Date('2026-12-02T09:00:00.000Z'));
    office().at = new Date('2026-12-03T09:00:00.000Z');
    const november = await office().type(OLIVIA, 'receipts november');
    expect(firstLine(november)).toBe("Marketing's receipts in November 2026");
    expect(said(november)).toContain('-000012');
    expect(said(november)).not.toContain('-000013');
    const older = await office().press(OLIVIA, callOf(november, 'Older'));
    expect(said(older)).toContain('-000001');
    expect(said(older)).not.toContain('-000005');
    expect(said(await office().type(OLIVIA, 'receipts october'))).toContain('There are none of October 2026.');
    expect(said(await office().type(OLIVIA, 'receipts in:Support'))).toContain('None yet.');
  });

  test('are found by number, amount, and who paid or is billed', async () => {
    const numbers = (answer: Answer) =>
      [...said(answer).matchAll(/Receipt \w{6}-(\d{6})/g)].map(([, number]) => number);
    const { adam } = office().acme;
    await paid('tu_2', { by: adam.id, amountMinor: 7_550 });
    for (let index = 3; index <= 10; index++) await paid(`tu_${index}`);
    const form = await office().press(OLIVIA, callOf(await office().type(OLIVIA, 'receipts'), 'Find'));
    expect(numbers(await office().submit(OLIVIA, form, { search: '75.50' }))).toEqual(['000002']);
    for (const typed of ['find £75.50', 'find adam', 'search -000002']) {
      expect(numbers(await office().type(OLIVIA, `receipts ${typed}`))).toEqual(['000002']);
    }
    const acme = await office().type(OLIVIA, 'receipts find ACME');
    expect(firstLine(acme)).toBe("Marketing's receipts with “ACME”");
    expect(numbers(await office().press(OLIVIA, callOf(acme, 'Older')))).toEqual(['000002', '000001']);
    expect(said(await office().type(OLIVIA, 'receipts find .*'))).toContain('None has that in its number');
    expect(said(await office().type(OLIVIA, 'receipts find acme in:Support'))).toContain('None has that in its number');
  });

  test('have their credit notes beside them, each naming the other', async () => {
    await refunded('tu_1', 2_500);
    const list = await office().type(OLIVIA, 'receipts');
    expect(said(list)).toMatch(/- -£25\.00 Credit note \w{6}-000002 · .*\n- £100\.00 Receipt/);
    const note = await office().press(OLIVIA, callOf(list, 'Open'));
    const [, label] = /^Credit note (\w{6})-000002/.exec(firstLine(note))!;
    const receipt = await office().press(OLIVIA, callOf(note, `Receipt ${label}-000001`));
    expect(said(receipt)).toContain(`[Credit note ${label}-000002]`);
  });
});

describe('a new receipt', () => {
  test('is told once to the primary owner who paid, with a button that makes the link', async () => {
    await paid('tu_1');
    expect(await toldTo({ person: office().acme.olivia.id })).toEqual([
      expect.stringMatching(
        /^Receipt \w{6}-000001 of Marketing, for £100\.00, is ready\.\n\[Get the PDF\]\nMarketing$/,
      ),
    ]);
    const [notice] = await outbox();
    expect(JSON.stringify(notice)).not.toContain('download/');
    expect(said(await office().press(OLIVIA, callOf(notice!.card, 'Get the PDF')))).toContain('[Download PDF]');
  });

  test('is told to an owner who paid, too, and to nobody who may not see it', async () => {
    const { account, marketing, olivia, max, adam } = office().acme;
    await addTo(account, marketing, olivia, max, 'owner');
    await paid('tu_1', { by: max.id });
    await paid('tu_2', { by: adam.id });
    await paid('tu_3', { by: max.id, automatic: { kind: 'below', cause: 'c' } });
    expect(await toldTo({ person: max.id })).toHaveLength(1);
    expect(await toldTo({ person: olivia.id })).toHaveLength(3);
    expect(await toldTo({ person: adam.id })).toEqual([]);
    expect(firstLine(await office().type(MAX, 'receipts in:Marketing'))).toBe("Marketing's receipts");
  });
});

describe('billing details', () => {
  test('are set by the primary owner, and stand on receipts from then on', async () => {
    const form = await office().type(OLIVIA, 'receipts details');
    expect(form).toMatchObject({ kind: 'form', form: { fields: [{ initial: 'Acme' }, { input: 'lines' }, {}] } });
    const fields = { name: 'Łódź Sp. z o.o.', address: 'ul. Piotrkowska 1\n\n 90-001  Łódź ', taxId: 'PL123' };
    expect(firstLine(await office().submit(OLIVIA, form, fields))).toBe(
      'Receipts of Marketing are billed to: Łódź Sp. z o.o., ul. Piotrkowska 1, 90-001 Łódź, Tax number PL123.',
    );
    const { account, marketing } = office().acme;
    const [line] = await auditTrail({ account: account.id, workspace: marketing.id, limit: 1 });
    expect(line).toMatchObject({ action: 'billing.detailsChanged', by: office().acme.olivia.id });
    await paid('tu_1');
    const list = await office().type(OLIVIA, 'receipts');
    expect(said(await office().press(OLIVIA, callOf(list, 'Open')))).toContain('Billed to: Łódź Sp. z o.o.');
    expect(await office().type(OLIVIA, 'receipts details')).toMatchObject({
      form: { fields: [{}, { initial: 'ul. Piotrkowska 1\n90-001 Łódź' }, { initial: 'PL123' }] },
    });
  });

  test('that a receipt cannot print are refused at their field', async () => {
    const form = await office().type(OLIVIA, 'receipts details');
    expect(await office().submit(OLIVIA, form, { name: '株式会社アクメ' })).toMatchObject({
      kind: 'form',
      form: { fields: [{ name: 'name', error: expect.stringContaining('Latin, Greek or Cyrillic letters') }, {}, {}] },
    });
  });
});

describe('from the chat to the money and back', () => {
  beforeEach(() => paid('tu_1'));

  test('the reference finds the entry, the entry the receipt, and the receipt the entry', async () => {
    const found = await office().type(OLIVIA, 'history r-7f3k2q');
    expect(said(found)).toContain('Only: asked for under R-7F3K2Q.');
    const form = await office().press(OLIVIA, callOf(found, 'Details'));
    expect(form).toMatchObject({
      form: { fields: [{ options: [{ value: '2', label: expect.stringContaining('£100.00') }] }] },
    });
    const entry = await office().submit(OLIVIA, form, { entry: '2' });
    expect(said(entry)).toMatch(
      /^Entry 2: Balance added\nWhen: .*\nAmount: £100\.00\nBalance after: £100\.00\nPerson: Olivia\n/,
    );
    expect(said(entry)).toMatch(/Came from: #marketing in Slack, reference R-7F3K2Q\nReceipt: \w{6}-000001\n/);
    const receipt = await office().press(OLIVIA, callOf(entry, 'Receipt'));
    expect(firstLine(receipt)).toMatch(/^Receipt \w{6}-000001$/);
    expect(firstLine(await office().press(OLIVIA, callOf(receipt, 'Entry')))).toBe('Entry 2: Balance added');
  });

  test('a refund leads to what it takes back, and both to their documents', async () => {
    await refunded('tu_1', 2_500);
    const entry = await office().type(OLIVIA, 'history #3');
    expect(said(entry)).toMatch(/^Entry 3: Refund\n[\s\S]*Takes back: Entry 2\nReceipt: \w{6}-000002\n/);
    expect(firstLine(await office().press(OLIVIA, callOf(entry, 'Entry 2')))).toBe('Entry 2: Balance added');
  });

  test('an admin sees the entry without the receipt, and a member totals alone', async () => {
    expect(said(await office().type(ADAM, 'history #2'))).not.toContain('Receipt');
    expect(firstLine(await office().type(ADAM, 'history #99'))).toContain('the number of an entry, like #17');
    const call = { command: 'history', args: { entry: 2 }, workspace: office().acme.marketing.id };
    expect(firstLine(await office().press(MIA, call))).toContain('Marketing in November so far: ');
    expect(firstLine(await office().press(MIA, { ...call, args: { details: true } }))).toContain(
      'Marketing in November so far: ',
    );
    expect(said(await office().press(MIA, { ...call, args: { csv: true } }))).not.toContain('[Download]');
  });

  test('what a transfer moved says where it was asked for', async () => {
    office().place = { ...office().place, kind: 'channel', channel: 'C1', channelName: 'marketing' };
    const preview = await office().type(OLIVIA, 'transfer 20 from Marketing to Support');
    const move = (preview.kind === 'private' ? preview.card.parts : []).flatMap((part) =>
      part.part === 'buttons' ? part.buttons : [],
    )[0];
    await office().press(OLIVIA, callOf(preview, move!.label));
    expect(said(await office().type(OLIVIA, 'history #3 in:Marketing'))).toContain(
      'Came from: #marketing in Slack, reference R-TEST',
    );
  });
});

describe('history', () => {
  const spend = (id: string, resource: string, person: string) =>
    office().services.ledger.post({
      wallet: office().acme.marketing.id,
      key: `u:${id}`,
      kind: 'usage',
      amountMinor: -100,
      contra: 'revenue',
      resource,
      person,
      at: NOW,
    });

  beforeEach(async () => {
    await paid('tu_1');
    await spend('1', 'Spring sale', office().acme.adam.id);
    await spend('2', 'Newsletter', office().acme.mia.id);
  });

  test('by resource, by person and by kind as people call it', async () => {
    const spring = said(await office().type(OLIVIA, 'history resource Spring sale'));
    expect(spring).toContain('Only: Spring sale.');
    expect(spring).toContain('Usage: Spring sale');
    expect(spring).not.toContain('Newsletter');
    const byMia = said(await office().type(OLIVIA, 'history 30d by ', { person: MIA }));
    expect(byMia).toContain('Only: the last 30 days, by Mia.');
    expect(byMia).toContain('Newsletter');
    expect(byMia).not.toContain('Spring sale');
    expect(said(await office().type(OLIVIA, 'history topups'))).not.toContain('Usage');
    expect(said(await office().type(OLIVIA, 'history transfers'))).toContain('There are none.');
  });

  test('as CSV is a private link to all of it, under the same filter', async () => {
    const list = await office().type(ADAM, 'history resource Newsletter');
    const file = await office().press(ADAM, callOf(list, 'CSV'));
    expect(file.kind).toBe('private');
    expect(said(file)).toContain(
      'The entries of Marketing are ready as CSV, all of them, oldest first. Only: Newsletter.',
    );
    const token = /download\/([\w-]{43})"/.exec(JSON.stringify(file))?.[1];
    expect(await openDownload(token!, NOW)).toMatchObject({
      person: office().acme.adam.id,
      what: { kind: 'history', query: { resource: 'Newsletter' } },
    });
    expect(said(await office().type(OLIVIA, 'history 30d csv'))).toContain('[Download]');
  });
});
