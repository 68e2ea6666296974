import type { Breakdown } from '../ledger/entry.js';
import type { BreakdownQuery } from '../ledger/spend-query.js';
import { plainAmount } from '../money.js';
import { BYTE_ORDER_MARK, csvRecord } from './csv.js';

interface How {
  by: BreakdownQuery['by'];
  currency: string;
  /** The names of people; who is not among them keeps the id. */
  names?: ReadonlyMap<string, string>;
}

/** The lines of a report as CSV. README says what each column means. */
export function* reportCsv(rows: readonly Breakdown[], { by, currency, names }: How): Generator<Buffer> {
  const header = csvRecord([by, 'quantity', 'spent', 'spent_minor', 'currency']);
  const records = rows.map(({ label, quantity, spentMinor }) =>
    csvRecord([
      label === undefined ? undefined : (names?.get(label) ?? label),
      quantity,
      { decimal: plainAmount(spentMinor, currency) },
      spentMinor,
      currency,
    ]),
  );
  yield Buffer.from(BYTE_ORDER_MARK + header + records.join(''));
}
