import { DateTime } from 'luxon';
import type { Ledger, Minor, WalletId } from '../ledger/entry.js';
import { type Forecast, forecast } from './forecast.js';
import { type SpendHistory, type Spender, type SpendReading, spendHistories, spendHistory } from './spend-history.js';

const A_WEEK = { days: 7 };

/** How long a balance lasts, by what its wallet spent in the last eight weeks. */
export async function forecastOf(
  ledger: SpendReading,
  { balanceMinor, ...spender }: Spender & { balanceMinor: Minor },
): Promise<Forecast> {
  return forecast(balanceMinor, await spendHistory(ledger, spender), spender.at);
}

/** The same of many balances, in hardly more reads than of one. */
export async function forecastsOf(
  ledger: SpendReading,
  spenders: readonly (Omit<Spender, 'at'> & { balanceMinor: Minor })[],
  at: Date,
): Promise<Map<WalletId, Forecast>> {
  const histories = await spendHistories(ledger, spenders, at);
  return new Map(
    spenders.map(({ wallet, balanceMinor }) => [wallet, forecast(balanceMinor, histories.get(wallet)!, at)]),
  );
}

export interface RecentSpend {
  history: SpendHistory;
  /** Of the last seven full days and today. */
  byResource: ReadonlyMap<string, Minor>;
}

/** A wallet's last days, and what the last week went to. */
export async function recentSpend(
  ledger: SpendReading & Pick<Ledger, 'totals'>,
  spender: Spender,
): Promise<RecentSpend> {
  const { wallet, zone, at } = spender;
  const since = DateTime.fromJSDate(at, { zone }).startOf('day').minus(A_WEEK);
  const [history, { spendByResource }] = await Promise.all([
    spendHistory(ledger, spender),
    ledger.totals(wallet, since.toJSDate(), at),
  ]);
  return { history, byResource: spendByResource };
}
