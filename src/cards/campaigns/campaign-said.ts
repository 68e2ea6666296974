import type { Minor } from '../../ledger/entry.js';
import { readersMoney } from '../../readers-money.js';

export const campaignDrafted = (name: string): string => `${name} is drafted.`;

export const campaignChanged = (name: string): string => `${name} is changed.`;

export const campaignArchived = (name: string): string => `${name} is archived.`;

export function campaignStarted(name: string, asideMinor: Minor, currency: string): string {
  const held = asideMinor > 0 ? ` ${readersMoney(asideMinor, currency)} is set aside for it.` : '';
  return `${name} is running.${held}`;
}

export const campaignEnded = (name: string): string => `${name} has ended.`;
