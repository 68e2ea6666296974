import type { Entry, Hold, HoldState, Labels, Minor, Posted, WalletId } from './entry.js';

/** Money of one wallet that goes to another, in both or in neither. The entries' key is `x:` and the id. */
export interface Transfer extends Labels {
  id: string;
  from: WalletId;
  to: WalletId;
  amountMinor: Minor;
  at: Date;
}

export type Transferred =
  | { outcome: 'posted' | 'duplicate'; from: Entry; to: Entry }
  | { outcome: 'conflict'; first: Entry }
  | { outcome: 'insufficient'; balanceMinor: Minor; availableMinor: Minor }
  | { outcome: 'unknownWallet' }
  | { outcome: 'otherCurrency' };

/** Money set aside: it counts against what is available at once, and against the balance when it is taken. */
export interface Reservation extends Labels {
  wallet: WalletId;
  /** Unique in the wallet, for ever. */
  hold: string;
  amountMinor: Minor;
  expiresAt?: Date;
  at: Date;
  /** What was asked, before defaults: the request hash covers this instead, so that a default that depends on the time is no conflict. */
  request?: unknown;
}

/** It has the hold's resource and person unless it names its own. */
export interface Capture extends Labels {
  wallet: WalletId;
  hold: string;
  /** Of this taking: unique in the hold. */
  id: string;
  /** All that is left if left out. */
  amountMinor?: Minor;
  /** Releases what is left after it. */
  final?: boolean;
  at: Date;
}

export type HoldAnswer =
  | Posted
  | { outcome: 'unknownHold' }
  | { outcome: 'holdClosed'; state: HoldState }
  | { outcome: 'exceedsHold'; remainingMinor: Minor };

export type Reversed =
  | Posted
  | { outcome: 'unknownEntry' }
  /** It moved no money, or is itself a reversal. */
  | { outcome: 'notReversible' }
  | { outcome: 'otherCurrency' };

/** What the ledger does besides posting to one wallet. Made by `createLedger(db)` in ledger/ledger.ts. */
export interface Moves {
  /** Rejects with LedgerBusy, and has moved nothing, where the wallets do not come free within 2 s. */
  transfer(transfer: Transfer): Promise<Transferred>;
  /** Takes back an entry as a whole, at most once, under the key `rev:` and its key; of a transfer, both legs. */
  reverse(asked: { wallet: WalletId; reverses: string; at: Date; memo?: string; person?: string }): Promise<Reversed>;
  reserve(reservation: Reservation): Promise<Posted>;
  /** Spends from a hold. Past its expiry it is refused, even before the sweep closed the hold. */
  capture(capture: Capture): Promise<HoldAnswer>;
  void(asked: { wallet: WalletId; hold: string; at: Date }): Promise<HoldAnswer>;
  /** Closes a hold whose time is up: for the sweep. */
  expire(asked: { wallet: WalletId; hold: string; at: Date }): Promise<HoldAnswer>;
  /** The hold as its newest line left it. */
  hold(wallet: WalletId, hold: string): Promise<Hold | undefined>;
}
