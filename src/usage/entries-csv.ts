import { DateTime } from 'luxon';
import type { Entry } from '../ledger/entry.js';
import { plainAmount } from '../money.js';
import { BYTE_ORDER_MARK, type Cell, csvRecord } from './csv.js';

/** How an entry is written: the columns stay in this order, and new ones come behind. README has what each means. */
const COLUMNS: readonly (readonly [name: string, of: (entry: Entry, how: CsvOptions) => Cell])[] = [
  ['entry', ({ sequence }) => sequence],
  ['at', ({ at }) => at],
  ['local_time', ({ at }, { zone }) => DateTime.fromJSDate(at, { zone }).toFormat('yyyy-MM-dd HH:mm:ss')],
  ['kind', ({ kind }) => kind],
  ['amount', ({ amountMinor, currency }) => money(amountMinor, currency)],
  ['amount_minor', ({ amountMinor }) => amountMinor],
  ['balance', ({ balanceMinor, currency }) => money(balanceMinor, currency)],
  ['balance_minor', ({ balanceMinor }) => balanceMinor],
  ['held_minor', ({ heldMinor }) => heldMinor],
  ['currency', ({ currency }) => currency],
  ['resource', ({ resource }) => resource],
  ['item', ({ item }) => item],
  ['quantity', ({ quantity }) => quantity],
  ['person', ({ person }, { names }) => (person === undefined ? undefined : (names?.get(person) ?? person))],
  ['memo', ({ memo }) => memo],
  ['effective_at', ({ effectiveAt }) => effectiveAt],
  ['reverses', ({ reverses }) => reverses],
  ['hold', ({ hold }) => hold?.id],
  ['reference', ({ reference }) => reference],
  ['key', ({ key }) => key],
];

export interface CsvOptions {
  /** Of the column `local_time`. */
  zone: string;
  /** People by their ids; who is not among them keeps the id. */
  names?: ReadonlyMap<string, string>;
}

/** Records are put together to pieces of about so many characters. */
const PIECE = 64 * 1024;

/** The entries as CSV, piece by piece and only as fast as somebody takes them. */
export async function* entriesCsv(
  entries: AsyncIterable<Entry>,
  how: CsvOptions,
): AsyncGenerator<string, void, undefined> {
  let piece = BYTE_ORDER_MARK + csvRecord(COLUMNS.map(([name]) => name));
  for await (const entry of entries) {
    piece += csvRecord(COLUMNS.map(([, of]) => of(entry, how)));
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece) yield piece;
}

/** A number for a spreadsheet, not text: what begins with a minus is an amount. */
function money(minor: number, currency: string): Cell {
  return Number(plainAmount(minor, currency));
}
