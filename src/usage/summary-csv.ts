import type { Minor, Totals } from '../ledger/entry.js';
import { plainAmount } from '../money.js';
import { BYTE_ORDER_MARK, csvRecord } from './csv.js';

interface How {
  currency: string;
  dailySpend: ReadonlyMap<string, Minor>;
  /** What people spent, by name; absent where the reader sees totals alone. */
  people?: ReadonlyMap<string, Minor>;
}

/** A month's summary as CSV: its sum, then each part of it. README says what each column means. */
export function* summaryCsv(totals: Totals, { currency, dailySpend, people }: How): Generator<Buffer> {
  const { openingMinor, inMinor, outMinor, closingMinor, byKind, spendByResource, spendByItem } = totals;
  const sums = [
    ['opening', openingMinor],
    ['in', inMinor],
    ['out', -outMinor],
    ['closing', closingMinor],
  ] as const;
  const parts: readonly (readonly [part: string, amounts: Iterable<readonly [name: string, minor: Minor]>])[] = [
    ['sum', sums],
    ['kind', byKind],
    ['spent by day', [...dailySpend].toSorted(([one], [other]) => (one < other ? -1 : 1))],
    ['spent on', dearestFirst(spendByResource)],
    ['spent by item', dearestFirst(spendByItem)],
    ['spent by', dearestFirst(people ?? new Map())],
  ];
  const records = parts.flatMap(([part, amounts]) =>
    [...amounts].map(([name, minor]) =>
      csvRecord([part, name, { decimal: plainAmount(minor, currency) }, minor, currency]),
    ),
  );
  yield Buffer.from(
    BYTE_ORDER_MARK + csvRecord(['part', 'name', 'amount', 'amount_minor', 'currency']) + records.join(''),
  );
}

function dearestFirst(amounts: ReadonlyMap<string, Minor>): [string, Minor][] {
  return [...amounts].toSorted(([one, a], [other, b]) => b - a || (one < other ? -1 : 1));
}
