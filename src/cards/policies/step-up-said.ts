import type { Minor } from '../../ledger/entry.js';
import { readersMoney } from '../../readers-money.js';

export const otherAmountTyped = (amountMinor: Minor, currency: string): string =>
  `That is not ${readersMoney(amountMinor, currency)}. Nothing was done yet.`;

export const confirmLabel = (amountMinor: Minor, currency: string): string =>
  `Confirm ${readersMoney(amountMinor, currency)}`;
