import { DateTime } from 'luxon';
import type { Entry } from '../ledger/entry.js';
import { plainAmount } from '../money.js';
import { BYTE_ORDER_MARK, type Cell, csvRecord } from './csv.js';

/** How an entry is written for people with spreadsheets. README says what each column means; new ones come behind. */
const COLUMNS: readonly (readonly [name: string, of: (entry: Entry, how: Known) => Cell])[] = [
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
  /** The names of people; who is not among them keeps the id. */
  namesOf(people: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

interface Known {
  zone: string;
  names: ReadonlyMap<string, string | undefined>;
}

const RECORDS_AT_ONCE = 250;

/** The entries as CSV, piece by piece, read only as fast as the pieces are taken. */
export async function* historyCsv(
  entries: AsyncIterable<Entry>,
  { zone, namesOf }: HistoryCsv,
): AsyncGenerator<string, void, undefined> {
  const names = new Map<string, string | undefined>();
  const record = (entry: Entry) => csvRecord(COLUMNS.map(([, of]) => of(entry, { zone, names })));
  yield BYTE_ORDER_MARK + csvRecord(COLUMNS.map(([name]) => name));
  for await (const batch of batches(entries)) {
    const unknown = new Set(batch.flatMap(({ person }) => (person !== undefined && !names.has(person) ? person : [])));
    if (unknown.size > 0) {
      const found = await namesOf([...unknown]);
      for (const person of unknown) names.set(person, found.get(person));
    }
    yield batch.map(record).join('');
  }
}

async function* batches(entries: AsyncIterable<Entry>): AsyncGenerator<Entry[], void, undefined> {
  let batch: Entry[] = [];
  for await (const entry of entries) {
    batch.push(entry);
    if (batch.length < RECORDS_AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** `-81.60`: as many digits as the currency has. */
function money(minor: number, currency: string): Cell {
  return { decimal: plainAmount(minor, currency) };
}
