import PDFDocument from 'pdfkit';
import { MISSING, type Typeface } from '../../../typeface.js';

const A4 = { width: 595.28, height: 841.89 } as const;
const MARGIN = 56;
const FOOT = 64;
const INK = '#1a1f2b';
const SOFT = '#5d6678';
const LINE = '#d5dae3';
const GAP = 2.5;

/** The part of the page that is written on. */
export const WIDTH = A4.width - 2 * MARGIN;

export interface Style {
  size?: number;
  strong?: boolean;
  soft?: boolean;
  right?: boolean;
}

/** What is written in one column of a row; each item is a paragraph of its own. */
export interface Column {
  x: number;
  width: number;
  paragraphs: readonly { text: string; style?: Style }[];
}

export interface SheetInfo {
  title: string;
  author: string;
  subject: string;
  /** The same date, the same bytes. */
  at: Date;
  /** On top of every page but the first. */
  head: string;
}

/** A4 pages with text that is real text, in an embedded typeface; made of the same words it is the same to the byte. */
export class Sheet {
  readonly #pdf: PDFKit.PDFDocument;
  readonly #pieces: Buffer[] = [];
  readonly #printable: Typeface['printable'];
  readonly #head: string;
  #y = MARGIN;
  #lacking = false;

  constructor(typeface: Typeface, { title, author, subject, at, head }: SheetInfo) {
    this.#printable = typeface.printable;
    this.#head = head;
    this.#pdf = new PDFDocument({
      size: 'A4',
      margin: 0,
      bufferPages: true,
      lang: 'en-GB',
      displayTitle: true,
      pdfVersion: '1.7',
      info: { Title: title, Author: author, Subject: subject, Creator: 'Workspaces', CreationDate: at, ModDate: at },
    });
    this.#pdf.on('data', (piece: Buffer) => this.#pieces.push(piece));
    this.#pdf.registerFont('regular', typeface.regular);
    this.#pdf.registerFont('strong', typeface.strong);
  }

  /** Whether something had to be drawn as `□`. */
  get lacking(): boolean {
    return this.#lacking;
  }

  /** Writes columns side by side from the same height on; a row that no longer fits begins the next page. */
  row(columns: readonly Column[]): void {
    const height = Math.max(...columns.map((column) => this.#heightOf(column)));
    if (this.#y + height > A4.height - FOOT) this.#nextPage();
    for (const column of columns) this.#write(column, this.#y);
    this.#y += height;
  }

  space(points: number): void {
    this.#y += points;
  }

  rule(): void {
    this.#pdf
      .moveTo(MARGIN, this.#y)
      .lineTo(A4.width - MARGIN, this.#y)
      .lineWidth(0.75)
      .strokeColor(LINE)
      .stroke();
  }

  /** Ends the document, with this in the foot of each page beside its number. */
  end(foot: string): Promise<Buffer> {
    const { count } = this.#pdf.bufferedPageRange();
    const [words, top] = [WIDTH * 0.75, A4.height - FOOT + 16];
    const style = { soft: true, size: 8 };
    for (let page = 0; page < count; page++) {
      this.#pdf.switchToPage(page);
      const number = { text: `Page ${page + 1} of ${count}`, style: { ...style, right: true } };
      this.#write({ x: 0, width: words, paragraphs: [{ text: foot, style }] }, top);
      this.#write({ x: words, width: WIDTH - words, paragraphs: [number] }, top);
    }
    return new Promise((resolve, reject) => {
      this.#pdf.on('end', () => resolve(Buffer.concat(this.#pieces)));
      this.#pdf.on('error', reject);
      this.#pdf.end();
    });
  }

  #nextPage(): void {
    this.#pdf.addPage();
    this.#write({ x: 0, width: WIDTH, paragraphs: [{ text: this.#head, style: { soft: true, size: 8.5 } }] }, MARGIN);
    this.#y = MARGIN + 28;
  }

  #heightOf({ width, paragraphs }: Column): number {
    return paragraphs.reduce(
      (sum, { text, style }) => sum + this.#use(style).heightOfString(this.#drawable(text), how(width, style)),
      0,
    );
  }

  #write({ x, width, paragraphs }: Column, top: number): void {
    let y = top;
    for (const { text, style } of paragraphs) {
      const drawn = this.#drawable(text);
      const options = how(width, style);
      this.#use(style).text(drawn, MARGIN + x, y, options);
      y += this.#pdf.heightOfString(drawn, options);
    }
  }

  #use({ size = 9.5, strong, soft }: Style = {}): PDFKit.PDFDocument {
    return this.#pdf
      .font(strong ? 'strong' : 'regular')
      .fontSize(size)
      .fillColor(soft ? SOFT : INK);
  }

  /** An empty text keeps its line. */
  #drawable(text: string): string {
    const drawn = this.#printable(text);
    this.#lacking ||= drawn.includes(MISSING) && !text.includes(MISSING);
    return drawn || ' ';
  }
}

/** Figures in columns are of one width. */
function how(width: number, style?: Style): PDFKit.Mixins.TextOptions {
  const features: PDFKit.Mixins.OpenTypeFeatures[] = style?.right ? ['kern', 'tnum'] : ['kern'];
  return { width, lineGap: GAP, align: style?.right ? 'right' : 'left', features };
}
