import { beforeEach, describe, expect, test } from '@jest/globals';
import mongoose from 'mongoose';
import { downloadPages } from '../../src/pages/download-pages.js';
import { issueReceipts } from '../../src/payments/receipts/issue.js';
import { createDownload } from '../../src/usage/downloads.js';
import { disableAccount } from '../../src/workspace/accounts.js';
import { auditTrail } from '../../src/workspace/audit.js';
import { leaveWorkspace } from '../../src/workspace/memberships.js';
import { disableWorkspace } from '../../src/workspace/workspaces.js';
import { useProduct } from '../payments/harness.js';
import { SELLER } from '../payments/receipts/samples.js';
import { type Acme, addTo, setUpAcme, TEAM } from '../support/acme.js';
import { useDatabase } from '../support/database.js';
import { emptyDatabase } from '../support/empty-database.js';
import { useLedger } from '../support/ledger.js';

useDatabase();
const ledger = useLedger();
const logged: string[] = [];
const log = { error: (_details: object, message?: string) => void logged.push(message ?? '') };
const product = useProduct((app) => app.use(downloadPages({ ledger: ledger(), log })));

let acme: Acme;
let receipt: string;
beforeEach(async () => {
  await emptyDatabase();
  acme = await setUpAcme(ledger());
  const at = new Date();
  const { account, marketing, olivia } = acme;
  const posted = {
    wallet: marketing.id,
    key: 'topup:tu_1',
    kind: 'topup',
    amountMinor: 10_000,
    contra: 'provider',
  } as const;
  await ledger().post({ ...posted, person: olivia.id, at });
  const topUps = mongoose.connection.collection<{ _id: string; [field: string]: unknown }>('top_ups');
  await topUps.insertOne({
    _id: 'tu_1',
    account: account.id,
    workspace: marketing.id,
    workspaceName: 'Marketing',
    amountMinor: 10_000,
    currency: 'GBP',
    by: olivia.id,
    method: 'page',
    state: 'credited',
    settledAt: at,
  });
  await issueReceipts({ seller: SELLER, ledger: ledger(), log }, at);
  receipt = (await topUps.findOne({ _id: 'tu_1' }))?.['receipt'] as string;
});

const link = async (what: Parameters<typeof createDownload>[0]['what'], person = acme.olivia.id, at = new Date()) => {
  const { account, marketing } = acme;
  const token = await createDownload({ account: account.id, workspace: marketing.id, person, what, at });
  return `${product()}/download/${token}`;
};
const take = (url: string) => fetch(url, { method: 'POST' });
const lastAudit = async () => (await auditTrail({ account: acme.account.id, limit: 1 }))[0];

describe('a download', () => {
  test('of a receipt is its PDF, kept by nobody on the way, with a line in the audit trail', async () => {
    const answer = await take(await link({ kind: 'receipt', receipt }));
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-disposition': expect.stringMatching(/^attachment; filename=receipt-[0-9A-Z]{6}-000001\.pdf$/),
    });
    expect(
      Buffer.from(await answer.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    expect(await lastAudit()).toMatchObject({ by: acme.olivia.id, action: 'billing.receiptDownloaded' });
  });

  test('of entries is CSV with the filter that was asked for, in the zone of the workspace', async () => {
    const url = await link({ kind: 'history', query: { kind: 'topup', from: new Date(0) } }, acme.adam.id);
    const answer = await take(url);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toMatch(/filename=entries-\d{4}-\d\d-\d\d\.csv/);
    const lines = Buffer.from(await answer.arrayBuffer())
      .toString('utf8')
      .split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^\ufeffentry,at,/);
    expect(lines[1]).toContain(',topup,100.00,10000,100.00,10000,0,GBP,,,,Olivia,');
    expect(await lastAudit()).toMatchObject({
      by: acme.adam.id,
      action: 'entries.exported',
      detail: { kind: 'topup' },
    });
  });

  test('is not spent by a preview, which learns nothing of it', async () => {
    const url = await link({ kind: 'receipt', receipt });
    for (const method of ['GET', 'HEAD', 'GET']) {
      const seen = await fetch(url, { method });
      expect(seen.status).toBe(200);
      expect(await seen.text()).not.toMatch(/Acme|Marketing|receipt|000001|£/i);
    }
    expect((await take(url)).status).toBe(200);
  });

  test('ends after 15 minutes, and a link that never was looks the same', async () => {
    const late = await link({ kind: 'receipt', receipt }, acme.olivia.id, new Date(Date.now() - 15 * 60_000));
    for (const url of [late, `${product()}/download/${'A'.repeat(43)}`, `${product()}/download/constructor`]) {
      for (const answer of [await fetch(url), await take(url)]) {
        expect(answer.status).toBe(410);
        expect(await answer.text()).toContain('This link is used up');
      }
    }
  });

  test('stands in the database as a hash alone', async () => {
    const url = await link({ kind: 'receipt', receipt });
    const token = url.split('/').at(-1)!;
    const rows = await mongoose.connection.collection('downloads').find().toArray();
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(token);
  });
});

describe('the right to it is looked at again when it is opened', () => {
  const refused = async (url: string) => expect((await take(url)).status).toBe(410);

  test('of an owner who was made admin: receipts are for owners', async () => {
    const { account, marketing, olivia, max } = acme;
    await addTo(account, marketing, olivia, max, 'owner');
    const url = await link({ kind: 'receipt', receipt }, max.id);
    expect((await take(url)).status).toBe(200);
    await mongoose.connection
      .collection('memberships')
      .updateOne({ person: max.id, workspace: marketing.id }, { $set: { role: 'admin' } });
    await refused(url);
  });

  test('of a member, who sees no single entries, and of somebody of another workspace', async () => {
    await refused(await link({ kind: 'history', query: {} }, acme.mia.id));
    await refused(await link({ kind: 'receipt', receipt }, acme.max.id));
  });

  test('of somebody who was suspended, or left', async () => {
    const { account, marketing, adam } = acme;
    const url = await link({ kind: 'history', query: {} }, adam.id);
    const memberships = mongoose.connection.collection('memberships');
    await memberships.updateOne({ person: adam.id }, { $set: { suspended: true } });
    await refused(url);
    await memberships.updateOne({ person: adam.id }, { $set: { suspended: false } });
    expect((await take(url)).status).toBe(200);
    await leaveWorkspace({ account: account.id, workspace: marketing.id, person: adam.id, at: new Date() });
    await refused(url);
  });

  test('of anybody once the workspace or the account is disabled', async () => {
    const { account, marketing, olivia } = acme;
    const url = await link({ kind: 'receipt', receipt });
    const change = { account: account.id, workspace: marketing.id, by: olivia.id, at: new Date() };
    await disableWorkspace(change);
    await refused(url);
    await mongoose.connection.collection('workspaces').updateOne({ name: 'Marketing' }, { $set: { status: 'active' } });
    await disableAccount({ tenant: `slack:${TEAM}`, at: new Date() });
    await refused(url);
  });

  test('and a receipt of another workspace is none of its business', async () => {
    const { account, support, olivia } = acme;
    const of = { account: account.id, workspace: support.id, person: olivia.id, at: new Date() };
    await refused(`${product()}/download/${await createDownload({ ...of, what: { kind: 'receipt', receipt } })}`);
  });
});

test('a file that breaks off is cut off, and the operator hears of it', async () => {
  const url = await link({ kind: 'history', query: {} });
  const { history } = ledger();
  ledger().history = () => Promise.reject(new Error('the database is away'));
  await expect(take(url).then((answer) => answer.text())).rejects.toThrow();
  ledger().history = history;
  expect(logged).toContain('a download broke off');
});
