import type { WalletId } from './entry.js';

/** Wallets are spread over so many lanes; the right to write, where processes share it, is had lane by lane. */
export const LANES = 8;

/** Always the same for a wallet, in every process. */
export function laneOf(wallet: WalletId): number {
  let hash = 0;
  for (let i = 0; i < wallet.length; i++) hash = (Math.imul(hash, 31) + wallet.charCodeAt(i)) | 0;
  return (hash >>> 0) % LANES;
}
