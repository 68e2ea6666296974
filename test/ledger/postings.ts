import type { Posting } from '../../src/ledger/entry.js';
import type { Turn } from '../../src/ledger/turn.js';

export const at = new Date('2026-11-02T10:00:00Z');

export const minutesLater = (minutes: number): Date => new Date(at.getTime() + minutes * 60_000);

export function topUp(wallet: string, id: string, amountMinor: number, more: Partial<Posting> = {}): Posting {
  return { wallet, key: `topup:${id}`, kind: 'topup', amountMinor, contra: 'provider', at, ...more };
}

export function spend(wallet: string, id: string, amountMinor: number, more: Partial<Posting> = {}): Posting {
  return { wallet, key: `u:${id}`, kind: 'usage', amountMinor: -amountMinor, contra: 'revenue', at, ...more };
}

let opened = 0;

/** A wallet id that no other test of the file uses. */
export function newWallet(): string {
  opened += 1;
  return `ws_${opened}`;
}

/** Turns among processes that keep nobody from writing: what is right may not depend on them. */
export const alwaysOurs: Turn = {
  lost: () => undefined,
  isOurs: () => true,
  isHeld: () => false,
  exchange: async () => [],
};
