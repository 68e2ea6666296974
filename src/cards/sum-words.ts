import type { Minor } from '../ledger/entry.js';
import { readersMoney } from '../readers-money.js';
import { listOf } from './parts.js';

/** `£281.60`, `£281.60 and €40.00`: money of different currencies is never added up. */
export function sumWords<T extends { currency: string }>(all: readonly T[], minorOf: (one: T) => Minor): string {
  const sums = new Map<string, Minor>();
  for (const one of all) sums.set(one.currency, (sums.get(one.currency) ?? 0) + minorOf(one));
  const amounts = [...sums].map(([currency, minor]) => readersMoney(minor, currency));
  return listOf(amounts, 'and', amounts.length);
}
