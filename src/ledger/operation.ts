import type { Repeat, Stored, WalletId } from './entry.js';
import { type Line, toEntry } from './line.js';

/** Why there is no line. */
export interface NoLine {
  outcome: string;
}

/** One operation on one wallet: what to write under whichever line is the last one then. `R` is why it may be refused. */
export interface Operation<R extends NoLine> {
  wallet: WalletId;
  key: string;
  hash: string;
  /** The hold that it goes by besides the wallet's last line. */
  hold?: string;
  /**
   * Pure: it is asked again for every try. `last` is undefined where the operation needs a wallet that is not there,
   * `before` is its hold's newest line.
   */
  next: (last: Line | undefined, before?: Line) => Line | R;
}

/** Writes the operation's line, or says why not. Rejects with LedgerBusy (nothing was written) or OutcomeUnknown. */
export type Append = <R extends NoLine>(operation: Operation<R>) => Promise<Stored | Repeat | R>;

/** Names an operation or a line among those of all wallets. */
export const idOf = (wallet: WalletId, key: string): string => `${wallet} ${key}`;

/** Names a hold among those of all wallets. */
export const holdIdOf = (wallet: WalletId, hold: string): string => `${wallet} ${hold}`;

/** An operation that waits for its answer. */
export interface Waiting<R extends NoLine = NoLine> {
  id: string;
  wallet: WalletId;
  key: string;
  hash: string;
  hold: string | undefined;
  next: (last: Line | undefined, before: Line | undefined) => Line | R;
  settle(answer: Stored | Repeat | R): void;
  fail(error: unknown): void;
  /** How often somebody else wrote first. */
  lost: number;
  /** Lines sent of which nobody could say what became of them. */
  unsettled: readonly Line[];
}

const NONE: readonly Line[] = [];

/** The operation as something to wait for, and its answer. */
export function waitFor<R extends NoLine>(
  operation: Operation<R>,
): { waiting: Waiting<R>; answer: Promise<Stored | Repeat | R> } {
  const { wallet, key, hash, hold, next } = operation;
  const id = idOf(wallet, key);
  let waiting: Waiting<R> | undefined;
  const answer = new Promise<Stored | Repeat | R>((settle, fail) => {
    waiting = { id, wallet, key, hash, hold, next, settle, fail, lost: 0, unsettled: NONE };
  });
  return { waiting: waiting!, answer };
}

/** What an earlier line with the same key makes of a request. */
export function repeatOf(earlier: Line, hash: string): Repeat {
  return earlier.hash === hash
    ? { outcome: 'duplicate', entry: toEntry(earlier) }
    : { outcome: 'conflict', first: toEntry(earlier) };
}

/** What a line found under the operation's key is: its own, sent when nobody could say, or an earlier one. */
export function answerFound({ unsettled, hash }: Waiting, found: Line): Stored | Repeat {
  const ours = unsettled.some(
    (line) => line.s === found.s && line.at.getTime() === found.at.getTime() && line.hash === found.hash,
  );
  return ours ? { outcome: 'posted', entry: toEntry(found) } : repeatOf(found, hash);
}
