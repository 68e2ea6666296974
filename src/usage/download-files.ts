import type { Ledger } from '../ledger/entry.js';
import { exportEntries } from '../ledger/export.js';
import { findReceipt } from '../payments/receipts/find.js';
import { receiptFileName } from '../payments/receipts/receipt-words.js';
import { getContactList } from '../resources/contact-lists.js';
import { writeAudit } from '../workspace/audit.js';
import { auditLines } from '../workspace/audit-reading.js';
import type { AccountId, PersonId } from '../workspace/entities.js';
import { peopleByIds } from '../workspace/people.js';
import { accountSummaryCsv } from './account-summary-csv.js';
import { auditCsv } from './audit-csv.js';
import { contactsCsv } from './contacts-csv.js';
import type { Wanted } from './download-model.js';
import type { Download } from './downloads.js';
import { historyCsv } from './history-csv.js';
import { reportCsv } from './report-csv.js';
import { summaryCsv } from './summary-csv.js';

type Reading = Pick<Ledger, 'head' | 'history' | 'breakdown' | 'totals' | 'dailySpend'>;

/** A file on its way to somebody. */
export interface DownloadFile {
  name: string;
  type: string;
  /** Read as fast as it is taken. */
  body: AsyncIterable<string> | Iterable<Buffer>;
}

/** The file that a download leads to, with a line in the audit trail. Undefined where there is no such thing any more. */
export async function downloadFile(ledger: Reading, download: Download, at: Date): Promise<DownloadFile | undefined> {
  const { what } = download;
  switch (what.kind) {
    case 'receipt':
      return receiptFile(download, what, at);
    case 'history':
      return historyFile(ledger, download, what, at);
    case 'report':
      return reportFile(ledger, download, what, at);
    case 'summary':
      return summaryFile(ledger, download, what, at);
    case 'accountSummary':
      return accountSummaryFile(download, what, at);
    case 'contacts':
      return contactsFile(download, what, at);
    case 'audit':
      return auditFile(download, what, at);
  }
}

async function receiptFile(
  { account, workspace, person }: Download,
  { receipt: id }: Extract<Wanted, { kind: 'receipt' }>,
  at: Date,
): Promise<DownloadFile | undefined> {
  const receipt = await findReceipt({ account, workspace: workspace.id, receipt: id });
  if (!receipt) return undefined;
  // Loaded with the first receipt that is drawn: what draws PDFs takes as long to load as all the rest of this folder.
  const { receiptPdf } = await import('../payments/receipts/pdf/receipt-pdf.js');
  const pdf = await receiptPdf(receipt);
  const detail = { receipt: receipt.label };
  await writeAudit({ account, workspace: workspace.id, by: person, action: 'billing.receiptDownloaded', detail, at });
  return { name: receiptFileName(receipt), type: 'application/pdf', body: [pdf] };
}

async function historyFile(
  ledger: Pick<Ledger, 'head' | 'history'>,
  { account, workspace, person }: Download,
  { query }: Extract<Wanted, { kind: 'history' }>,
  at: Date,
): Promise<DownloadFile> {
  await writeAudit({
    account,
    workspace: workspace.id,
    by: person,
    action: 'entries.exported',
    detail: asDetail(query),
    at,
  });
  return {
    name: `entries-${at.toISOString().slice(0, 10)}.csv`,
    type: 'text/csv; charset=utf-8',
    body: historyCsv(exportEntries(ledger, workspace.id, query), {
      zone: workspace.timeZone,
      namesOf: namesIn(account),
    }),
  };
}

/** Whoever sees their own spend alone gets no report of somebody else's. */
async function reportFile(
  ledger: Pick<Ledger, 'breakdown'>,
  { account, workspace, person, only }: Download,
  { query }: Extract<Wanted, { kind: 'report' }>,
  at: Date,
): Promise<DownloadFile | undefined> {
  if (only === 'own' && (query.by === 'person' || query.person !== person)) return undefined;
  const rows = await ledger.breakdown(workspace.id, query);
  const names = query.by === 'person' ? await namesIn(account)(rows.flatMap(({ label }) => label ?? [])) : undefined;
  const action = 'report.exported';
  await writeAudit({ account, workspace: workspace.id, by: person, action, detail: asDetail({ ...query }), at });
  return {
    name: `report-${at.toISOString().slice(0, 10)}.csv`,
    type: 'text/csv; charset=utf-8',
    body: reportCsv(rows, { by: query.by, currency: workspace.currency, ...(names && { names }) }),
  };
}

/** Who sees totals alone is told nothing of single people. */
async function summaryFile(
  ledger: Pick<Ledger, 'totals' | 'dailySpend'>,
  { account, workspace, person, only }: Download,
  { query }: Extract<Wanted, { kind: 'summary' }>,
  at: Date,
): Promise<DownloadFile> {
  const { from, to, period } = query;
  const [totals, dailySpend] = await Promise.all([
    ledger.totals(workspace.id, from, to),
    ledger.dailySpend(workspace.id, { from, to, zone: workspace.timeZone }),
  ]);
  const names = only ? undefined : await namesIn(account)([...totals.spendByPerson.keys()]);
  const people = names && new Map([...totals.spendByPerson].map(([id, minor]) => [names.get(id) ?? id, minor]));
  await writeAudit({
    account,
    workspace: workspace.id,
    by: person,
    action: 'report.summaryExported',
    detail: { period },
    at,
  });
  return {
    name: `summary-${period}.csv`,
    type: 'text/csv; charset=utf-8',
    body: summaryCsv(totals, { currency: workspace.currency, dailySpend, ...(people && { people }) }),
  };
}

async function accountSummaryFile(
  { account, workspace: { id: workspace }, person }: Download,
  { period, lines }: Extract<Wanted, { kind: 'accountSummary' }>,
  at: Date,
): Promise<DownloadFile> {
  const detail = { period, workspaces: lines.length };
  await writeAudit({ account, workspace, by: person, action: 'report.summaryExported', detail, at });
  return { name: `all-workspaces-${period}.csv`, type: 'text/csv; charset=utf-8', body: accountSummaryCsv(lines) };
}

async function contactsFile(
  { account, workspace: { id: workspace }, person }: Download,
  { list: id }: Extract<Wanted, { kind: 'contacts' }>,
  at: Date,
): Promise<DownloadFile | undefined> {
  const list = await getContactList(account, workspace, id);
  if (!list) return undefined;
  const detail = { name: list.name, contacts: list.contacts };
  await writeAudit({ account, workspace, by: person, action: 'contactList.exported', detail, at });
  return {
    name: `contacts-${at.toISOString().slice(0, 10)}.csv`,
    type: 'text/csv; charset=utf-8',
    body: contactsCsv(list),
  };
}

/** Only what the reader may see of it now, up to this download. */
async function auditFile(
  { account, workspace, person: reader, only, ownsAccount }: Download,
  { query }: Extract<Wanted, { kind: 'audit' }>,
  at: Date,
): Promise<DownloadFile> {
  const seen = only && only !== 'totals' ? { only } : {};
  const lines = auditLines({
    account,
    workspace: workspace.id,
    reader,
    ...query,
    ...seen,
    andAccount: ownsAccount,
    to: at,
  });
  const action = 'audit.exported';
  await writeAudit({ account, workspace: workspace.id, by: reader, action, detail: asDetail(query), at });
  return {
    name: `audit-${at.toISOString().slice(0, 10)}.csv`,
    type: 'text/csv; charset=utf-8',
    body: auditCsv(lines, { zone: workspace.timeZone, namesOf: namesIn(account) }),
  };
}

const namesIn = (account: AccountId) => async (people: readonly PersonId[]) =>
  new Map([...(await peopleByIds(account, people))].map(([id, { name }]) => [id, name]));

/** What was asked for, as the audit trail keeps it. */
function asDetail(query: Readonly<Record<string, string | Date | undefined>>): Record<string, string> {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return Object.fromEntries(given.map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value]));
}
