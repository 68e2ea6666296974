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

/** The column's share of the card, by its longest text; a very long one wraps. */
function widthOf(texts: readonly string[]): number {
  const longest = Math.max(...texts.map((text) => text.length));
  return Math.min(4, Math.max(1, Math.ceil(longest / 7)));
}
