import type { Minor } from '../../../ledger/entry.js';
import { formatMoney } from '../../../money.js';
import { originWords } from '../../../workspace/chat-origin.js';
import type { Party, Receipt } from '../receipt.js';
import { paidWords, RECEIPT_KINDS, receiptTitle } from '../receipt-words.js';
import { type Column, Sheet, type Style, WIDTH } from './sheet.js';
import { MISSING, typeface } from '../../../typeface.js';

const GUTTER = 18;
const AMOUNT = 120;
const LABEL = 116;
const SMALL: Style = { size: 8.5, soft: true };

/** The document as A4 pages. The same receipt gives the same bytes. */
export async function receiptPdf(receipt: Receipt): Promise<Buffer> {
  const title = receiptTitle(receipt);
  const foot = `${title} · ${receipt.seller.name}`;
  const sheet = new Sheet(await typeface(), {
    title,
    author: receipt.seller.name,
    subject: `${receipt.buyer.name}, ${receipt.workspaceName}`,
    at: receipt.issuedAt,
    head: foot,
  });
  drawHead(sheet, receipt);
  drawParties(sheet, receipt);
  drawAmounts(sheet, receipt);
  drawTrace(sheet, receipt);
  if (sheet.lacking) {
    sheet.space(16);
    const says = `${MISSING} stands for a character that this typeface lacks. The document’s properties have the names in full.`;
    sheet.row([{ x: 0, width: WIDTH, paragraphs: [{ text: says, style: SMALL }] }]);
  }
  return sheet.end(foot);
}

function drawHead(sheet: Sheet, { kind, seller }: Receipt): void {
  const half = WIDTH / 2;
  sheet.row([
    { x: 0, width: half - GUTTER, paragraphs: partyLines(seller) },
    {
      x: half,
      width: half,
      paragraphs: [{ text: RECEIPT_KINDS[kind], style: { size: 25, strong: true, right: true } }],
    },
  ]);
  sheet.space(24);
  sheet.rule();
  sheet.space(16);
}

const MOVED: Readonly<Record<Receipt['kind'], string>> = {
  receipt: 'Paid',
  creditNote: 'Went back',
  reinstated: 'Came again',
};

function drawParties(sheet: Sheet, receipt: Receipt): void {
  const { buyer, corrects, issuedAt, kind, label, movedAt, workspaceName, zone } = receipt;
  const dates: [string, string][] = [
    ['Number', label],
    ['Issued', dayWords(issuedAt, zone)],
    [MOVED[kind], dayWords(movedAt, zone)],
    ...(corrects ? ([['Corrects', corrects.label]] satisfies [string, string][]) : []),
  ];
  const quarter = WIDTH / 4;
  sheet.row(dates.map(([name, value], index) => labelled(name, [{ text: value }], index * quarter, quarter - 6)));
  sheet.space(24);
  sheet.row([
    labelled('Billed to', partyLines(buyer), 0, 2 * quarter - GUTTER),
    labelled('Workspace', [{ text: workspaceName }], 2 * quarter, 2 * quarter),
  ]);
  sheet.space(32);
}

function drawAmounts(sheet: Sheet, receipt: Receipt): void {
  const { currency, netMinor, taxes, totalMinor, kind } = receipt;
  const money = (minor: Minor) => formatMoney(minor, currency);
  const words = WIDTH - AMOUNT - GUTTER;
  const line = (text: string, amount: string, style: Style = {}) =>
    sheet.row([
      { x: 0, width: words, paragraphs: [{ text, style }] },
      { x: WIDTH - AMOUNT, width: AMOUNT, paragraphs: [{ text: amount, style: { ...style, right: true } }] },
    ]);
  line('Description', `Amount in ${currency}`, SMALL);
  sheet.space(5);
  sheet.rule();
  sheet.space(9);
  line(descriptionOf(receipt), money(netMinor));
  sheet.space(9);
  for (const { name, rateMilli, taxMinor } of taxes) {
    line(`${name}, ${percentWords(rateMilli)}`, money(taxMinor), { soft: true });
    sheet.space(3);
  }
  sheet.space(6);
  sheet.rule();
  sheet.space(10);
  line(TOTAL[kind], money(totalMinor), { size: 12.5, strong: true });
  sheet.space(34);
}

const TOTAL: Readonly<Record<Receipt['kind'], string>> = {
  receipt: 'Total paid',
  creditNote: 'Total given back',
  reinstated: 'Total',
};

function descriptionOf({ kind, reason, corrects, workspaceName }: Receipt): string {
  switch (kind) {
    case 'receipt':
      return `Balance for ${workspaceName}`;
    case 'creditNote':
      return reason === 'dispute'
        ? `Balance for ${workspaceName}, taken back by the payer’s bank. Corrects ${corrects?.label}.`
        : `Balance for ${workspaceName}, refunded. Corrects ${corrects?.label}.`;
    case 'reinstated':
      return `Balance for ${workspaceName}: a refund did not reach the payer. Takes back ${corrects?.label}.`;
  }
}

/** How it was paid, by whom, and where it is found again: in the ledger, at the provider, in chat. */
function drawTrace(sheet: Sheet, receipt: Receipt): void {
  const { by, entry, movedAt, origin, paid, zone } = receipt;
  const facts: [string, string | undefined][] = [
    [receipt.kind === 'receipt' ? 'Paid with' : 'First paid with', paidWords(paid)],
    ['Added by', paid.automatic ? `${by.name}, by automatic payment` : by.name],
    ['Time', momentWords(movedAt, zone)],
    ['Ledger entry', `${entry.sequence} (${entry.key})`],
    ['Payment reference', paid.providerId],
    ['Asked for in', origin && originWords(origin)],
  ];
  sheet.row([{ x: 0, width: WIDTH, paragraphs: [{ text: 'Details', style: { strong: true } }] }]);
  sheet.space(7);
  for (const [name, value] of facts) {
    if (value === undefined) continue;
    sheet.row([
      { x: 0, width: LABEL, paragraphs: [{ text: name, style: SMALL }] },
      { x: LABEL, width: WIDTH - LABEL, paragraphs: [{ text: value, style: { size: 8.5 } }] },
    ]);
    sheet.space(3);
  }
}

function labelled(label: string, paragraphs: Column['paragraphs'], x: number, width: number): Column {
  return { x, width, paragraphs: [{ text: label, style: SMALL }, ...paragraphs] };
}

function partyLines({ name, address, taxId }: Party): { text: string; style?: Style }[] {
  return [
    { text: name, style: { strong: true } },
    ...address.map((text) => ({ text })),
    ...(taxId ? [{ text: `Tax number ${taxId}`, style: { soft: true } }] : []),
  ];
}

/** `9.975 %`. */
function percentWords(rateMilli: number): string {
  return `${rateMilli / 1_000} %`;
}

function dayWords(at: Date, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: zone }).format(at);
}

function momentWords(at: Date, zone: string): string {
  const clock = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const;
  const date = { day: 'numeric', month: 'long', year: 'numeric' } as const;
  return new Intl.DateTimeFormat('en-GB', { ...date, ...clock, timeZone: zone }).format(at);
}
