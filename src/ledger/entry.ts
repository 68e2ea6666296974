import type { BreakdownQuery, DailySpendQuery } from './spend-query.js';

/** An integer amount in the currency's minor units (pence, cents, yen). Signed: credits above zero. */
export type Minor = number;
/** By day, as `2026-11-16`. */
export type DailySpend = ReadonlyMap<string, Minor>;

export type WalletId = string;

/** Where money comes from or goes to, named in the entry and derived, never a document of its own. */
export type Contra = 'provider' | 'revenue' | 'suspense' | 'none' | `wallet:${WalletId}`;

/**
 * `opened`, `settings`, `hold` and `release` are zero-amount lines: what decides a posting stands in the chain itself.
 * What is taken out of a hold is `usage`.
 */
export const ENTRY_KINDS = [
  'opened',
  'settings',
  'topup',
  'usage',
  'refund',
  'dispute',
  'reversal',
  'adjustment',
  'transfer',
  'hold',
  'release',
] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];

/** The alert level of a wallet, in worsening order. */
export const LEVELS = ['ok', 'low', 'critical', 'empty'] as const;
export type Level = (typeof LEVELS)[number];

/** When a level is reached. `percent` is of the balance after the last credit. */
export interface Thresholds {
  lowPercent?: number;
  lowMinor?: Minor;
  criticalPercent?: number;
}

/** What the line says besides the money; never decides anything. */
export interface Labels {
  resource?: string;
  person?: string;
  item?: string;
  quantity?: number;
  memo?: string;
  /** A backdated posting's own date; the order of the chain never changes. */
  effectiveAt?: Date;
  /** The key of the entry that this one takes back. */
  reverses?: string;
  /** Of what somebody asked in chat: `R-7F3K2Q`. A repeat may come with another and is still a repeat. */
  reference?: string;
}

export type HoldState = 'open' | 'captured' | 'voided' | 'expired';

/** A hold as a line of it left it. Its lines are numbered: 1 reserves, each further one takes or releases. */
export interface Hold {
  id: string;
  line: number;
  state: HoldState;
  remainingMinor: Minor;
  expiresAt?: Date;
}

/** One immutable line of a wallet's chain, with the head state after it. */
export interface Entry extends Labels {
  wallet: WalletId;
  /** Kind prefix and id (`u:…`, `topup:…`): the idempotency key, unique in the wallet. */
  key: string;
  /** 1, 2, 3 … without gaps. */
  sequence: number;
  kind: EntryKind;
  amountMinor: Minor;
  balanceMinor: Minor;
  heldMinor: Minor;
  currency: string;
  contra: Contra;
  /** Never before the line above it. */
  at: Date;
  /** Set on the line that crossed a threshold: the notice is made from it, under an id derived from it. */
  alert?: { from: Level; to: Level; episode: number };
  hold?: Hold;
}

/** The kinds that move money between a wallet and a contra account. */
export type MoneyKind = Exclude<EntryKind, 'opened' | 'settings' | 'hold' | 'release'>;

export interface Posting extends Labels {
  wallet: WalletId;
  key: string;
  kind: MoneyKind;
  amountMinor: Minor;
  /**
   * The part of a charge that is finer than a minor unit, in millionths of it: above -1,000,000, at most 0. Whole units
   * that it adds up to are booked with this line; the rest is carried in the wallet's head.
   */
  amountMicro?: number;
  contra: Contra;
  at: Date;
  /** What was asked, before pricing: the request hash covers this instead of the posting, so that a changed price is no conflict. */
  request?: unknown;
  /**
   * Usage that is taken out of this hold as far as it is open, the rest from what is available. No part of what is asked:
   * a repeat is a repeat, whatever became of the hold.
   */
  hold?: string;
}

/** What was spent (above zero, less what was taken back) and how much was used. */
export interface Breakdown {
  /** The label, or the day as `2026-11-16`; absent for what carries none. */
  label?: string;
  spentMinor: Minor;
  quantity: number;
}

export type Repeat =
  | { outcome: 'duplicate'; entry: Entry }
  /** The key was used before for something else. */
  | { outcome: 'conflict'; first: Entry };

export interface Stored {
  outcome: 'posted';
  entry: Entry;
}

/** Nothing was posted, and nothing of it is remembered: a repeat may succeed. */
export type NotPosted =
  | { outcome: 'insufficient'; balanceMinor: Minor; availableMinor: Minor }
  | { outcome: 'unknownWallet' };

export type Posted = Stored | Repeat | NotPosted;

/** What a wallet is now: its chain's last line. */
export interface Head {
  wallet: WalletId;
  sequence: number;
  currency: string;
  balanceMinor: Minor;
  heldMinor: Minor;
  availableMinor: Minor;
  level: Level;
  episode: number;
  thresholds: Thresholds;
  /** The balance after the last credit: 100 % of the percentage levels. */
  creditedToMinor: Minor;
  /** Charged, but less than a minor unit and so not booked yet: millionths of a minor unit, 0 to 999,999. */
  remainderMicro: number;
  at: Date;
}

/** A period of one wallet: opening + in - out = closing. Amounts in and out, and spends, are written above zero. */
export interface Totals {
  openingMinor: Minor;
  inMinor: Minor;
  outMinor: Minor;
  closingMinor: Minor;
  /** Signed, as the entries are. */
  byKind: ReadonlyMap<EntryKind, Minor>;
  spendByResource: ReadonlyMap<string, Minor>;
  spendByPerson: ReadonlyMap<string, Minor>;
  spendByItem: ReadonlyMap<string, Minor>;
}

/** One period of many wallets, each with its balance at the period's beginning. */
export interface StatementQuery {
  openings: ReadonlyMap<WalletId, Minor>;
  from: Date;
  to: Date;
}

/** A period of one wallet that adds up to what its chain says, and its balance now. */
export type Statement = Totals & { balanceMinor: Minor };

export interface HistoryQuery {
  limit: number;
  /** Cursor: entries with a smaller sequence, newest first. */
  before?: number;
  /** Cursor the other way: entries with a larger sequence, oldest first. */
  after?: number;
  kind?: EntryKind;
  resource?: string;
  person?: string;
  /** Of what was asked in chat. */
  reference?: string;
  /** From this moment on, and before that one, by the entries' `at`. */
  from?: Date;
  to?: Date;
}

/** Under a filter a page may hold fewer entries than asked for, even none, and yet not be the last. */
export interface HistoryPage {
  entries: readonly Entry[];
  more: boolean;
  /** The cursor of the page after this one, in the direction of the query; absent on the last. */
  next?: number;
}

/** The money of all workspaces. A wallet's id is its workspace's id. Made by `createLedger(db)` in ledger/ledger.ts. */
export interface Ledger {
  /** Opens the wallet with its first line; opening it again is harmless. */
  open(wallet: {
    wallet: WalletId;
    account: string;
    currency: string;
    at: Date;
    floorMinor?: Minor;
    thresholds?: Thresholds;
  }): Promise<Entry>;
  /**
   * Postings to one wallet are taken in the order of the calls. Rejects with OutcomeUnknown where even a look at the
   * chain could not tell whether the line stands: the caller repeats with the same key. Rejects with LedgerBusy, and
   * has posted nothing, where too much is waiting.
   */
  post(posting: Posting): Promise<Posted>;
  /**
   * The same for many, answered each in order: one's failure stops no other. Throws LedgerBusy where they are too many
   * for now, and then has taken none of them.
   */
  postMany(postings: readonly Posting[]): Promise<readonly PromiseSettledResult<Posted>[]>;
  /** What an earlier use of the key makes of this request, without posting anything. */
  earlier(asked: { wallet: WalletId; key: string; request: unknown }): Promise<Repeat | undefined>;
  /** The given thresholds replace the former ones as a whole: a level left out is never reached (but empty). */
  setThresholds(change: { wallet: WalletId; key: string; thresholds: Thresholds; at: Date }): Promise<Posted>;
  head(wallet: WalletId): Promise<Head | undefined>;
  heads(wallets: readonly WalletId[]): Promise<ReadonlyMap<WalletId, Head>>;
  entry(wallet: WalletId, key: string): Promise<Entry | undefined>;
  history(wallet: WalletId, query: HistoryQuery): Promise<HistoryPage>;
  /** From `from` on, before `to`, by the entries' `at`. */
  totals(wallet: WalletId, from: Date, to: Date): Promise<Totals>;
  /** Totals of many wallets in a handful of reads. Whose opening balance is not what was given is left out: its own totals tell. */
  statements(query: StatementQuery): Promise<ReadonlyMap<WalletId, Statement>>;
  /** What usage took, by day as `2026-11-16`, above zero; days without any are left out. It costs days, not entries. */
  dailySpend(wallet: WalletId, query: DailySpendQuery): Promise<DailySpend>;
  /** The same of many wallets, in as many reads as of one. */
  dailySpendOfMany(wallets: readonly WalletId[], query: DailySpendQuery): Promise<ReadonlyMap<WalletId, DailySpend>>;
  /** When each of them was first charged, to the hour; those that never were are left out. In two reads, however many. */
  firstUses(wallets: readonly WalletId[]): Promise<ReadonlyMap<WalletId, Date>>;
  /** What was charged, by one label, the dearest first; by day, the oldest first. It costs entries, not days: at most 5 s. */
  breakdown(wallet: WalletId, query: BreakdownQuery): Promise<readonly Breakdown[]>;
  /** The balance just before a moment; undefined where the wallet was not open yet. */
  balanceBefore(wallet: WalletId, at: Date): Promise<Minor | undefined>;
  /** Lines that crossed a threshold since then, of all wallets: for the alert sweep alone. */
  crossingsSince(since: Date, limit: number): Promise<readonly Entry[]>;
}
