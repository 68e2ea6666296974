import { DateTime } from 'luxon';
import type { Ledger, Minor, WalletId } from '../ledger/entry.js';

const DAYS = 7;
/** With fewer full days of spending nothing is guessed. */
const LEAST_DAYS = 3;
/** From this many days on, the dearest and the cheapest day are left out. */
const TRIMMED_FROM_DAYS = 5;

export type Forecast =
  | { kind: 'tooNew' }
  /** Nothing was spent in the last days. */
  | { kind: 'idle' }
  /** `perDayMinor` is the usual day, one bad day left out; `daysLeft` is in whole days. */
  | { kind: 'days'; perDayMinor: Minor; lastDayMinor: Minor; daysLeft: number; runsOutOn: Date };

/** Guesses how long a balance lasts from what the last full days took, oldest first. */
export function forecast(balanceMinor: Minor, dailySpendMinor: readonly Minor[], at: Date): Forecast {
  if (dailySpendMinor.length < LEAST_DAYS) return { kind: 'tooNew' };
  const sorted = dailySpendMinor.toSorted((a, b) => a - b);
  const counted = sorted.length >= TRIMMED_FROM_DAYS ? sorted.slice(1, -1) : sorted;
  const perDayMinor = Math.round(counted.reduce((sum, minor) => sum + minor, 0) / counted.length);
  if (perDayMinor <= 0) return { kind: 'idle' };
  const daysLeft = Math.floor(Math.max(balanceMinor, 0) / perDayMinor);
  const runsOutOn = new Date(at.getTime() + daysLeft * 86_400_000);
  return { kind: 'days', perDayMinor, lastDayMinor: dailySpendMinor.at(-1)!, daysLeft, runsOutOn };
}

export interface RecentSpend {
  /** Of the last full days in the workspace's zone, at most seven, oldest first. */
  dailySpendMinor: Minor[];
  /** Of those days and today. */
  byResource: ReadonlyMap<string, Minor>;
}

/** What the wallet's last full days took, by the workspace's own calendar. */
export async function recentSpend(ledger: Ledger, wallet: WalletId, zone: string, at: Date): Promise<RecentSpend> {
  const since = DateTime.fromJSDate(at, { zone }).startOf('day').minus({ days: DAYS });
  const { spendByResource } = await ledger.totals(wallet, since.toJSDate(), at);
  return { dailySpendMinor: await dailySpend(ledger, wallet, zone, at), byResource: spendByResource };
}

/** As recentSpend, of the days alone. */
export async function dailySpend(ledger: Ledger, wallet: WalletId, zone: string, at: Date): Promise<Minor[]> {
  const today = DateTime.fromJSDate(at, { zone }).startOf('day');
  const { entries } = await ledger.history(wallet, { limit: 1, after: 0, kind: 'usage' });
  const [first] = entries;
  if (!first) return [];
  const since = today.minus({ days: DAYS });
  const firstFullDay = DateTime.fromJSDate(first.at, { zone }).startOf('day').plus({ days: 1 });
  const dailySpendMinor: Minor[] = [];
  for (let day = DateTime.max(since, firstFullDay); day < today; day = day.plus({ days: 1 })) {
    const { byKind } = await ledger.totals(wallet, day.toJSDate(), day.plus({ days: 1 }).toJSDate());
    dailySpendMinor.push(Math.max(0, -(byKind.get('usage') ?? 0)));
  }
  return dailySpendMinor;
}
