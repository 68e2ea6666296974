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
  return {
    type: 'Table',
    firstRowAsHeader: true,
    showGridLines: false,
    columns: columns.map((_, column) => ({ width: column === 0 ? 2 : 1 })),
    rows: [
      row(
        columns.map((column) => column.heading),
        true,
      ),
      ...rows.map((texts) => row(texts, false)),
    ],
  };
}
