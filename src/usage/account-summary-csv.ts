import type { Minor } from '../ledger/entry.js';
import { plainAmount } from '../money.js';
import { BYTE_ORDER_MARK, csvRecord } from './csv.js';

/** One workspace's month, among its account's. */
export interface AccountSummaryLine {
  name: string;
  currency: string;
  spentMinor: Minor;
  /** Of the month before. */
  beforeMinor?: Minor;
  balanceMinor: Minor;
}

const COLUMNS = ['workspace', 'currency', 'spent', 'spent_minor', 'month_before_minor', 'balance', 'balance_minor'];

/** A month in all workspaces of an account as CSV, the dearest first. README says what each column means. */
export function* accountSummaryCsv(lines: readonly AccountSummaryLine[]): Generator<Buffer> {
  const records = lines.map(({ name, currency, spentMinor, beforeMinor, balanceMinor }) =>
    csvRecord([
      name,
      currency,
      { decimal: plainAmount(spentMinor, currency) },
      spentMinor,
      beforeMinor ?? '',
      { decimal: plainAmount(balanceMinor, currency) },
      balanceMinor,
    ]),
  );
  yield Buffer.from(BYTE_ORDER_MARK + csvRecord(COLUMNS) + records.join(''));
}
