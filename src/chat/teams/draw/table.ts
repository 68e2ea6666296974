import type { Part } from '../../../cards/card.js';
import type { Element } from './element.js';
import { tame } from './escape.js';

type TablePart = Extract<Part, { part: 'table' }>;

export function drawTable({ columns, rows }: TablePart): Element {
  const cell = (text: string, column: number, strong: boolean): Element => ({
    type: 'TableCell',
    items: [
      {
        type: 'RichTextBlock',
        inlines: [{ type: 'TextRun', text: tame(text) || ' ', ...(strong ? { weight: 'Bolder' } : {}) }],
        ...(columns[column]?.align === 'right' ? { horizontalAlignment: 'Right' } : {}),
      },
    ],
  });
  const row = (texts: readonly string[], strong: boolean): Element => ({
    type: 'TableRow',
    cells: columns.map((_, column) => cell(texts[column] ?? '', column, strong)),
  });
  const headings = columns.map((column) => column.heading);
  return {
    type: 'Table',
    firstRowAsHeader: true,
    showGridLines: false,
    columns: columns.map((_, column) => ({ width: widthOf([headings, ...rows].map((texts) => texts[column] ?? '')) })),
    rows: [row(headings, true), ...rows.map((texts) => row(texts, false))],
  };
}

/** Characters that a column takes for its edges. */
const EDGES = 2;
const WIDEST_WORD = 16;
const WIDEST_TEXT = 40;

/** The column's share of the card: its longest word has room, which a client would else break, and longer texts some more. */
function widthOf(texts: readonly string[]): number {
  const words = texts.flatMap((text) => text.split(' '));
  const word = Math.min(WIDEST_WORD, longestOf(words));
  const rest = Math.min(WIDEST_TEXT, longestOf(texts)) - word;
  return EDGES + word + Math.max(0, Math.round(rest / 3));
}

const longestOf = (texts: readonly string[]): number => Math.max(...texts.map(({ length }) => length));
