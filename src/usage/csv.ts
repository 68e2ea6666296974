/** What a cell may hold: text of anybody's, or a number, a decimal written out, or a date of our own. */
export type Cell = string | number | { decimal: `${number}` } | Date | undefined;

/** Excel takes the file for UTF-8 by it; others skip it. */
export const BYTE_ORDER_MARK = '\ufeff';

const MUST_QUOTE = /[",\r\n]|^\s|\s$/;
/** How a spreadsheet's formula begins, also behind spaces; and the characters by which a cell could be made to end. */
const FORMULA = /^[\s\u00a0]*[=+\-@\t\r\n＝＋－＠]/;

/**
 * One record as RFC 4180 has it, ended by CRLF. Text that a spreadsheet would run as a formula gets an apostrophe in
 * front, which spreadsheets hide; numbers keep their minus.
 */
export function csvRecord(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

function cellText(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return String(cell);
  if (cell instanceof Date) return cell.toISOString();
  if (typeof cell === 'object') return cell.decimal;
  const harmless = FORMULA.test(cell) ? `'${cell}` : cell;
  return MUST_QUOTE.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
