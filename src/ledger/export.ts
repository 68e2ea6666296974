import type { Entry, HistoryQuery, Ledger, WalletId } from './entry.js';

const PAGE = 1_000;

export type ExportQuery = Omit<HistoryQuery, 'limit' | 'before' | 'after'> & {
  /** Entries with a larger sequence. */
  after?: number;
};

/**
 * Every entry that the query finds, oldest first, one page in memory at a time, read when it is asked for. What is
 * posted meanwhile is left out: it ends at the line that was the newest at its start.
 */
export async function* exportEntries(
  ledger: Pick<Ledger, 'head' | 'history'>,
  wallet: WalletId,
  query: ExportQuery = {},
): AsyncGenerator<Entry, void, undefined> {
  const newest = (await ledger.head(wallet))?.sequence ?? 0;
  let after: number | undefined = query.after ?? 0;
  while (after !== undefined) {
    const page = await ledger.history(wallet, { ...query, after, before: newest + 1, limit: PAGE });
    yield* page.entries;
    after = page.next;
  }
}
