import PDFDocument from 'pdfkit';
import { MISSING, type Typeface } from './typeface.js';

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

export interface Sheet {
  /** Writes columns side by side from the same height on; a row that no longer fits begins the next page. */
  row(columns: readonly Column[]): void;
  space(points: number): void;
  rule(): void;
  /** Whether something had to be drawn as `□`. */
  readonly lacking: boolean;
  /** Ends the document, with this in the foot of each page beside its number. */
  end(foot: string): Promise<Buffer>;
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
export function createSheet(typeface: Typeface, { title, author, subject, at, head }: SheetInfo): Sheet {
  const pdf = new PDFDocument({
    size: 'A4',
    margin: 0,
    bufferPages: true,
    lang: 'en-GB',
    displayTitle: true,
    pdfVersion: '1.7',
    info: { Title: title, Author: author, Subject: subject, Creator: 'Workspaces', CreationDate: at, ModDate: at },
  });
  const pieces: Buffer[] = [];
  pdf.on('data', (piece: Buffer) => pieces.push(piece));
  pdf.registerFont('regular', typeface.regular);
  pdf.registerFont('strong', typeface.strong);
  let y = MARGIN;
  let lacking = false;

  function drawable(text: string): string {
    const drawn = typeface.printable(text);
    lacking ||= drawn !== text.normalize('NFC') && drawn.includes(MISSING);
    return drawn;
  }

  const use = ({ size = 9.5, strong, soft }: Style = {}) =>
    pdf
      .font(strong ? 'strong' : 'regular')
      .fontSize(size)
      .fillColor(soft ? SOFT : INK);

  const how = (width: number, style?: Style): PDFKit.Mixins.TextOptions => ({
    width,
    lineGap: GAP,
    align: style?.right ? 'right' : 'left',
    features: style?.right ? ['kern', 'tnum'] : ['kern'],
  });

  function heightOf({ width, paragraphs }: Column): number {
    return paragraphs.reduce(
      (sum, { text, style }) => sum + use(style).heightOfString(drawable(text) || ' ', how(width, style)),
      0,
    );
  }

  function write(column: Column, top: number): void {
    let at = top;
    for (const { text, style } of column.paragraphs) {
      const drawn = drawable(text) || ' ';
      const options = how(column.width, style);
      use(style).text(drawn, MARGIN + column.x, at, options);
      at += pdf.heightOfString(drawn, options);
    }
  }

  function newPage(): void {
    pdf.addPage();
    y = MARGIN;
    write({ x: 0, width: WIDTH, paragraphs: [{ text: head, style: { soft: true, size: 8.5 } }] }, y);
    y += 28;
  }

  return {
    row(columns) {
      const height = Math.max(...columns.map(heightOf));
      if (y + height > A4.height - FOOT) newPage();
      for (const column of columns) write(column, y);
      y += height;
    },
    space(points) {
      y += points;
    },
    rule() {
      pdf
        .moveTo(MARGIN, y)
        .lineTo(A4.width - MARGIN, y)
        .lineWidth(0.75)
        .strokeColor(LINE)
        .stroke();
    },
    get lacking() {
      return lacking;
    },
    end(foot) {
      const { count } = pdf.bufferedPageRange();
      for (let page = 0; page < count; page++) {
        pdf.switchToPage(page);
        const style = { soft: true, size: 8 };
        const number = `Page ${page + 1} of ${count}`;
        write({ x: 0, width: WIDTH * 0.75, paragraphs: [{ text: foot, style }] }, A4.height - FOOT + 16);
        write(
          { x: WIDTH * 0.75, width: WIDTH * 0.25, paragraphs: [{ text: number, style: { ...style, right: true } }] },
          A4.height - FOOT + 16,
        );
      }
      return new Promise((resolve, reject) => {
        pdf.on('end', () => resolve(Buffer.concat(pieces)));
        pdf.on('error', reject);
        pdf.end();
      });
    },
  };
}
