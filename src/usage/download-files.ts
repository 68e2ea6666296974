import type { Ledger } from '../ledger/entry.js';
import { exportEntries } from '../ledger/export.js';
import { findReceipt } from '../payments/receipts/find.js';
import { receiptFileName, receiptPdf } from '../payments/receipts/pdf/receipt-pdf.js';
import { writeAudit } from '../workspace/audit.js';
import { peopleByIds } from '../workspace/people.js';
import type { Wanted } from './download-model.js';
import type { Download } from './downloads.js';
import { historyCsv } from './history-csv.js';

/** A file on its way to somebody. */
export interface DownloadFile {
  name: string;
  type: string;
  /** Read as fast as it is taken. */
  body: AsyncIterable<string> | Iterable<Buffer>;
}

/** The file that a download leads to, with a line in the audit trail. Undefined where there is no such thing any more. */
export async function downloadFile(
  ledger: Pick<Ledger, 'head' | 'history'>,
  download: Download,
  at: Date,
): Promise<DownloadFile | undefined> {
  const { what } = download;
  switch (what.kind) {
    case 'receipt':
      return receiptFile(download, what, at);
    case 'history':
      return historyFile(ledger, download, what, at);
  }
}

async function receiptFile(
  { account, workspace, person }: Download,
  { receipt: id }: Extract<Wanted, { kind: 'receipt' }>,
  at: Date,
): Promise<DownloadFile | undefined> {
  const receipt = await findReceipt({ account, workspace: workspace.id, receipt: id });
  if (!receipt) return undefined;
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
  const namesOf = async (people: readonly string[]) =>
    new Map([...(await peopleByIds(account, people))].map(([id, { name }]) => [id, name]));
  const detail = Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value]),
  );
  await writeAudit({ account, workspace: workspace.id, by: person, action: 'entries.exported', detail, at });
  return {
    name: `entries-${at.toISOString().slice(0, 10)}.csv`,
    type: 'text/csv; charset=utf-8',
    body: historyCsv(exportEntries(ledger, workspace.id, query), { zone: workspace.timeZone, namesOf }),
  };
}
