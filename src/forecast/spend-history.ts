import { DateTime } from 'luxon';
import type { Ledger, Minor, WalletId } from '../ledger/entry.js';
import { calendarDays } from './calendar-days.js';

/** What a wallet spent by the days of its workspace's own calendar. */
export interface SpendHistory {
  /** Of the last full days since it was first used, at most 56, oldest first. */
  daysMinor: readonly Minor[];
  /** Of today as far as it has gone. */
  todayMinor: Minor;
  /** How much of today is still to come: 0 to 1. */
  todayLeft: number;
  /** As `2026-11-16`. */
  today: string;
}

/** By whose calendar, as of when. */
export interface Calendar {
  /** IANA zone of the workspace. */
  zone: string;
  at: Date;
}

export interface Spender extends Calendar {
  wallet: WalletId;
}

/** Eight weeks: each weekday eight times. */
const DAYS = 56;

/** What the days of wallets are read from. */
export type SpendReading = Pick<Ledger, 'dailySpendOfMany' | 'firstUses'>;

/** Reads a wallet's last days from its running totals: it costs days, not entries. */
export async function spendHistory(ledger: SpendReading, { wallet, zone, at }: Spender): Promise<SpendHistory> {
  return (await spendHistories(ledger, [{ wallet, zone }], at)).get(wallet)!;
}

/** The same of many wallets: each zone is read once, however many are in it. */
export async function spendHistories(
  ledger: SpendReading,
  spenders: readonly Omit<Spender, 'at'>[],
  at: Date,
): Promise<Map<WalletId, SpendHistory>> {
  const zones = new Set(spenders.map(({ zone }) => zone));
  const [firstUses, ...spent] = await Promise.all([
    ledger.firstUses(spenders.map(({ wallet }) => wallet)),
    ...[...zones].map((zone) => {
      const wallets = spenders.filter((spender) => spender.zone === zone).map(({ wallet }) => wallet);
      return ledger.dailySpendOfMany(wallets, { from: historySince({ zone, at }), to: at, zone });
    }),
  ]);
  const days = new Map(spent.flatMap((found) => [...found]));
  return new Map(
    spenders.map(({ wallet, zone }) => [wallet, historyOf(days.get(wallet)!, firstUses.get(wallet), { zone, at })]),
  );
}

/** From when on the days of a history are read. */
export function historySince({ zone, at }: Calendar): Date {
  return DateTime.fromJSDate(at, { zone }).startOf('day').minus({ days: DAYS }).toJSDate();
}

/** A history out of what was spent by day, as the ledger tells it, and when the wallet was first used. */
export function historyOf(
  spent: ReadonlyMap<string, Minor>,
  firstUsedAt: Date | undefined,
  { zone, at }: Calendar,
): SpendHistory {
  const today = DateTime.fromJSDate(at, { zone }).startOf('day');
  const todayIs = today.toISODate()!;
  const on = (day: string) => Math.max(0, spent.get(day) ?? 0);
  let daysMinor: Minor[] = [];
  if (firstUsedAt && firstUsedAt < at) {
    const firstFullDay = DateTime.fromJSDate(firstUsedAt, { zone }).startOf('day').plus({ days: 1 });
    const since = DateTime.max(today.minus({ days: DAYS }), firstFullDay);
    daysMinor = calendarDays(since.toISODate()!, todayIs).map(on);
  }
  const end = today.plus({ days: 1 }).toMillis();
  const todayLeft = (end - at.getTime()) / (end - today.toMillis());
  return { daysMinor, todayMinor: on(todayIs), todayLeft, today: todayIs };
}
