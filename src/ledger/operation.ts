import type { Repeat, Stored, WalletId } from './entry.js';
import { type Line, toEntry } from './line.js';

/** One operation on one wallet: what to write under whichever line is the last one then. `R` is why it may be refused. */
export interface Operation<R extends { outcome: string }> {
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
export type Append = <R extends { outcome: string }>(operation: Operation<R>) => Promise<Stored | Repeat | R>;

/** Names an operation or a line among those of all wallets. */
export const idOf = (wallet: WalletId, key: string): string => `${wallet} ${key}`;

/** Names a hold among those of all wallets. */
export const holdIdOf = (wallet: WalletId, hold: string): string => `${wallet} ${hold}`;

/** An operation that waits for its answer. */
export interface Waiting {
  id: string;
  wallet: WalletId;
  key: string;
  hash: string;
  hold: string | undefined;
  /** The line, or the telling of a refusal. */
  next: (last: Line | undefined, before: Line | undefined) => Line | (() => void);
  settle: (answer: Stored | Repeat) => void;
  fail: (error: unknown) => void;
  /** How often somebody else wrote first. */
  lost: number;
  /** Lines sent of which nobody could say what became of them. */
  unsettled: Line[];
}

/** The operation as something to wait for, and its answer. */
export function waitFor<R extends { outcome: string }>(
  operation: Operation<R>,
): { waiting: Waiting; answer: Promise<Stored | Repeat | R> } {
  const { wallet, key, hash, hold } = operation;
  let waiting: Waiting | undefined;
  const answer = new Promise<Stored | Repeat | R>((settle, fail) => {
    const next = (last: Line | undefined, before: Line | undefined) => {
      const line = operation.next(last, before);
      return 'outcome' in line ? () => settle(line) : line;
    };
    const id = idOf(wallet, key);
    waiting = { id, wallet, key, hash, hold, next, settle, fail, lost: 0, unsettled: [] };
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
