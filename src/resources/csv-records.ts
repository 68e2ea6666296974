import { refuse } from '../refusal.js';

export interface CsvRecord {
  /** Where it begins: 1, 2, 3 … */
  line: number;
  cells: readonly string[];
}

const SEPARATORS = [',', ';', '\t'] as const;

/**
 * A text as RFC 4180 has it, or with semicolons or tabs as spreadsheets write and copy it; empty lines are left out.
 * An apostrophe that keeps a spreadsheet from running a cell as a formula is taken off again.
 * @throws Refusal badCsv where a quote is never closed
 */
export function csvRecords(text: string): CsvRecord[] {
  const all = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const separator = separatorOf(all);
  const records: CsvRecord[] = [];
  let cells: string[] = [];
  let at = 0;
  let line = 1;
  let begun = 1;
  while (at < all.length) {
    const cell = all[at] === '"' ? quotedCell(all, at, separator, line) : plainCell(all, at, separator);
    cells.push(cell.text);
    line += cell.lines;
    at = cell.end;
    if (all[at] === separator) {
      at += 1;
      if (at < all.length) continue;
      cells.push('');
    }
    records.push({ line: begun, cells: cells.map(withoutGuard) });
    cells = [];
    at += 1;
    line += 1;
    begun = line;
  }
  return records.filter(({ cells: read }) => read.some((cell) => cell !== ''));
}

interface Cell {
  text: string;
  /** Where the separator or the line's end stands. */
  end: number;
  /** Line breaks inside. */
  lines: number;
}

function plainCell(all: string, start: number, separator: string): Cell {
  let end = start;
  while (end < all.length && all[end] !== separator && all[end] !== '\n') end += 1;
  return { text: all.slice(start, end).trim(), end, lines: 0 };
}

/** What stands between the closing quote and the separator belongs to the cell as it is. */
function quotedCell(all: string, start: number, separator: string, line: number): Cell {
  let text = '';
  let at = start + 1;
  for (;;) {
    const quote = all.indexOf('"', at);
    if (quote < 0) refuse({ kind: 'badCsv', why: 'openQuote', line });
    text += all.slice(at, quote);
    at = quote + 1;
    if (all[at] !== '"') break;
    text += '"';
    at += 1;
  }
  const rest = plainCell(all, at, separator);
  return { text: (text + rest.text).trim(), end: rest.end, lines: text.split('\n').length - 1 };
}

/** What the header is separated by. */
function separatorOf(all: string): string {
  const end = all.indexOf('\n');
  const header = end < 0 ? all : all.slice(0, end);
  const counted = SEPARATORS.map((separator) => ({ separator, times: header.split(separator).length }));
  return counted.toSorted((a, b) => b.times - a.times)[0]!.separator;
}

const withoutGuard = (cell: string) => cell.replace(/^'(?=[=+\-@])/, '');
