import { writeFile } from 'node:fs/promises';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { receiptPdf } from '../../src/payments/receipts/pdf/receipt-pdf.js';
import { HARD } from '../payments/receipts/samples.js';

const SCALE = 1.5;

/** What draws a page where there is no browser; pdf.js brings it and does not say its type. */
interface Canvases {
  create(width: number, height: number): { canvas: { toBuffer(as: 'image/png'): Buffer } };
}

/** Takes a picture of each page of each receipt, drawn by another program than the one that wrote it. */
export async function picturesOfReceipts(toFile: (page: string) => string): Promise<readonly string[]> {
  const files: string[] = [];
  for (const [name, receipt] of Object.entries(HARD)) {
    const pages = await drawPages(await receiptPdf(receipt));
    for (const [index, png] of pages.entries()) {
      const file = toFile(`receipt-${name}-${index + 1}`);
      await writeFile(file, png);
      files.push(file);
    }
  }
  return files;
}

async function drawPages(pdf: Buffer): Promise<Buffer[]> {
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  const canvases = document.canvasFactory as Canvases;
  const pages: Buffer[] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const viewport = page.getViewport({ scale: SCALE });
    const { canvas } = canvases.create(viewport.width, viewport.height);
    await page.render({ canvas, viewport }).promise;
    pages.push(canvas.toBuffer('image/png'));
  }
  await document.loadingTask.destroy();
  return pages;
}
