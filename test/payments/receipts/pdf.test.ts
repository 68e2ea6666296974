import { describe, expect, test } from '@jest/globals';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { receiptPdf } from '../../../src/payments/receipts/pdf/receipt-pdf.js';
import { receiptFileName } from '../../../src/payments/receipts/receipt-words.js';
import type { Receipt } from '../../../src/payments/receipts/receipt.js';
import { HARD, receiptWith } from './samples.js';

/** Read by another program than the one that wrote it: each page's words, and what the document says of itself. */
async function read(receipt: Receipt): Promise<{ pages: string[]; title: unknown; subject: unknown }> {
  const document = await getDocument({ data: new Uint8Array(await receiptPdf(receipt)), verbosity: 0 }).promise;
  const pages: string[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const { items } = await (await document.getPage(number)).getTextContent();
    pages.push(items.map((item) => ('str' in item ? item.str + (item.hasEOL ? ' ' : '') : '')).join(''));
  }
  const { info } = await document.getMetadata();
  await document.loadingTask.destroy();
  const said = new Map(Object.entries(info));
  return { pages, title: said.get('Title'), subject: said.get('Subject') };
}

const words = async (receipt: Receipt) => (await read(receipt)).pages.join(' ').replaceAll(/\s+/g, ' ');

describe('a receipt as PDF', () => {
  test('says who sells, who buys, what was paid and where it is found again', async () => {
    const { pages, title } = await read(receiptWith());
    expect(pages).toHaveLength(1);
    expect(title).toBe('Receipt K3F9QZ-000001');
    for (const said of [
      'Workspaces Ltd',
      'Tax number GB123456789',
      'Acme',
      'K3F9QZ-000001',
      '16 November 2026',
      '£83.33',
      'VAT, 20 %',
      '£16.67',
      '£100.00',
      'Visa ending in 4242',
      'Olivia',
      '2 (topup:tu_1)',
      'pi_3Q1abcDEF',
      '#marketing in Slack, reference R-7F3K2Q',
    ]) {
      expect(pages[0]).toContain(said);
    }
  });

  test('is the same to the byte whenever it is made', async () => {
    const first = await receiptPdf(receiptWith());
    expect(first.equals(await receiptPdf(receiptWith()))).toBe(true);
    expect(first.equals(await receiptPdf(receiptWith({ totalMinor: 10_001 })))).toBe(false);
  });

  test('writes Polish, Greek and Cyrillic, and says what it cannot write', async () => {
    const said = await words(HARD['scripts']!);
    expect(said).toContain('Łódź Średzka Spółka z o.o. / Ανώνυμη Εταιρεία / ООО «Ёлка» / □□□□□□□ □');
    expect(said).toContain('□ stands for a character that this typeface lacks.');
    expect((await read(HARD['scripts']!)).subject).toContain('株式会社アクメ');
    expect(await words(HARD['long']!)).not.toContain('□');
  });

  test('has its dates in the zone of the workspace', async () => {
    const late = { movedAt: new Date('2026-11-16T20:30:00.000Z'), zone: 'Asia/Tokyo' };
    expect(await words(receiptWith(late))).toContain('17 November 2026 at 05:30');
  });

  test('runs on to further pages, and each says which it is', async () => {
    const { pages } = await read(HARD['manyTaxes']!);
    expect(pages).toHaveLength(2);
    expect(pages[0]).toContain('Page 1 of 2');
    expect(pages[1]).toContain('Local levy of district 34, 0.5 %');
    expect(pages[1]).toContain('Total paid');
  });

  test('of money that went back is a credit note, and names the receipt', async () => {
    const said = await words(HARD['creditNote']!);
    expect(said).toContain('Credit note');
    expect(said).toContain('Corrects K3F9QZ-000001');
    expect(said).toContain('Total given back');
    expect(receiptFileName(HARD['creditNote']!)).toBe('credit-note-K3F9QZ-000002.pdf');
  });
});
