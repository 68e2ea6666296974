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

/** Too much is waiting, or other writers were faster too many times. Nothing was posted: the same request may come again. */
export class LedgerBusy extends Error {
  readonly retryAfterSeconds = 1;
  constructor(why: string) {
    super(`the ledger is busy: ${why}`);
    this.name = 'LedgerBusy';
  }
}
