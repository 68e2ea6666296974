import { refuse } from '../refusal.js';

export const COLUMN_TYPES = ['text', 'number', 'date', 'email'] as const;
export type ColumnType = (typeof COLUMN_TYPES)[number];

/** A column of a contact list, besides the phone number. */
export interface Column {
  /** As a template's variable names it: `first_name`. */
  name: string;
  type: ColumnType;
}

/** A CSV's header, read: where the phone number stands, and what the others are. */
export interface Header {
  /** By position; undefined where the phone number stands. */
  columns: readonly (Column | undefined)[];
}

const MOST_COLUMNS = 30;
const PHONE_NAMES = ['phone', 'mobile', 'number', 'tel', 'telephone', 'cell', 'msisdn'];
const PHONE_NAME = new RegExp(`^(?:${PHONE_NAMES.join('|')})(?:_(?:no|number))?$`);
const NAME = /^\p{L}[\p{L}\p{N}_]{0,39}$/u;

/** `First name` -> `first_name`: how a column and the variable that takes it are compared. */
export function variableName(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
}

/** Reads `phone,First name,visits:number`. @throws Refusal badCsv */
export function readHeader(cells: readonly string[]): Header {
  const columns = cells.map(readCell);
  const phones = cells.filter((_, index) => columns[index] === undefined);
  if (phones.length === 0) refuse({ kind: 'badCsv', why: 'noPhoneColumn' });
  if (phones.length > 1) refuse({ kind: 'badCsv', why: 'severalPhoneColumns', column: phones.join(', ') });
  if (columns.length > MOST_COLUMNS) refuse({ kind: 'badCsv', why: 'tooManyColumns', most: MOST_COLUMNS });
  const names = columns.flatMap((column) => column?.name ?? []);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) refuse({ kind: 'badCsv', why: 'columnTwice', column: twice });
  return { columns };
}

function readCell(cell: string): Column | undefined {
  const [typedName = '', typedType] = cell.split(':', 2);
  const name = variableName(typedName);
  const type = typedType === undefined ? undefined : variableName(typedType);
  if (type === 'phone' || (type === undefined && PHONE_NAME.test(name))) return undefined;
  const known = COLUMN_TYPES.find((one) => one === (type ?? 'text'));
  if (!known || !NAME.test(name) || name === 'phone') refuse({ kind: 'badCsv', why: 'badColumn', column: cell });
  return { name, type: known };
}
