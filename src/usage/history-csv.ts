import { DateTime } from 'luxon';
import type { Entry } from '../ledger/entry.js';
import { plainAmount } from '../money.js';
import { BYTE_ORDER_MARK, type Cell, csvRecord } from './csv.js';

/** How an entry is written for people with spreadsheets. README says what each column means; new ones come behind. */
const COLUMNS: readonly (readonly [name: string, of: (entry: Entry, how: HistoryCsv) => Cell])[] = [
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
  ['person', ({ person }, { names }) => (person === undefined ? undefined : (names.get(person) ?? person))],
  ['memo', ({ memo }) => memo],
  ['effective_at', ({ effectiveAt }) => effectiveAt],
  ['reverses', ({ reverses }) => reverses],
  ['hold', ({ hold }) => hold?.id],
  ['reference', ({ reference }) => reference],
  ['key', ({ key }) => key],
];

export interface HistoryCsv {
  /** Of the column `local_time`. */
  zone: string;
  /** People by their ids; who is not among them keeps the id. */
  names: ReadonlyMap<string, string>;
}

/** Records are put together to pieces of about so many characters. */
const PIECE = 64 * 1024;

/** The entries as CSV, piece by piece, read only as fast as the pieces are taken. */
export async function* historyCsv(
  entries: AsyncIterable<Entry>,
  how: HistoryCsv,
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

/** `-81.60`: as many digits as the currency has. */
function money(minor: number, currency: string): Cell {
  return { decimal: plainAmount(minor, currency) };
}
