import type { WalletId } from './entry.js';

/** Nobody could tell whether the line stands (the database broke off and could not be asked). The same key again settles it. */
export class OutcomeUnknown extends Error {
  readonly wallet: WalletId;
  readonly key: string;
  constructor(wallet: WalletId, key: string, cause: unknown) {
    super(`it is not known whether ${key} was posted`, { cause });
    this.name = 'OutcomeUnknown';
    this.wallet = wallet;
    this.key = key;
  }
}

/** Other writers were faster too many times; nothing was posted. */
export class WalletBusy extends Error {
  readonly wallet: WalletId;
  constructor(wallet: WalletId) {
    super('the wallet is too busy');
    this.name = 'WalletBusy';
    this.wallet = wallet;
  }
}
