import { setImmediate as letOthers } from 'node:timers/promises';
import { type BadRow, refuse } from '../refusal.js';
import { type Column, readHeader } from './column.js';
import { type CsvRecord, csvRecords } from './csv-records.js';
import { readPhone } from './phone-number.js';

/** Rows of one import. */
export const MOST_ROWS = 20_000;
const LONGEST_VALUE = 500;
/** Reading numbers takes time: commands of others go between. */
const ROWS_AT_ONCE = 250;

/** A row that can be imported. */
export interface CheckedContact {
  line: number;
  /** E.164 */
  phone: string;
  /** By column; empty ones are left out. */
  fields: Readonly<Record<string, string>>;
}

/** A row whose number an earlier one has. */
export interface DuplicateRow {
  line: number;
  /** The line that has it first, and counts. */
  first: number;
}

/** A CSV of contacts, looked at row by row: nothing was imported yet. */
export interface CheckedContacts {
  columns: readonly Column[];
  contacts: readonly CheckedContact[];
  duplicates: readonly DuplicateRow[];
  bad: readonly BadRow[];
}

/**
 * Reads contacts from a CSV whose header names the columns; numbers without `+` are taken for those of `country`.
 * @throws Refusal badCsv where it cannot be read at all; rows that are wrong are told in `bad`
 */
export async function checkContacts(csv: string, country?: string): Promise<CheckedContacts> {
  const [head, ...rows] = csvRecords(csv);
  if (!head) return refuse({ kind: 'badCsv', why: 'empty' });
  const { columns } = readHeader(head.cells);
  if (rows.length === 0) refuse({ kind: 'badCsv', why: 'noRows' });
  if (rows.length > MOST_ROWS) refuse({ kind: 'badCsv', why: 'tooManyRows', most: MOST_ROWS });
  const contacts = new Map<string, CheckedContact>();
  const duplicates: DuplicateRow[] = [];
  const bad: BadRow[] = [];
  for (const [index, row] of rows.entries()) {
    if (index % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await letOthers();
    const read = readRow(row, columns, country);
    if ('why' in read) bad.push(read);
    else {
      const first = contacts.get(read.phone)?.line;
      if (first === undefined) contacts.set(read.phone, read);
      else duplicates.push({ line: row.line, first });
    }
  }
  return {
    columns: columns.filter((column) => column !== undefined),
    contacts: [...contacts.values()],
    duplicates,
    bad,
  };
}

function readRow(
  { line, cells }: CsvRecord,
  columns: readonly (Column | undefined)[],
  country: string | undefined,
): CheckedContact | BadRow {
  if (cells.length > columns.length) return { line, why: 'tooManyCells' };
  const typed = cells[columns.indexOf(undefined)] ?? '';
  if (typed === '') return { line, why: 'noPhone' };
  const read = readPhone(typed, country);
  if ('why' in read) return { line, why: read.why, typed };
  const fields: Record<string, string> = {};
  for (const [index, column] of columns.entries()) {
    const value = cells[index] ?? '';
    if (!column || value === '') continue;
    const why = faultOf(value, column);
    if (why) return { line, why, column: column.name, typed: value };
    fields[column.name] = value;
  }
  return { line, phone: read.phone, fields };
}

function faultOf(value: string, { type }: Column): BadRow['why'] | undefined {
  if (value.length > LONGEST_VALUE) return 'tooLong';
  switch (type) {
    case 'text':
      return undefined;
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(value) ? undefined : 'notANumber';
    case 'date':
      return isDate(value) ? undefined : 'notADate';
    case 'email':
      return /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(value) ? undefined : 'notAnEmail';
  }
}

/** `2026-12-24`, which means the same everywhere. */
function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const read = new Date(`${value}T00:00:00.000Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(value);
}
